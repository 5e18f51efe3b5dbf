// A table: its name, how long its guests wait, how far each dish is, what is to be done.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import QtQuick.Shapes
import Foh
import Passline

Rectangle {
    id: root

    required property string key
    required property string title
    required property string age
    required property string timer
    required property AbstractItemModel segments
    required property string ready
    required property string allergy
    required property string alarm
    required property string note
    required property bool free
    required property bool selected
    readonly property bool coloured: root.age === "warn" || root.age === "late"

    signal tapped(string key)

    implicitHeight: Math.max(body.y + body.height + Theme.pad, Theme.tileHeight)
    radius: Theme.radius
    color: {
        if (tap.pressed)
            return Theme.raised;
        return root.free ? Theme.window : Theme.surface;
    }
    border.width: {
        if (root.selected)
            return Theme.haloWidth;
        return root.free ? 0 : Theme.badgeBorder;
    }
    border.color: root.selected ? Theme.focus : Theme.outline

    Shape {
        visible: root.free && !root.selected
        anchors.fill: parent

        ShapePath {
            fillColor: "transparent"
            strokeColor: Theme.outline
            strokeWidth: Theme.badgeBorder
            strokeStyle: ShapePath.DashLine

            PathRectangle {
                x: Theme.badgeBorder / 2
                y: x
                width: root.width - 2 * x
                height: root.height - 2 * y
                radius: Theme.radius
            }
        }
    }

    AgeColors {
        id: colors

        age: root.age
    }

    Rectangle {
        id: chip

        visible: root.timer !== ""
        x: root.width - width - Theme.pad
        y: Theme.gap
        width: visible ? clock.implicitWidth + (root.coloured ? 2 * Theme.gapSmall : 0) : 0
        height: clock.lineHeight
        radius: Theme.radiusSmall
        color: root.coloured ? colors.fill : "transparent"

        Words {
            id: clock

            x: (parent.width - implicitWidth) / 2
            text: root.timer
            color: root.coloured ? colors.ink : Theme.text
            font.pixelSize: Theme.chipSize
            font.bold: true
            font.features: ({
                    "tnum": 1
                })
            wrapMode: Text.NoWrap
        }
    }

    Column {
        id: body

        x: Theme.pad
        y: Theme.gap
        width: root.width - 2 * Theme.pad
        spacing: Theme.gapSmall

        Paragraph {
            width: body.width - (chip.visible ? chip.width + Theme.gap : 0)
            text: root.title
            color: root.free ? Theme.textFaint : Theme.text
            font.pixelSize: Theme.dishSize
            font.bold: true
        }

        Segments {
            visible: !root.free
            width: body.width
            segments: root.segments
        }

        Paragraph {
            width: body.width
            text: root.ready
            color: Theme.good
            font.bold: true
        }

        Paragraph {
            width: body.width
            text: root.allergy === "" ? "" : "⚠ " + root.allergy
        }

        Paragraph {
            width: body.width
            text: root.alarm
            color: Theme.alarm
            font.bold: true
        }

        Paragraph {
            width: body.width
            text: root.note
            color: root.free ? Theme.textFaint : Theme.textDim
        }
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped(root.key)
    }
}
