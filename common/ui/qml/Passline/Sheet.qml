// A page over the cards: a title, a way back, and what it shows.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string title
    default property alias content: place.data

    signal closed

    color: Theme.window

    Words {
        x: Theme.margin
        lineTop: Theme.margin + (close.height - lineHeight) / 2
        width: close.x - 2 * Theme.margin
        text: root.title
        font.pixelSize: Theme.dishSize
        font.bold: true
    }

    BarButton {
        id: close

        x: root.width - width - Theme.margin
        y: Theme.margin
        words: qsTr("Close")
        onTapped: root.closed()
    }

    Item {
        id: place

        x: Theme.margin
        y: close.y + close.height + Theme.margin
        width: root.width - 2 * Theme.margin
        height: root.height - y
        clip: true
    }
}
