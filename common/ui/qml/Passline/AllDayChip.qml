// A dish of the all-day strip and how many of it are to be made.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string name
    required property string total
    property bool marked: false

    signal tapped

    implicitWidth: dish.implicitWidth + 2 * Theme.pad + (root.total === "" ? 0 : Theme.gap + count.implicitWidth)
    implicitHeight: Theme.touch
    radius: Theme.radiusSmall
    color: Theme.raised
    border.width: root.marked || tap.pressed ? Theme.cardBorder : 0
    border.color: Theme.mark

    Words {
        id: dish

        x: Theme.pad
        lineTop: (root.height - lineHeight) / 2
        text: root.name
        font.pixelSize: Theme.chipSize
        wrapMode: Text.NoWrap
    }

    Words {
        id: count

        x: root.width - Theme.pad - implicitWidth
        lineTop: (root.height - lineHeight) / 2
        text: root.total
        font.pixelSize: Theme.totalSize
        font.bold: true
        wrapMode: Text.NoWrap
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
