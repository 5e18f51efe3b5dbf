// A button that names its key.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    property string caps: ""
    property bool primary: false

    signal tapped

    implicitWidth: Math.max(Theme.touch, cap.width + label.implicitWidth + 2 * Theme.pad + (cap.visible ? Theme.gap : 0))
    implicitHeight: Theme.touch
    opacity: root.enabled ? 1 : Theme.pendingFactor
    radius: Theme.radius
    color: {
        if (root.primary)
            return Theme.focus;
        return tap.pressed ? Theme.raised : Theme.surface;
    }
    border.width: Theme.badgeBorder
    border.color: tap.pressed ? Theme.focus : Theme.outline

    KeyCap {
        id: cap

        visible: root.caps !== ""
        x: (root.width - width - Theme.gap - label.implicitWidth) / 2
        y: (root.height - height) / 2
        width: visible ? implicitWidth : 0
        implicitHeight: Theme.keyCap
        words: root.caps
    }

    Words {
        id: label

        x: cap.visible ? cap.x + cap.width + Theme.gap : (root.width - implicitWidth) / 2
        lineTop: (root.height - lineHeight) / 2
        text: root.words
        color: root.primary ? Theme.focusText : Theme.text
        font.bold: true
        wrapMode: Text.NoWrap
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
