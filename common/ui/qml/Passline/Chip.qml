// A short fact on a filled ground: a channel, a rush, a batch.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    // A rush has a colour of its own.
    property bool rush: false

    implicitWidth: label.implicitWidth + 2 * Theme.gapSmall
    implicitHeight: Theme.channelHeight
    radius: Theme.radiusSmall
    color: root.rush ? Theme.rush : Theme.raised

    Words {
        id: label

        x: (root.width - label.implicitWidth) / 2
        lineTop: (root.height - label.lineHeight) / 2
        text: root.words
        color: root.rush ? Theme.rushText : Theme.text
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
