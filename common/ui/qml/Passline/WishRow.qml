// What is different about a dish: a sign and words, in the text's own colour.
import QtQuick
import Passline

BodyRow {
    id: root

    required property string sign
    required property string stage
    readonly property color ink: {
        if (root.stage === "voided")
            return Theme.alarm;
        return root.stage === "ready" || root.stage === "held" ? Theme.textFaint : Theme.text;
    }

    Words {
        id: signWords

        visible: root.sign !== ""
        x: words.x - implicitWidth - Theme.gapSmall
        lineTop: root.inset
        text: root.sign
        color: root.ink
        font.pixelSize: Theme.dishSize
        wrapMode: Text.NoWrap
    }

    Words {
        id: words

        x: root.indent - root.x
        width: root.textWidth
        height: root.lines * lineHeight
        lineTop: root.inset
        text: root.text
        color: root.ink
        font.pixelSize: Theme.dishSize
        font.strikeout: root.stage === "voided"
    }
}
