// The bar: how much is to be done, who is there, what time it is. Where there is little room it
// loses words, never size; when the node is silent the whole bar says so.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property string name
    // Its numbers; some of them may go.
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
    // Those that may go stand last.
    readonly property int kept: {
        let kept = 0;
        for (let i = 0; i < root.count; i++) {
            const figure = numbers.itemAt(i) as Figure;
            if (figure && !figure.optional)
                kept++;
        }
        return kept;
    }
    readonly property bool whole: root.widthOf(root.count, root.kept) + root.aside <= root.room
    readonly property bool fewer: root.widthOf(root.kept, root.kept) + root.aside <= root.room
    readonly property int shown: root.whole ? root.count : root.kept
    // How many of the shown have words.
    readonly property int worded: {
        if (root.widthOf(root.count, root.count) + root.aside <= root.room)
            return root.count;
        const aside = root.fewer ? root.aside : root.asideBare;
        for (let words = root.kept; words > 0; words--)
            if (root.widthOf(root.kept, words) + aside <= root.room)
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
                required optional

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
            whole: root.whole || root.fewer
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
