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

        Flow {
            width: column.width
            spacing: Theme.gap

            Paragraph {
                width: Math.min(implicitWidth, column.width)
                text: root.page.orderTitle
                font.pixelSize: Theme.titleSize
                font.bold: true
            }

            Item {
                width: Math.min(subtitle.implicitWidth, column.width)
                height: Math.max(Theme.titleSize * Theme.lineFactor, subtitle.lineCount * subtitle.lineHeight)

                Words {
                    id: subtitle

                    width: parent.width
                    height: lineCount * lineHeight
                    lineTop: (parent.height - height) / 2
                    text: root.page.subtitle
                    color: Theme.textDim
                }
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
