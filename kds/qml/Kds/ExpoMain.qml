// The window of the pass.
import QtQuick
import Kds
import Passline

Window {
    id: root

    required property ExpoScreen screenModel

    color: Theme.window
    title: root.screenModel.stationName
    onFrameSwapped: root.screenModel.painted()

    Expo {
        anchors.fill: parent
        screen: root.screenModel
    }
}
