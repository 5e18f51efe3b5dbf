// Words that everybody must see, across the whole width.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words

    implicitHeight: label.height + 2 * Theme.gapSmall
    color: Theme.alarmSurface
    border.width: Theme.badgeBorder
    border.color: Theme.alarm

    Words {
        id: label

        x: Theme.pad
        lineTop: (root.height - height) / 2
        width: root.width - 2 * Theme.pad
        height: lineCount * lineHeight
        text: root.words
        color: Theme.alarm
        font.pixelSize: Theme.valueSize
        font.bold: true
    }
}
