// A number of the bar and what it counts; the word goes where there is no room for it.
import QtQuick
import Passline

Item {
    id: root

    required property string label
    required property string value
    property bool worded: true
    // It goes where there is no room for it.
    property bool optional: false
    property color ink: Theme.text
    readonly property real fullWidth: words.implicitWidth + Theme.gap + number.implicitWidth
    readonly property real bareWidth: number.implicitWidth

    width: root.worded ? root.fullWidth : root.bareWidth

    Words {
        id: words

        visible: root.worded
        y: number.y + number.baselineOffset - baselineOffset
        text: root.label
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }

    Words {
        id: number

        x: root.width - implicitWidth
        lineTop: (root.height - lineHeight) / 2
        text: root.value
        color: root.ink
        font.pixelSize: Theme.valueSize
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
