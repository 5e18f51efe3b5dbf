// A table's head and its dishes; a touch on one that is ready serves it, on another marks it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flickable {
    id: root

    required property AbstractItemModel lines
    default property alias head: top.data

    signal tapped(string key)

    function reveal(line: Item): void {
        const top = line.y + below.y;
        const last = top + line.height - root.height;
        root.contentY = Math.max(0, Math.max(Math.min(root.contentY, top), last));
    }

    contentHeight: below.y + below.height
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Item {
        id: top

        width: root.width
        height: childrenRect.height
    }

    Column {
        id: below

        y: top.height
        width: root.width

        Repeater {
            model: root.lines
            delegate: Rectangle {
                id: line

                required property string key
                required property string name
                required property string quantity
                required property string stage
                required property string text
                required property bool ready
                required property bool on

                width: below.width
                height: Math.max(Theme.touch, name.height + Theme.gap)
                color: line.on || tap.pressed ? Theme.focusHalo : Theme.surface
                onOnChanged: {
                    if (line.on)
                        Qt.callLater(root.reveal, line);
                }

                Rectangle {
                    width: line.width
                    height: Theme.hairline
                    color: Theme.rule
                }

                Rectangle {
                    visible: line.on
                    width: Theme.barWidth
                    height: line.height
                    color: Theme.focus
                }

                Words {
                    id: count

                    x: Theme.margin
                    lineTop: (line.height - lineHeight) / 2
                    text: line.quantity
                    font.bold: true
                    wrapMode: Text.NoWrap
                }

                Paragraph {
                    id: name

                    x: Math.max(count.x + count.width + Theme.gap, Theme.margin + Theme.quantityWidth / 2)
                    y: (line.height - height) / 2
                    width: state.x - x - Theme.gap
                    text: line.name
                    color: line.stage === "voided" || line.stage === "served" ? Theme.textDim : Theme.text
                    font.strikeout: line.stage === "voided"
                }

                Badge {
                    id: state

                    x: line.width - width - Theme.margin
                    y: (line.height - height) / 2
                    stage: line.stage
                    words: line.text
                    news: line.ready
                }

                TapHandler {
                    id: tap

                    gesturePolicy: TapHandler.ReleaseWithinBounds
                    onTapped: root.tapped(line.key)
                }
            }
        }
    }
}
