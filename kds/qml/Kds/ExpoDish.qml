// A dish at the pass: how many, which, who makes it, how far it is.
import QtQuick
import Passline

BodyRow {
    id: root

    required property string kind
    required property string quantity
    required property bool boxed
    required property string stage
    required property string stateText
    required property string tag
    required property string station
    required property string beside
    required property real badgeWidth
    required property bool pending
    // Small words below the dish.
    readonly property bool small: root.kind === "said"
    readonly property color ink: {
        if (root.small)
            return Theme.textDim;
        if (root.stage === "voided")
            return Theme.alarm;
        return root.stage === "served" || root.stage === "held" ? Theme.textFaint : Theme.text;
    }
    readonly property real middle: root.inset + dish.lineHeight / 2

    signal quantityTapped

    // A finger on the quantity may also meet what stands below it.
    z: 1

    Quantity {
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
        font.pixelSize: root.small ? Theme.infoSize : Theme.dishSize
        font.bold: !root.small
        font.strikeout: root.stage === "voided"
    }

    Words {
        visible: root.beside !== ""
        x: dish.x + dish.contentWidth + Theme.gapSmall
        y: dish.y + dish.baselineOffset - baselineOffset
        text: root.beside
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }

    Words {
        visible: root.station !== ""
        x: (badge.visible ? badge.x - Theme.gapSmall : root.width - Theme.pad) - implicitWidth
        lineTop: root.middle - lineHeight / 2
        text: root.station
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }

    Badge {
        id: badge

        visible: root.badgeWidth > 0
        x: root.width - Theme.pad - width
        y: root.middle - height / 2
        width: root.badgeWidth
        stage: root.stage
        words: root.stateText
        news: root.tag !== ""
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
