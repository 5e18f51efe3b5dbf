// An allergy has a banner of its own, in a colour of its own.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    // How many lines they take where that was reckoned already.
    property int lines: label.lineCount

    implicitHeight: label.height + Theme.gapSmall
    color: Theme.allergy

    Words {
        id: mark

        x: Theme.pad
        lineTop: label.lineTop
        text: "⚠"
        color: Theme.allergyText
        font.pixelSize: Theme.dishSize
        font.bold: true
    }

    Words {
        id: label

        x: mark.x + mark.implicitWidth + Theme.gapSmall
        width: root.width - x - Theme.pad
        height: root.lines * lineHeight
        lineTop: (root.height - height) / 2
        text: root.words
        color: Theme.allergyText
        font.pixelSize: Theme.dishSize
        font.bold: true
    }
}
