// The counter's bar: where this is, what it counts, what was just said or can be taken back, who
// is there.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property string name
    required property string clock
    // live, alone, opening or silent
    required property string linkState
    required property string linkText
    required property string peersText
    required property AbstractItemModel peers
    required property AbstractItemModel figures
    required property string hint
    required property string undoText
    readonly property bool live: root.linkState === "live" || root.linkState === "alone"
    readonly property real step: 2 * Theme.pad
    // A word that is to be read now has the whole bar, as the silence of the node has.
    readonly property bool quiet: root.live && root.hint === ""

    signal acted(string action)

    implicitHeight: Theme.barHeight
    color: {
        if (!root.live)
            return Theme.alarmSurface;
        return root.hint === "" ? Theme.surface : Theme.raised;
    }

    Words {
        id: name

        x: Theme.margin + Theme.gap
        lineTop: (root.height - lineHeight) / 2
        text: root.name
        font.pixelSize: Theme.dishSize
        font.bold: true
        wrapMode: Text.NoWrap
    }

    BarButton {
        id: undo

        visible: root.undoText !== ""
        x: name.x + name.width + root.step
        y: (root.height - height) / 2
        width: visible ? implicitWidth : 0
        words: root.undoText
        primary: true
        onTapped: root.acted("undo")
    }

    Words {
        visible: !root.quiet
        x: undo.x + undo.width + (undo.visible ? root.step : 0)
        width: clock.x - root.step - x
        height: lineCount * lineHeight
        lineTop: (root.height - height) / 2
        text: root.hint !== "" ? root.hint : root.linkText
        color: root.live ? Theme.text : Theme.alarm
        font.pixelSize: Theme.valueSize
        font.bold: true
    }

    Row {
        id: counts

        readonly property real from: undo.x + undo.width + root.step

        // Where there is no room for words, the numbers go as well: they would say nothing.
        visible: root.quiet && counts.from + counts.width + root.step < pills.x
        x: counts.from
        height: root.height
        spacing: root.step

        Repeater {
            model: root.figures
            delegate: Figure {
                required property string tone

                height: counts.height
                ink: {
                    switch (tone) {
                    case "good":
                        return Theme.good;
                    case "alarm":
                        return Theme.alarm;
                    default:
                        return Theme.text;
                    }
                }
            }
        }
    }

    PeerPills {
        id: pills

        visible: root.quiet
        x: clock.x - width - root.step
        height: root.height
        peers: root.peers
        words: root.linkState === "alone" ? root.linkText : root.peersText
        well: root.linkState === "live"
        whole: fullWidth < clock.x - undo.x - undo.width - 2 * root.step
    }

    Words {
        id: clock

        x: root.width - implicitWidth - Theme.margin - Theme.gap
        lineTop: (root.height - lineHeight) / 2
        text: root.clock
        font.pixelSize: Theme.valueSize
        font.bold: true
        font.features: ({
                "tnum": 1
            })
        wrapMode: Text.NoWrap
    }

    Rectangle {
        y: root.height - height
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }
}
