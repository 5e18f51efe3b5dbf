// All that is to be made, by dish, over the whole screen.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Sheet {
    id: root

    required property AbstractItemModel dishes

    title: qsTr("All day")

    GridView {
        id: grid

        readonly property int columns: Math.max(1, Math.floor(width / (Theme.dishSize * Theme.summaryFactor)))

        anchors.fill: parent
        cellWidth: width / columns
        cellHeight: 2 * Theme.dishSize * Theme.lineFactor + Theme.gap
        model: root.dishes
        boundsBehavior: Flickable.StopAtBounds

        delegate: Item {
            id: place

            required property string name
            required property string total

            width: grid.cellWidth
            height: grid.cellHeight

            Quantity {
                id: count

                y: (place.height - height) / 2
                quantity: place.total
                boxed: true
            }

            Words {
                x: Math.max(Theme.quantityWidth, count.width + Theme.gap)
                lineTop: (place.height - height) / 2
                width: place.width - x - Theme.gap
                height: lineCount * lineHeight
                text: place.name
                font.pixelSize: Theme.dishSize
                font.bold: true
            }
        }
    }
}
