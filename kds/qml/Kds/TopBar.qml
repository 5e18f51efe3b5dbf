// The bar: how much is to be done, who is there, what time it is. Where there is little room it
// loses words, never size; when the node is silent the whole bar says so.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property string name
    required property int openCount
    required property int lateCount
    required property string average
    required property string clock
    // live, alone, opening or silent
    required property string linkState
    required property string linkText
    required property string peersText
    required property AbstractItemModel peers
    required property string hint
    readonly property bool live: root.linkState === "live" || root.linkState === "alone"
    readonly property real edge: Theme.margin + Theme.gap
    readonly property real step: 2 * Theme.pad
    readonly property real room: clock.x - name.x - name.width - 2 * root.step
    // A word that is to be read now has the whole bar, as the silence of the node has.
    readonly property bool quiet: root.live && root.hint === ""
    // What all would take, and what is left by going without more and more, in this order.
    readonly property real all: open.fullWidth + late.fullWidth + average.fullWidth + pills.fullWidth + keys.width + 3 * root.step + Theme.gap
    readonly property real withoutAverageWords: root.all - average.fullWidth + average.bareWidth
    readonly property real withoutAverage: root.withoutAverageWords - average.bareWidth - root.step
    readonly property real withoutHealthy: root.withoutAverage - pills.fullWidth + pills.bareWidth
    readonly property real withoutOpenWords: root.withoutHealthy - open.fullWidth + open.bareWidth

    signal keysTapped

    implicitHeight: Theme.barHeight
    color: {
        if (!root.live)
            return Theme.alarmSurface;
        return root.hint === "" ? Theme.surface : Theme.raised;
    }

    Words {
        id: name

        x: root.edge
        lineTop: (root.height - lineHeight) / 2
        text: root.name
        font.pixelSize: Theme.dishSize
        font.bold: true
        wrapMode: Text.NoWrap
    }

    Row {
        visible: root.quiet
        x: name.x + name.width + root.step
        height: root.height
        spacing: root.step

        Figure {
            id: open

            height: parent.height
            label: qsTr("To do")
            value: qsTr("%1", "tickets to do").arg(root.openCount)
            worded: root.withoutHealthy <= root.room
        }

        Figure {
            id: late

            height: parent.height
            label: qsTr("Late")
            value: root.lateCount
            ink: root.lateCount > 0 ? Theme.alarm : Theme.text
            worded: root.withoutOpenWords <= root.room
        }

        Figure {
            id: average

            height: parent.height
            visible: root.average !== "" && root.withoutAverageWords <= root.room
            label: qsTr("Last hour")
            value: root.average
            worded: root.all <= root.room
        }
    }

    Row {
        visible: root.quiet
        x: clock.x - width - root.step
        height: root.height
        spacing: Theme.gap

        PeerPills {
            id: pills

            height: parent.height
            peers: root.peers
            words: root.linkState === "alone" ? root.linkText : root.peersText
            well: root.linkState === "live"
            whole: root.withoutAverage <= root.room
        }

        BarButton {
            id: keys

            y: (root.height - height) / 2
            words: qsTr("Keys")
            onTapped: root.keysTapped()
        }
    }

    Words {
        visible: !root.quiet
        x: name.x + name.width + root.step
        width: root.room
        height: lineCount * lineHeight
        lineTop: (root.height - height) / 2
        text: root.hint !== "" ? root.hint : root.linkText
        color: root.live ? Theme.text : Theme.alarm
        font.pixelSize: Theme.valueSize
        font.bold: true
    }

    Words {
        id: clock

        x: root.width - implicitWidth - root.edge
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
