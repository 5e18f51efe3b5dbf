// A button that goes on for as long as it is held.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words

    signal stepped

    implicitWidth: Theme.touch
    implicitHeight: Theme.touch
    radius: Theme.radius
    color: tap.pressed ? Theme.raised : Theme.surface
    border.width: Theme.badgeBorder
    border.color: tap.pressed ? Theme.focus : Theme.outline

    Words {
        x: (root.width - implicitWidth) / 2
        lineTop: (root.height - lineHeight) / 2
        text: root.words
        font.pixelSize: Theme.dishSize
        font.bold: true
        wrapMode: Text.NoWrap
    }

    Timer {
        running: tap.pressed
        interval: Theme.holdTime
        repeat: true
        onTriggered: root.stepped()
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.stepped()
    }
}
