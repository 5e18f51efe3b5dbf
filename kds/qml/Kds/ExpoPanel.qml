// What the pass has to hear of, newest on top; what is more scrolls.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flickable {
    id: root

    required property AbstractItemModel notices

    signal tapped(string key)

    contentHeight: column.height
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Column {
        id: column

        width: root.width
        spacing: Theme.gap

        Repeater {
            model: root.notices
            delegate: NoticeCard {
                required property string key

                width: column.width
                onTapped: root.tapped(key)
            }
        }
    }
}
