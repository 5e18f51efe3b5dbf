// Tickets that were bumped and can come back; those of the last minutes first.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Kds
import Passline

Sheet {
    id: root

    required property AbstractItemModel tickets

    signal tapped(string key)

    title: qsTr("Recall a ticket")

    ListView {
        id: list

        anchors.fill: parent
        spacing: Theme.gapSmall
        model: root.tickets
        boundsBehavior: Flickable.StopAtBounds

        delegate: RecallCard {
            required property int index

            width: list.width
            onTapped: root.tapped(key)
            onSelectedChanged: if (selected)
                list.positionViewAtIndex(index, ListView.Contain)
        }
    }
}
