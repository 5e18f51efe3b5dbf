// Something to be heard of, until somebody says so; what is wrong with a machine has a red frame.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string title
    required property string text
    required property bool alarm

    signal tapped

    implicitHeight: words.height + button.height + 2 * Theme.pad + Theme.gapSmall
    radius: Theme.radius
    color: Theme.raised
    border.width: root.alarm ? Theme.cardBorder : 0
    border.color: Theme.alarm

    Column {
        id: words

        x: Theme.pad
        y: Theme.pad
        width: root.width - 2 * Theme.pad

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

        x: Theme.pad
        y: words.y + words.height + Theme.gapSmall
        words: qsTr("Got it")
        onTapped: root.tapped()
    }
}
