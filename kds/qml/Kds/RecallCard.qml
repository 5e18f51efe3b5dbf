// A bumped ticket that can come back.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string key
    required property int slot
    required property string title
    required property string number
    required property string bumpedText
    required property string dishes
    required property bool selected

    signal tapped

    implicitHeight: Math.max(Theme.touch, words.height + 2 * Theme.gapSmall)
    radius: Theme.radius
    color: tap.pressed ? Theme.raised : Theme.surface
    border.width: Theme.cardBorder
    border.color: root.selected ? Theme.focus : Theme.surface

    KeyCap {
        id: cap

        visible: root.slot > 0
        x: Theme.pad
        y: (root.height - height) / 2
        words: root.slot
    }

    Column {
        id: words

        x: Theme.pad + Theme.quantityWidth
        y: (root.height - height) / 2
        width: bumped.x - x - Theme.gap

        Paragraph {
            width: parent.width
            text: root.title + " " + root.number
            font.pixelSize: Theme.dishSize
            font.bold: true
        }

        Paragraph {
            width: parent.width
            text: root.dishes
            color: Theme.textDim
        }
    }

    Words {
        id: bumped

        x: root.width - implicitWidth - Theme.pad
        lineTop: (root.height - lineHeight) / 2
        text: root.bumpedText
        wrapMode: Text.NoWrap
    }

    TapHandler {
        id: tap

        onTapped: root.tapped()
    }
}
