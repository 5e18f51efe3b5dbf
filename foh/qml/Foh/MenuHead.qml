// The categories as tabs, the search, and the way to more dishes.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Flow {
    id: root

    required property OrderModel page

    signal acted(string action, string text)

    spacing: Theme.gap

    Repeater {
        model: root.page.tabs
        delegate: Rectangle {
            id: tab

            required property string key
            required property string text
            required property bool on

            // Whoever types needs the room for what is found.
            visible: !root.page.pad
            width: Math.max(Theme.touch, word.implicitWidth + 2 * Theme.pad)
            height: search.height
            radius: Theme.radius
            color: {
                if (tab.on)
                    return Theme.rail;
                return tap.pressed ? Theme.raised : Theme.surface;
            }
            border.width: tab.on ? 0 : Theme.badgeBorder
            border.color: Theme.outline

            Words {
                id: word

                x: (tab.width - implicitWidth) / 2
                lineTop: (tab.height - lineHeight) / 2
                text: tab.text
                color: tab.on ? Theme.railText : Theme.text
                font.pixelSize: Theme.chipSize
                font.bold: true
                wrapMode: Text.NoWrap
            }

            TapHandler {
                id: tap

                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: root.acted("category", tab.key)
            }
        }
    }

    Chip {
        visible: root.page.times !== ""
        height: search.height
        words: root.page.times
    }

    TextEntry {
        id: search

        height: implicitHeight + Theme.gapSmall
        said: root.page.query
        meant: qsTr("Search: pinyin / no.")
        onEdited: text => root.acted("search", text)
    }

    BarButton {
        height: search.height
        words: "⌨"
        on: root.page.pad
        onTapped: root.acted("pad", "")
    }

    Row {
        visible: root.page.pages > 1
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
