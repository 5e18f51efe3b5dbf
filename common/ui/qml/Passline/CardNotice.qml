// A line of plain words across a card: where else the order is made, from whom it was taken over.
import QtQuick
import Passline

Item {
    id: root

    required property string words
    required property int lines
    property color ink: Theme.textDim
    property bool ruled: false

    Rectangle {
        visible: root.ruled
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    Words {
        x: Theme.pad
        width: root.width - 2 * Theme.pad
        height: root.lines * lineHeight
        lineTop: (root.height - height) / 2
        text: root.words
        color: root.ink
    }
}
