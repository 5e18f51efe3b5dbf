// What can be chosen: chips one after the other, or the rows of a key map side by side.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flow {
    id: root

    required property AbstractItemModel options
    property bool wide: false
    readonly property int columns: Math.max(1, Math.floor((root.width + root.spacing) / (Theme.dishSize * Theme.keysFactor + root.spacing)))

    signal tapped(string key)

    spacing: Theme.gapSmall

    Repeater {
        model: root.options
        delegate: Rectangle {
            id: option

            required property string key
            required property string text
            required property string detail
            required property string cap
            required property bool on
            required property bool cursor
            readonly property real most: root.wide ? Math.floor((root.width - (root.columns - 1) * root.spacing) / root.columns) : root.width
            readonly property color ink: option.on ? Theme.focusText : Theme.text

            width: root.wide ? option.most : Math.min(option.most, row.x + row.implicitWidth + Theme.pad)
            height: Math.max(Theme.touch, row.height + 2 * Theme.gapSmall)
            radius: Theme.radius
            color: {
                if (option.on)
                    return Theme.focus;
                return tap.pressed ? Theme.raised : Theme.surface;
            }
            border.width: option.cursor ? Theme.haloWidth : Theme.badgeBorder
            border.color: option.cursor ? Theme.mark : Theme.outline

            Row {
                id: row

                x: Theme.pad
                y: (option.height - height) / 2
                spacing: Theme.gap

                KeyCap {
                    id: cap

                    visible: option.cap !== ""
                    y: (row.height - height) / 2
                    words: option.cap
                }

                Paragraph {
                    width: Math.min(implicitWidth, option.most - 2 * Theme.pad - (cap.visible ? cap.width + row.spacing : 0) - (detail.visible ? detail.width + row.spacing : 0))
                    y: (row.height - height) / 2
                    text: option.text
                    color: option.ink
                    font.pixelSize: root.wide ? Theme.infoSize : Theme.chipSize
                    font.bold: !root.wide
                }

                Paragraph {
                    id: detail

                    y: (row.height - height) / 2
                    text: option.detail
                    color: option.ink
                }
            }

            TapHandler {
                id: tap

                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: root.tapped(option.key)
            }
        }
    }
}
