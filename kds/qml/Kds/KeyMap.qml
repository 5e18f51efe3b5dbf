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

    GridView {
        id: grid

        readonly property int columns: Math.max(1, Math.floor(width / (Theme.dishSize * Theme.keysFactor)))

        anchors.fill: parent
        cellWidth: width / columns
        cellHeight: Theme.touch + Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        model: root.keys

        delegate: Item {
            id: place

            required property string key
            required property string caps
            required property string text

            width: grid.cellWidth
            height: grid.cellHeight

            Rectangle {
                id: row

                width: place.width - Theme.gap
                height: Theme.touch
                radius: Theme.radiusSmall
                color: tap.pressed ? Theme.raised : Theme.surface

                KeyCap {
                    id: cap

                    visible: place.caps !== ""
                    x: Theme.pad
                    y: (row.height - height) / 2
                    words: place.caps
                }

                Words {
                    x: cap.visible ? cap.x + cap.width + Theme.gap : Theme.pad
                    width: row.width - x - Theme.pad
                    height: lineCount * lineHeight
                    lineTop: (row.height - height) / 2
                    text: place.text
                }

                TapHandler {
                    id: tap

                    enabled: place.key !== ""
                    onTapped: root.acted(place.key)
                }
            }
        }
    }
}
