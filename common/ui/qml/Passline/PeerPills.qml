// The other machines: each that is silent by its name, all healthy ones as one count.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Row {
    id: root

    required property AbstractItemModel peers
    // The count of the healthy, and whether all is well with it.
    required property string words
    required property bool well
    // Where there is little room, the silent ones alone say what matters.
    required property bool whole
    readonly property bool alarmed: down.count > 0
    readonly property real fullWidth: root.bareWidth + (root.alarmed ? root.spacing + healthy.width : 0)
    readonly property real bareWidth: root.alarmed ? silent.width : healthy.width

    spacing: Theme.gap

    Row {
        id: silent

        visible: root.alarmed
        height: root.height
        spacing: root.spacing

        Repeater {
            id: down

            model: root.peers
            delegate: Pill {
                required property string text
                required property bool up

                y: (root.height - height) / 2
                words: text
                well: up
            }
        }
    }

    Pill {
        id: healthy

        visible: root.whole || !root.alarmed
        y: (root.height - height) / 2
        words: root.words
        well: root.well
    }
}
