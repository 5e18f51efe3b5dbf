// Nothing to show, and why: no orders is not the same as no connection.
import QtQuick
import Passline

Item {
    id: root

    required property string words

    Words {
        anchors.horizontalCenter: parent.horizontalCenter
        lineTop: (root.height - height) / 2
        width: root.width - 2 * Theme.margin
        horizontalAlignment: Text.AlignHCenter
        text: root.words
        color: Theme.textDim
        font.pixelSize: Theme.titleSize
    }
}
