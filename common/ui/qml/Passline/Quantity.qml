// How many: bold, and boxed when more than one.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string quantity
    required property bool boxed
    property color ink: Theme.text
    property alias struck: digits.font.strikeout
    property alias size: digits.font.pixelSize

    implicitWidth: Math.max(Theme.boxSize, digits.implicitWidth + Theme.gap)
    implicitHeight: root.size + Theme.gapSmall
    radius: Theme.radiusSmall
    color: "transparent"
    border.width: root.boxed ? Theme.boxBorder : 0
    border.color: root.ink

    Words {
        id: digits

        x: (root.width - digits.implicitWidth) / 2
        lineTop: (root.height - digits.lineHeight) / 2
        text: root.quantity
        color: root.ink
        font.bold: true
        font.pixelSize: Theme.dishSize
        wrapMode: Text.NoWrap
    }
}
