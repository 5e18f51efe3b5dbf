// By dish: what is to be made of each, for whom, and since when; finished by one or all at once.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Kds
import Passline

Rectangle {
    id: root

    required property AbstractItemModel dishes

    // 0 portions are all of them.
    signal finished(string key, int n)

    color: Theme.window

    CellFlow {
        id: cells

        anchors.fill: parent
        anchors.margins: Theme.margin
        least: Theme.dishesFactor

        Repeater {
            model: root.dishes
            delegate: DishCard {
                width: cells.cellWidth
                onFinished: n => root.finished(key, n)
                onSelectedChanged: if (selected)
                    cells.reveal(this)
            }
        }
    }
}
