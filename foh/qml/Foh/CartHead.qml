// For whom the order is; a tap asks for another table or guest.
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property OrderModel page

    signal acted(string action, string text)

    implicitHeight: column.height + 2 * Theme.gap
    color: tap.pressed ? Theme.raised : Theme.surface

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.acted("head", "")
    }

    Column {
        id: column

        x: Theme.pad
        y: Theme.gap
        width: root.width - 2 * x
        spacing: Theme.gapSmall / 2

        Item {
            id: named

            // Beside each other where there is room, on one baseline.
            readonly property bool beside: title.implicitWidth + Theme.gap + subtitle.implicitWidth <= column.width

            width: column.width
            height: title.height + (named.beside ? 0 : subtitle.lineCount * subtitle.lineHeight)

            Words {
                id: title

                lineTop: 0
                width: Math.min(implicitWidth, column.width)
                height: lineCount * lineHeight
                text: root.page.orderTitle
                font.pixelSize: Theme.titleSize
                font.bold: true
            }

            Words {
                id: subtitle

                x: named.beside ? title.implicitWidth + Theme.gap : 0
                lineTop: named.beside ? (title.lineHeight - lineHeight) / 2 : title.height
                width: column.width - x
                height: lineCount * lineHeight
                text: root.page.subtitle
                color: Theme.textDim
            }
        }

        Paragraph {
            width: column.width
            text: root.page.about
            color: Theme.textDim
        }

        Paragraph {
            width: column.width
            text: root.page.note
        }

        Rectangle {
            visible: root.page.allergies !== ""
            width: column.width
            height: allergy.height + Theme.gapSmall
            radius: Theme.radiusSmall
            color: Theme.allergy

            Words {
                id: allergy

                x: Theme.gap
                lineTop: (parent.height - height) / 2
                width: parent.width - 2 * x
                height: lineCount * lineHeight
                text: root.page.allergies
                color: Theme.allergyText
                font.bold: true
            }
        }
    }

    Rectangle {
        y: root.height - height
        width: root.width
        height: Theme.badgeBorder
        color: Theme.outline
    }
}
