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
    implicitHeight: Math.max(Theme.touch, label.height + Theme.gapSmall)
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

        x: Theme.gapSmall
        lineTop: (root.height - height) / 2
        width: root.width - 2 * Theme.gapSmall
        height: lineCount * lineHeight
        horizontalAlignment: Text.AlignHCenter
        text: root.words
        color: root.primary ? Theme.focusText : Theme.text
        font.bold: root.primary
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
