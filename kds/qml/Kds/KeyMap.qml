// What each key does; each row is a button too, so that all of it can be reached by touch.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Sheet {
    id: root

    required property AbstractItemModel keys

    signal acted(string action)

    title: qsTr("Keys")

    CellFlow {
        id: cells

        anchors.fill: parent
        least: Theme.keysFactor

        Repeater {
            model: root.keys
            delegate: Rectangle {
                id: cell

                required property string key
                required property string caps
                required property string text

                width: cells.cellWidth
                height: Math.max(Theme.touch, words.height + Theme.gapSmall)
                radius: Theme.radiusSmall
                color: tap.pressed ? Theme.raised : Theme.surface

                KeyCap {
                    id: cap

                    visible: cell.caps !== ""
                    x: Theme.pad
                    y: (cell.height - height) / 2
                    width: visible ? implicitWidth : 0
                    words: cell.caps
                }

                Paragraph {
                    id: words

                    x: cap.x + cap.width + Theme.gap
                    y: (cell.height - height) / 2
                    width: cell.width - x - Theme.pad
                    text: cell.text
                }

                TapHandler {
                    id: tap

                    enabled: cell.key !== ""
                    onTapped: root.acted(cell.key)
                }
            }
        }
    }
}
