// The bar: how much is to be done, who is there, what time it is. Where there is little room it
// loses words, never size; when the node is silent the whole bar says so.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property string name
    // Its numbers, the first the last to go.
    required property AbstractItemModel figures
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
    // What the other machines and the keys take, and what is left by going without more and more.
    readonly property real aside: pills.fullWidth + keys.width + 2 * root.step + Theme.gap
    readonly property real asideBare: root.aside - pills.fullWidth + pills.bareWidth
    readonly property int count: numbers.count
    readonly property bool allWorded: root.widthOf(root.count, root.count) + root.aside <= root.room
    readonly property bool lastBare: root.widthOf(root.count, root.count - 1) + root.aside <= root.room
    readonly property bool lastGone: root.widthOf(root.count - 1, root.count - 1) + root.aside <= root.room
    readonly property bool healthyGone: root.widthOf(root.count - 1, root.count - 1) + root.asideBare <= root.room
    readonly property int shown: root.allWorded || root.lastBare ? root.count : root.count - 1
    // How many of the shown have words.
    readonly property int worded: {
        if (root.allWorded)
            return root.count;
        if (root.lastBare || root.lastGone || root.healthyGone)
            return root.count - 1;
        for (let words = root.count - 2; words > 0; words--)
            if (root.widthOf(root.count - 1, words) + root.asideBare <= root.room)
                return words;
        return 0;
    }

    // What the first figures take, some of them with words.
    function widthOf(shown: int, worded: int): real {
        let width = 0;
        for (let i = 0; i < shown; i++) {
            const figure = numbers.itemAt(i) as Figure;
            if (figure)
                width += root.step + (i < worded ? figure.fullWidth : figure.bareWidth);
        }
        return width;
    }

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

        Repeater {
            id: numbers

            model: root.figures
            delegate: Figure {
                required property int index
                required property string tone

                height: parent ? parent.height : 0
                visible: index < root.shown
                worded: index < root.worded
                ink: {
                    switch (tone) {
                    case "alarm":
                        return Theme.alarm;
                    case "good":
                        return Theme.good;
                    default:
                        return Theme.text;
                    }
                }
            }
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
            whole: root.allWorded || root.lastBare || root.lastGone
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
