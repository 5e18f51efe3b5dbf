// A category of the menu.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string key
    required property string text
    required property bool on

    signal tapped(string key)

    implicitWidth: Math.max(Theme.touch, word.implicitWidth + 2 * Theme.pad)
    radius: Theme.radius
    color: {
        if (root.on)
            return Theme.rail;
        return tap.pressed ? Theme.raised : Theme.surface;
    }
    border.width: root.on ? 0 : Theme.badgeBorder
    border.color: Theme.outline

    Words {
        id: word

        x: (root.width - implicitWidth) / 2
        lineTop: (root.height - lineHeight) / 2
        text: root.text
        color: root.on ? Theme.railText : Theme.text
        font.pixelSize: Theme.chipSize
        font.bold: true
        wrapMode: Text.NoWrap
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped(root.key)
    }
}
