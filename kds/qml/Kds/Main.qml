// The window of a kitchen station.
import QtQuick
import Kds
import Passline

Window {
    id: root

    required property StationScreen screenModel

    color: Theme.window
    title: root.screenModel.stationName
    onFrameSwapped: root.screenModel.painted()

    Station {
        anchors.fill: parent
        screen: root.screenModel
    }
}
