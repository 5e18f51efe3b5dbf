// All that is to be made, by dish, over the whole screen.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Sheet {
    id: root

    required property AbstractItemModel dishes

    title: qsTr("All day")

    CellFlow {
        id: cells

        anchors.fill: parent
        least: Theme.summaryFactor

        Repeater {
            model: root.dishes
            delegate: Item {
                id: cell

                required property string name
                required property string total

                width: cells.cellWidth
                height: Math.max(Theme.touch, words.height)

                Quantity {
                    id: count

                    y: (words.font.pixelSize * Theme.lineFactor - height) / 2
                    quantity: cell.total
                    boxed: true
                }

                Paragraph {
                    id: words

                    x: Math.max(Theme.quantityWidth, count.width + Theme.gap)
                    width: cell.width - x
                    text: cell.name
                    font.pixelSize: Theme.dishSize
                    font.bold: true
                }
            }
        }
    }
}
