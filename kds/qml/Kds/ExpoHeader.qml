// An order's head at the pass: slot, table large and number small, its age; coloured only when it
// has to be hurried, slate while nobody saw it.
import QtQuick
import Passline

Item {
    id: root

    required property string age
    required property string slotText
    required property string title
    required property real titleWidth
    required property int titleLines
    required property string number
    required property bool numberBelow
    required property string timer
    required property bool pending
    readonly property bool plain: root.age === "ok"

    signal tapped

    AgeColors {
        id: colors

        age: root.age
    }

    Rectangle {
        visible: root.slotText !== ""
        x: Theme.pad
        y: (root.height - height) / 2
        width: Math.max(Theme.slotBox, slot.implicitWidth + Theme.gap)
        height: Theme.slotBox
        radius: Theme.radiusSmall
        color: Theme.window
        opacity: root.pending ? Theme.pendingFactor : 1

        Words {
            id: slot

            x: (parent.width - implicitWidth) / 2
            lineTop: (parent.height - lineHeight) / 2
            text: root.slotText
            font.bold: true
            wrapMode: Text.NoWrap
        }
    }

    Words {
        id: title

        x: Theme.pad + Theme.slotBox + Theme.gap
        width: root.titleWidth
        height: root.titleLines * lineHeight
        lineTop: (root.height - height - (root.numberBelow ? number.lineHeight : 0)) / 2
        text: root.title
        font.pixelSize: Theme.titleSize
        font.bold: true
    }

    Words {
        id: number

        x: root.numberBelow ? title.x : title.x + title.contentWidth + Theme.gapSmall
        lineTop: title.lineTop + (root.numberBelow ? title.height : (title.lineHeight - lineHeight) / 2 + (Theme.titleSize - Theme.infoSize) * Theme.baselineFactor)
        text: root.number
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }

    Rectangle {
        x: root.width - Theme.pad - width
        y: (root.height - height) / 2
        width: timer.implicitWidth + 2 * Theme.gapSmall
        height: Theme.titleSize + Theme.gapSmall
        radius: Theme.radiusSmall
        color: root.plain ? "transparent" : colors.fill

        Words {
            id: timer

            x: Theme.gapSmall
            lineTop: (parent.height - lineHeight) / 2
            text: root.timer
            color: root.plain ? Theme.text : colors.ink
            font.pixelSize: Theme.titleSize
            font.bold: true
            font.features: ({
                    "tnum": 1
                })
            wrapMode: Text.NoWrap
        }
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
