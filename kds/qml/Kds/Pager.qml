// Which page of the tickets this is, what waits on the others, and the ways there.
import QtQuick
import Passline

Row {
    id: root

    required property int pages
    required property string words
    // What waits on the other pages, in words.
    required property string more

    signal acted(string action)

    spacing: Theme.gapSmall

    BarButton {
        visible: root.pages > 1
        words: "‹"
        onTapped: root.acted("page_prev")
    }

    Item {
        width: Math.max(page.implicitWidth, more.implicitWidth)
        height: Theme.touch

        Words {
            id: page

            x: (parent.width - implicitWidth) / 2
            lineTop: (parent.height - lineHeight - (more.visible ? more.lineHeight : 0)) / 2
            text: root.words
            wrapMode: Text.NoWrap
        }

        Words {
            id: more

            visible: root.more !== ""
            x: (parent.width - implicitWidth) / 2
            lineTop: page.lineTop + lineHeight
            text: root.more
            font.bold: true
            wrapMode: Text.NoWrap
        }
    }

    BarButton {
        visible: root.pages > 1
        words: "›"
        onTapped: root.acted("page_next")
    }
}
