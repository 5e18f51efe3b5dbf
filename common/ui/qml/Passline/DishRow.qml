// A dish: how many, which, how far it is.
import QtQuick
import Passline

BodyRow {
    id: root

    required property string quantity
    required property bool boxed
    required property string stage
    required property string stateText
    required property string tag
    required property string tagText
    required property real badgeWidth
    required property bool rule
    required property bool pending
    readonly property bool news: root.tag !== ""
    readonly property color ink: {
        if (root.stage === "voided")
            return Theme.alarm;
        return root.stage === "ready" || root.stage === "held" ? Theme.textFaint : Theme.text;
    }
    readonly property real middle: root.inset + dish.lineHeight / 2

    signal quantityTapped

    // A finger on the quantity may also meet what stands below it.
    z: 1

    Rectangle {
        visible: root.rule
        x: Theme.pad
        width: root.width - 2 * Theme.pad
        height: Theme.hairline
        color: Theme.rule
    }

    Quantity {
        id: quantityBox

        x: Theme.pad
        y: root.middle - height / 2
        quantity: root.quantity
        boxed: root.boxed
        ink: root.ink
        struck: dish.font.strikeout
    }

    Words {
        id: dish

        objectName: "dish"
        x: root.indent - root.x
        width: root.textWidth
        height: root.lines * lineHeight
        lineTop: root.inset
        text: root.text
        color: root.ink
        font.pixelSize: Theme.dishSize
        font.bold: true
        font.strikeout: root.stage === "voided"
    }

    Badge {
        visible: root.badgeWidth > 0
        x: root.width - Theme.pad - width
        y: root.middle - height / 2
        width: root.badgeWidth
        stage: root.stage
        words: root.news ? root.tagText : root.stateText
        news: root.news
        opacity: root.pending ? Theme.pendingFactor : 1
    }

    Item {
        enabled: root.boxed
        width: root.indent - root.x
        height: Math.max(root.height, Theme.touch)

        TapHandler {
            gesturePolicy: TapHandler.ReleaseWithinBounds
            onTapped: root.quantityTapped()
        }
    }
}
