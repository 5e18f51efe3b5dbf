// The ground of every row in a card's body: a touch anywhere on a dish's rows means the dish, what
// is selected or looked for shows at the left edge, what has changed flashes once.
import QtQuick
import Passline

Rectangle {
    id: root

    required y
    required height
    required property string line
    required property string text
    required property real inset
    required property real indent
    required property real textWidth
    required property int lines
    required property bool selected
    required property bool marked
    required property int flash
    readonly property color ground: root.selected || root.marked || tap.pressed ? Theme.raised : Theme.surface

    signal tapped

    function flashOnce() {
        if (root.flash > 0)
            flashing.restart();
    }

    x: Theme.cardBorder
    width: parent ? parent.width - 2 * Theme.cardBorder : 0
    color: root.ground
    Component.onCompleted: root.flashOnce()
    onFlashChanged: root.flashOnce()

    Rectangle {
        visible: root.selected || root.marked
        width: Theme.barWidth
        height: root.height
        color: root.marked ? Theme.mark : Theme.focus
    }

    TapHandler {
        id: tap

        enabled: root.line !== ""
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }

    ColorAnimation {
        id: flashing

        target: root
        property: "color"
        from: Theme.flash
        to: root.ground
        duration: Theme.flashTime
    }
}
