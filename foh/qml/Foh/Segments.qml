// How far each dish of a table is, beside each other; on a further line where there are many.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flow {
    id: root

    required property AbstractItemModel segments
    readonly property real each: (root.width - (marks.count - 1) * root.spacing) / Math.max(1, marks.count)

    spacing: Theme.gapSmall

    Repeater {
        id: marks

        model: root.segments
        delegate: Rectangle {
            id: segment

            required property string stage
            required property string text
            readonly property bool alarmed: segment.stage === "voided"
            readonly property bool ready: segment.stage === "ready"

            width: Math.max(Math.floor(root.each), mark.implicitWidth + 2 * Theme.gapSmall)
            height: mark.lineHeight
            radius: Theme.radiusSmall
            color: segment.stage === "served" || segment.stage === "cooking" ? Theme.raised : Theme.surface
            border.width: Theme.badgeBorder
            border.color: {
                if (segment.ready)
                    return Theme.good;
                return segment.alarmed ? Theme.alarm : Theme.outline;
            }

            Words {
                id: mark

                width: segment.width
                horizontalAlignment: Text.AlignHCenter
                text: segment.text
                color: {
                    if (segment.ready)
                        return Theme.good;
                    return segment.alarmed ? Theme.alarm : Theme.textDim;
                }
                font.bold: true
                wrapMode: Text.NoWrap
            }
        }
    }
}
