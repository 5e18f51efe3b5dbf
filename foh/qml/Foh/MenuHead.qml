// The categories as tabs, the search, and the way to more dishes: in one row where there is room.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Item {
    id: root

    required property OrderModel page
    readonly property bool oneRow: row.width + Theme.gap + tools.fullWidth <= root.width

    signal acted(string action, string text)

    implicitHeight: tools.y + tools.height

    Flickable {
        id: tabs

        // Tabs that have no room are a push away.
        function reveal(tab: Item): void {
            const last = tab.x + tab.width - tabs.width;
            tabs.contentX = Math.max(0, Math.min(Math.max(tabs.contentX, last), tab.x));
        }

        // Whoever types on the pad needs the room for what is found.
        visible: root.oneRow || !root.page.pad
        width: Math.min(row.width, root.width)
        height: visible ? row.height : 0
        contentWidth: row.width
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Row {
            id: row

            spacing: Theme.gapSmall

            Repeater {
                model: root.page.tabs
                delegate: MenuTab {
                    id: tab

                    height: tools.height
                    onTapped: key => root.acted("category", key)
                    onOnChanged: if (tab.on)
                        Qt.callLater(tabs.reveal, tab)
                }
            }
        }
    }

    Row {
        id: tools

        // With the pager, so that nothing moves when there are more dishes.
        readonly property real fullWidth: search.width + keys.width + pager.width + times.width + 3 * spacing

        x: root.oneRow ? row.width + Theme.gap : 0
        y: root.oneRow || !tabs.visible ? 0 : row.height + Theme.gap
        height: search.height
        spacing: Theme.gap

        Chip {
            id: times

            visible: root.page.times !== ""
            width: visible ? implicitWidth : 0
            height: search.height
            words: root.page.times
        }

        TextEntry {
            id: search

            height: implicitHeight + Theme.gapSmall
            said: root.page.query
            meant: qsTr("Search dishes")
            onEdited: text => root.acted("search", text)
        }

        BarButton {
            id: keys

            height: search.height
            words: "⌨"
            on: root.page.pad
            onTapped: root.acted("pad", "")
        }

        Row {
            id: pager

            opacity: root.page.pages > 1 ? 1 : 0
            enabled: root.page.pages > 1
            spacing: Theme.gapSmall

            BarButton {
                height: search.height
                words: "‹"
                onTapped: root.acted("page_prev", "")
            }

            Words {
                lineTop: (search.height - lineHeight) / 2
                text: root.page.pageText
                wrapMode: Text.NoWrap
            }

            BarButton {
                height: search.height
                words: "›"
                onTapped: root.acted("page_next", "")
            }
        }
    }
}
