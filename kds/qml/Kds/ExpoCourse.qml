// A course's title at the pass, with what can be done with it: fire what waits, hold what nobody began.
import QtQuick
import Passline

BodyRow {
    id: root

    required property string key
    required property string action
    required property string actionText
    required property real badgeWidth

    signal acted

    Words {
        x: root.indent - root.x
        width: root.textWidth
        height: root.lines * lineHeight
        lineTop: root.inset
        text: root.text
        color: Theme.textDim
    }

    BarButton {
        visible: root.action !== ""
        x: root.width - Theme.pad - width
        y: (root.height - height) / 2
        width: root.badgeWidth
        height: Theme.touch
        words: root.actionText
        primary: root.action === "fire"
        onTapped: root.acted()
    }
}
