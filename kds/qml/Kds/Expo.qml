// The pass: its bar, whole orders, and a panel of what has to be heard of. Where the panel has no
// room beside two columns of orders, its buttons stand below them and its notices are a page.
pragma ComponentBehavior: Bound
import QtQuick
import Kds
import Passline

Rectangle {
    id: root

    required property ExpoScreen screen
    readonly property bool sided: root.width >= 3 * Theme.panelWidth

    // Told once all of a layout is known, and never from within a change of the screen's.
    function tellSize() {
        root.screen.resize(area.width, area.height);
    }

    color: Theme.window
    Component.onCompleted: root.tellSize()

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
        width: root.sided ? panel.x : root.width
        height: (root.sided ? root.height : foot.y) - y
        clip: true
        onWidthChanged: Qt.callLater(root.tellSize)
        onHeightChanged: Qt.callLater(root.tellSize)

        Item {
            anchors.fill: parent
            visible: root.screen.overlay === ""

            Repeater {
                model: root.screen.cards
                delegate: ExpoCard {
                    onHeaderTapped: key => root.screen.tapHeader(key)
                    onLineTapped: (key, line) => root.screen.tapLine(key, line)
                    onCourseTapped: (key, course, action) => root.screen.tapCourse(key, course, action)
                    onQuantityTapped: (key, line) => root.screen.tapQuantity(key, line)
                }
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
                case "recall":
                    return recallList;
                case "notices":
                    return notices;
                case "settings":
                    return settings;
                default:
                    return keyMap;
                }
            }
        }
    }

    Rectangle {
        id: panel

        visible: root.sided
        x: root.width - width
        y: bar.height
        width: Theme.panelWidth
        height: foot.y - y
        color: Theme.surface

        ExpoPanel {
            x: Theme.margin
            y: Theme.margin
            width: panel.width - 2 * Theme.margin
            height: panel.height - 2 * Theme.margin
            notices: root.screen.notices
            onTapped: key => root.screen.tapNotice(key)
        }
    }

    ExpoFoot {
        id: foot

        x: root.sided ? panel.x : 0
        y: root.height - height
        width: root.sided ? panel.width : root.width
        sided: root.sided
        undoText: root.screen.undoText
        moreText: root.screen.moreText
        unseenCount: root.screen.unseenCount
        noticeCount: root.screen.noticeCount
        pages: root.screen.pages
        pageText: root.screen.pageText
        onActed: action => root.screen.act(action, 0)
    }

    Rectangle {
        visible: root.sided
        x: panel.x
        y: panel.y
        width: Theme.hairline
        height: root.height - y
        color: Theme.outline
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
        id: notices

        Sheet {
            title: qsTr("Notices")
            onClosed: root.screen.act("close", 0)

            ExpoPanel {
                anchors.fill: parent
                notices: root.screen.notices
                onTapped: key => root.screen.tapNotice(key)
            }
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
