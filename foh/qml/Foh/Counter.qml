// A counter: its bar, the list of pages, and the page that is shown.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property CounterScreen screen

    color: Theme.window

    CounterBar {
        id: bar

        width: root.width
        name: root.screen.headline
        figures: root.screen.figures
        clock: root.screen.clock
        linkState: root.screen.linkState
        linkText: root.screen.linkText
        peersText: root.screen.peersText
        peers: root.screen.peers
        hint: root.screen.hint
        undoText: root.screen.undoText
        onActed: action => root.screen.act(action, "")
    }

    NavRail {
        id: rail

        y: bar.height
        height: root.height - y
        pages: root.screen.nav
        onTurned: page => root.screen.turn(page)
    }

    Item {
        id: place

        x: rail.width
        y: bar.height
        width: root.width - x
        height: root.height - y
        clip: true

        Loader {
            anchors.fill: parent
            active: root.screen.page === "order"
            focus: true

            sourceComponent: OrderPage {
                page: root.screen.orderPage as OrderModel
                onActed: (action, text) => root.screen.act(action, text)
            }
        }

        Loader {
            anchors.fill: parent
            active: root.screen.page === "settings"

            sourceComponent: SettingsView {
                page: root.screen.settingsPage as SettingsPage
                arrangement: page.arrangement as Arrangement
            }
        }

        Loader {
            anchors.fill: parent
            active: root.screen.page === "tables"

            sourceComponent: TablesView {
                page: root.screen.tablesPage as TablesPage
            }
        }
    }
}
