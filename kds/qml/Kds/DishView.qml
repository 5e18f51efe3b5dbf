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

    ListView {
        id: list

        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.margin
        model: root.dishes
        boundsBehavior: Flickable.StopAtBounds

        delegate: DishCard {
            required property int index

            width: list.width
            onFinished: n => root.finished(key, n)
            onSelectedChanged: if (selected)
                list.positionViewAtIndex(index, ListView.Contain)
        }
    }
}
