// Something to be heard of, until somebody says so; what is wrong with a machine has a red frame.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string title
    required property string text
    required property bool alarm

    // The button stands beside the words where there is room for both.
    readonly property bool wide: root.width > 3 * Theme.panelWidth / 2

    signal tapped

    implicitHeight: (root.wide ? Math.max(words.height, button.height) : words.height + Theme.gapSmall + button.height) + 2 * Theme.pad
    radius: Theme.radius
    color: Theme.raised
    border.width: root.alarm ? Theme.cardBorder : 0
    border.color: Theme.alarm

    Column {
        id: words

        x: Theme.pad
        y: root.wide ? (root.height - height) / 2 : Theme.pad
        width: root.width - 2 * Theme.pad - (root.wide ? button.width + Theme.gap : 0)

        Paragraph {
            width: words.width
            text: root.title
            font.bold: true
        }

        Paragraph {
            width: words.width
            text: root.text
            color: Theme.textDim
        }
    }

    BarButton {
        id: button

        x: root.wide ? root.width - Theme.pad - width : Theme.pad
        y: root.wide ? (root.height - height) / 2 : words.y + words.height + Theme.gapSmall
        words: qsTr("Got it")
        onTapped: root.tapped()
    }
}
