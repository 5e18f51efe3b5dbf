// A button that a knuckle meets: outlined, filled where it is the thing to press now.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    property bool primary: false
    property bool on: false

    signal tapped

    implicitWidth: Math.max(Theme.touch, label.implicitWidth + 2 * Theme.pad)
    implicitHeight: Theme.touch
    radius: Theme.radius
    color: {
        if (root.primary)
            return Theme.focus;
        return root.on || tap.pressed ? Theme.raised : Theme.surface;
    }
    border.width: Theme.badgeBorder
    border.color: tap.pressed || root.on ? Theme.focus : Theme.outline

    Words {
        id: label

        x: (root.width - label.implicitWidth) / 2
        lineTop: (root.height - label.lineHeight) / 2
        text: root.words
        color: root.primary ? Theme.focusText : Theme.text
        font.bold: root.primary
        wrapMode: Text.NoWrap
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
