// A key of a keyboard or bump bar.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 2 * Theme.gapSmall)
    implicitHeight: Theme.channelHeight
    radius: Theme.radiusSmall
    color: Theme.surface
    border.width: Theme.badgeBorder
    border.color: Theme.textDim

    Words {
        id: label

        x: (root.width - implicitWidth) / 2
        lineTop: (root.height - lineHeight) / 2
        text: root.words
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
