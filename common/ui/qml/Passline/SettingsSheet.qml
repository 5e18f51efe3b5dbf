// How this screen is arranged, over what it shows.
import QtQuick
import Passline

Sheet {
    id: root

    required property Arrangement arrangement

    title: qsTr("Settings of this screen")
    Component.onDestruction: root.arrangement.settle()

    Options {
        anchors.fill: parent
        rows: root.arrangement.rows
        ruler: root.arrangement.ruler
        onStepped: (name, by) => root.arrangement.step(name, by)
    }
}
