// A ticket's head: slot, table, number, timer, on the colour of its age.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string age
    required property string slotText
    required property string title
    required property real titleWidth
    required property int titleLines
    required property string number
    required property bool numberBelow
    required property string timer
    required property string overrun
    // A command for the ticket is on its way.
    property bool pending: false
    // What a line of the title has too much of where small words stand close below it.
    readonly property real air: (title.lineHeight - Theme.titleSize) / 2

    signal tapped

    color: colors.fill

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
        color: colors.slot
        opacity: root.pending ? Theme.pendingFactor : 1

        Words {
            id: slot

            x: (parent.width - implicitWidth) / 2
            lineTop: (parent.height - lineHeight) / 2
            text: root.slotText
            color: Theme.slotText
            font.bold: true
            wrapMode: Text.NoWrap
        }
    }

    Words {
        id: title

        x: Theme.pad + Theme.slotBox + Theme.gap
        width: root.titleWidth
        height: root.titleLines * lineHeight
        lineTop: (root.height - height - (root.numberBelow ? number.lineHeight - root.air : 0)) / 2
        text: root.title
        color: colors.ink
        font.pixelSize: Theme.titleSize
        font.bold: true
    }

    Words {
        id: number

        x: root.numberBelow ? title.x : title.x + title.contentWidth + Theme.gapSmall
        lineTop: title.lineTop + (root.numberBelow ? title.height - root.air : (title.lineHeight - lineHeight) / 2 + (Theme.titleSize - Theme.infoSize) * Theme.baselineFactor)
        text: root.number
        color: colors.ink
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
    }

    Words {
        id: timer

        x: root.width - Theme.pad - implicitWidth
        lineHeight: Theme.titleSize
        lineTop: (root.height - lineHeight - (root.overrun === "" ? 0 : overrun.lineHeight)) / 2
        text: root.timer
        color: colors.ink
        font.pixelSize: Theme.titleSize
        font.bold: true
        font.features: ({
                "tnum": 1
            })
        wrapMode: Text.NoWrap
    }

    Words {
        id: overrun

        visible: root.overrun !== ""
        x: root.width - Theme.pad - implicitWidth
        lineTop: timer.lineTop + timer.lineHeight
        text: root.overrun
        color: colors.ink
        font.bold: true
        wrapMode: Text.NoWrap
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
