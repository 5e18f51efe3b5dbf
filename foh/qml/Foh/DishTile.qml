// A dish to be ordered: its name, its price, and how many of it are not sent (filled) or ordered.
import QtQuick
import Passline

Rectangle {
    id: root

    required x
    required y
    required width
    required height
    required property string key
    required property string name
    required property int lines
    required property string price
    required property string noted
    required property string ordered
    required property string cap
    required property bool selected
    required property bool open

    signal tapped(string key)

    radius: Theme.radius
    color: tap.pressed ? Theme.raised : Theme.surface
    border.width: root.selected ? Theme.haloWidth : Theme.badgeBorder
    border.color: root.selected || tap.pressed ? Theme.focus : Theme.outline

    Words {
        id: name

        x: Theme.pad
        lineTop: Theme.pad
        width: root.width - 2 * Theme.pad - Theme.tileCount
        height: root.lines * lineHeight
        text: root.name
        color: root.open ? Theme.textDim : Theme.text
        font.pixelSize: Theme.dishSize
        font.bold: true
    }

    Words {
        x: Theme.pad
        lineTop: root.height - Theme.pad - lineHeight + Theme.gapSmall / 2
        width: root.width - 2 * Theme.pad - (cap.visible ? cap.width : 0)
        text: root.price
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }

    KeyCap {
        id: cap

        visible: root.cap !== ""
        x: root.width - width - Theme.gapSmall
        y: root.height - height - Theme.gapSmall
        words: root.cap
    }

    Rectangle {
        visible: count.text !== ""
        x: root.width - width - Theme.gapSmall
        y: Theme.gapSmall
        width: Math.max(Theme.tileCount, count.implicitWidth + Theme.gapSmall)
        height: count.lineHeight
        radius: Theme.radiusSmall
        color: root.noted !== "" ? Theme.focus : Theme.surface
        border.width: Theme.badgeBorder
        border.color: Theme.focus

        Words {
            id: count

            x: (parent.width - implicitWidth) / 2
            text: root.noted !== "" ? root.noted : root.ordered
            color: root.noted !== "" ? Theme.focusText : Theme.focus
            font.bold: true
            wrapMode: Text.NoWrap
        }
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped(root.key)
    }
}
