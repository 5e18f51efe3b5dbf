// The state of a line, by shape and word; filled while it is news that nobody has acknowledged.
import QtQuick
import Passline

Rectangle {
    id: root

    // "" (new), held, cooking, ready, served or voided; at the counter also unsent or way
    required property string stage
    required property string words
    property bool news: false
    readonly property color ink: {
        switch (root.stage) {
        case "ready":
            return Theme.good;
        case "voided":
            return Theme.alarm;
        case "unsent":
            return Theme.focus;
        default:
            return root.news ? Theme.text : Theme.textDim;
        }
    }
    readonly property bool plain: !["ready", "voided", "unsent"].includes(root.stage)
    readonly property string shape: {
        switch (root.stage) {
        case "held":
            return "‖ ";
        case "cooking":
            return "◐ ";
        case "ready":
            return "✓ ";
        default:
            return "";
        }
    }

    implicitWidth: label.implicitWidth + 2 * Theme.gap
    implicitHeight: Theme.badgeHeight
    radius: Theme.radiusSmall
    color: root.news ? root.ink : Theme.surface
    // What is done with needs no frame.
    border.width: root.stage === "served" && !root.news ? 0 : Theme.badgeBorder
    border.color: root.news || !root.plain ? root.ink : Theme.outline

    Words {
        id: label

        x: (root.width - label.implicitWidth) / 2
        lineTop: (root.height - label.lineHeight) / 2
        text: root.shape + root.words
        color: root.news ? Theme.window : root.ink
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
