// A kitchen station: its bar, the tickets or dishes, and below them what is to be made in all.
pragma ComponentBehavior: Bound
import QtQuick
import Kds
import Passline

Rectangle {
    id: root

    required property StationScreen screen

    // Told once all of a layout is known, and never from within a change of the screen's.
    function tellSize() {
        root.screen.resize(area.width, area.height);
    }
    function tellRoom() {
        root.screen.resizeAllDay(strip.room);
    }

    color: Theme.window
    Component.onCompleted: {
        root.tellSize();
        root.tellRoom();
    }

    TopBar {
        id: bar

        width: root.width
        name: root.screen.stationName
        figures: root.screen.figures
        clock: root.screen.clock
        linkState: root.screen.linkState
        linkText: root.screen.linkText
        peersText: root.screen.peersText
        peers: root.screen.peers
        hint: root.screen.hint
        onKeysTapped: root.screen.act("keys", 0)
    }

    Item {
        id: area

        y: bar.height
        width: root.width
        height: adopted.y - y
        clip: true
        onWidthChanged: Qt.callLater(root.tellSize)
        onHeightChanged: Qt.callLater(root.tellSize)

        Item {
            anchors.fill: parent
            visible: root.screen.mode === "tickets" && root.screen.overlay === ""

            Repeater {
                model: root.screen.cards
                delegate: TicketCard {
                    onHeaderTapped: key => root.screen.tapHeader(key)
                    onLineTapped: (key, line) => root.screen.tapLine(key, line)
                    onQuantityTapped: (key, line) => root.screen.tapQuantity(key, line)
                }
            }
        }

        Loader {
            anchors.fill: parent
            active: root.screen.mode === "dishes" && root.screen.overlay === ""

            sourceComponent: DishView {
                dishes: root.screen.dishes
                onFinished: (key, n) => root.screen.tapDish(key, n)
            }
        }

        EmptyState {
            anchors.fill: parent
            visible: root.screen.empty && root.screen.overlay === ""
            words: root.screen.emptyText
        }

        Loader {
            anchors.fill: parent
            active: root.screen.overlay !== ""
            sourceComponent: {
                switch (root.screen.overlay) {
                case "summary":
                    return summary;
                case "recall":
                    return recallList;
                case "settings":
                    return settings;
                default:
                    return keyMap;
                }
            }
        }
    }

    Banner {
        id: adopted

        visible: root.screen.adoptedText !== ""
        y: strip.y - height
        width: root.width
        height: visible ? implicitHeight : 0
        words: root.screen.adoptedText
    }

    BottomBar {
        id: strip

        y: root.height - height
        width: root.width
        allDay: root.screen.allDay
        allDayMore: root.screen.allDayMore
        undoText: root.screen.undoText
        moreText: root.screen.moreText
        mode: root.screen.mode
        unseenCount: root.screen.unseenCount
        pages: root.screen.pages
        pageText: root.screen.pageText
        onActed: action => root.screen.act(action, 0)
        onDishTapped: key => root.screen.tapAllDay(key)
        onRoomChanged: Qt.callLater(root.tellRoom)
    }

    Component {
        id: summary

        Summary {
            dishes: root.screen.summary
            onClosed: root.screen.act("close", 0)
        }
    }

    Component {
        id: settings

        SettingsSheet {
            arrangement: root.screen.arrangement as Arrangement
            onClosed: root.screen.act("close", 0)
        }
    }

    Component {
        id: recallList

        RecallList {
            tickets: root.screen.recalls
            onTapped: key => root.screen.tapRecall(key)
            onClosed: root.screen.act("close", 0)
        }
    }

    Component {
        id: keyMap

        KeyMap {
            keys: root.screen.keys
            onActed: action => root.screen.act(action, 0)
            onClosed: root.screen.act("close", 0)
        }
    }
}
