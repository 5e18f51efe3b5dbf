// Words that take the room they need, to be stacked in a column.
import QtQuick
import Passline

Item {
    id: root

    property alias text: words.text
    property alias color: words.color
    property alias font: words.font

    visible: root.text !== ""
    implicitWidth: words.implicitWidth
    implicitHeight: words.lineCount * words.lineHeight

    Words {
        id: words

        width: root.width
        height: root.height
    }
}
