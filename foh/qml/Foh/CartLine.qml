// A dish of the order: how many, what is wished with it, how far it is, and what can be done.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property string key
    required property string quantity
    required property string name
    required property string detail
    required property string foreign
    required property string stage
    required property string badge
    required property bool selected
    required property bool pending
    required property bool part
    required property AbstractItemModel actions
    readonly property bool begun: root.stage === "unsent"
    readonly property bool dead: root.stage === "voided"
    readonly property real indent: Theme.quantityWidth + (root.part ? Theme.pad : 0)

    signal tapped(string key)
    signal acted(string action)

    implicitHeight: Math.max(Theme.touch, body.height + 2 * Theme.gap)
    color: {
        if (root.begun || root.selected)
            return Theme.focusHalo;
        return tap.pressed ? Theme.raised : Theme.surface;
    }

    Rectangle {
        visible: root.selected
        width: Theme.barWidth
        height: root.height
        color: Theme.focus
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped(root.key)
    }

    Words {
        id: quantity

        x: Theme.pad + (root.part ? Theme.pad : 0)
        lineTop: Theme.gap
        text: root.quantity
        color: root.dead ? Theme.textDim : Theme.text
        font.pixelSize: Theme.dishSize
        font.bold: !root.part
        font.strikeout: root.dead
        opacity: root.pending ? Theme.pendingFactor : 1
        wrapMode: Text.NoWrap
    }

    Column {
        id: body

        x: Math.max(root.indent, quantity.x + quantity.implicitWidth + Theme.gapSmall)
        y: Theme.gap
        width: root.width - x - Theme.pad
        spacing: Theme.gapSmall / 2

        Item {
            width: body.width
            height: Math.max(name.height, badge.visible ? badge.height : 0)

            Words {
                id: name

                lineTop: 0
                width: parent.width - (badge.visible ? badge.width + Theme.gapSmall : 0)
                height: lineCount * lineHeight
                text: root.name
                color: root.dead ? Theme.textDim : Theme.text
                font.pixelSize: Theme.dishSize
                font.strikeout: root.dead
                opacity: root.pending ? Theme.pendingFactor : 1
            }

            Badge {
                id: badge

                visible: root.badge !== ""
                x: parent.width - width
                stage: root.stage
                words: root.badge
            }
        }

        Paragraph {
            width: body.width
            text: root.detail
            color: Theme.textDim
        }

        Paragraph {
            width: body.width
            text: root.foreign
            color: Theme.mark
            font.bold: true
        }

        Flow {
            visible: root.selected
            width: body.width
            spacing: Theme.gapSmall

            Repeater {
                model: root.actions
                delegate: BarButton {
                    required property string key
                    required property string text

                    words: text
                    onTapped: root.acted(key)
                }
            }
        }
    }

    Rectangle {
        y: root.height - height
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }
}
