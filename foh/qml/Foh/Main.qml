// The window of a counter.
import QtQuick
import Foh
import Passline

Window {
    id: root

    required property CounterScreen screenModel

    color: Theme.window
    title: root.screenModel.counterName
    onFrameSwapped: root.screenModel.painted()

    Counter {
        anchors.fill: parent
        screen: root.screenModel
    }
}
