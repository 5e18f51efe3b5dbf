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

    CellFlow {
        id: cells

        anchors.fill: parent
        least: Theme.dishesFactor
        spacing: Theme.gapSmall

        Repeater {
            model: root.tickets
            delegate: RecallCard {
                width: cells.cellWidth
                onTapped: root.tapped(key)
                onSelectedChanged: if (selected)
                    cells.reveal(this)
            }
        }
    }
}
