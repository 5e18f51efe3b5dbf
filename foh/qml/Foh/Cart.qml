// The order: for whom, its dishes, where they are, what they cost.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property OrderModel page

    signal acted(string action, string text)

    color: Theme.surface

    CartHead {
        id: head

        width: root.width
        page: root.page
        onActed: (action, text) => root.acted(action, text)
    }

    Flickable {
        id: list

        // What was just noted has to be seen, and so has what the arrows come to.
        function reveal(line: Item): void {
            const last = line.y + line.height - list.height;
            list.contentY = Math.max(0, Math.min(Math.max(list.contentY, last), line.y));
        }

        y: head.height
        width: root.width
        height: late.y - y
        contentHeight: lines.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: lines

            width: list.width

            Repeater {
                model: root.page.lines
                delegate: CartLine {
                    id: line

                    width: lines.width
                    onTapped: key => root.acted("line", key)
                    onActed: action => root.acted(action, "")
                    onSelectedChanged: if (line.selected)
                        Qt.callLater(list.reveal, line)
                    onHeightChanged: if (line.selected)
                        Qt.callLater(list.reveal, line)
                    onYChanged: if (line.selected)
                        Qt.callLater(list.reveal, line)
                }
            }

            StationList {
                width: lines.width
                stations: root.page.stations
                good: true
            }
        }

        Words {
            visible: root.page.emptyText !== ""
            x: Theme.pad
            lineTop: Theme.margin
            width: list.width - 2 * x
            text: root.page.emptyText
            color: Theme.textFaint
        }
    }

    // What is not where it belongs is seen however long the order is.
    StationList {
        id: late

        y: foot.y - height
        width: root.width
        stations: root.page.stations
    }

    CartFoot {
        id: foot

        y: root.height - height
        width: root.width
        page: root.page
        onActed: (action, text) => root.acted(action, text)
    }

    Rectangle {
        width: Theme.hairline
        height: root.height
        color: Theme.outline
    }
}
