// All tables, and beside them the whole way of the one that is selected; below where it is narrow.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Item {
    id: root

    required property TablesPage page
    readonly property bool tall: root.height > root.width

    TableGrid {
        id: grid

        width: root.tall ? root.width : panel.x
        height: (root.tall ? panel.y : root.height) - strip.height
        sections: root.page.sections
        selected: root.page.selected
        onTapped: key => root.page.tap(key)
        onColumnsChanged: Qt.callLater(root.page.resize, grid.columns)
        Component.onCompleted: root.page.resize(grid.columns)
    }

    EmptyState {
        visible: words !== ""
        width: grid.width
        height: grid.height
        words: root.page.empty
    }

    TableStrip {
        id: strip

        y: grid.height
        width: grid.width
        byArea: root.page.byArea
        onActed: action => root.page.press(action)
    }

    TablePanel {
        id: panel

        x: root.tall ? 0 : root.width - width
        y: root.tall ? root.height - height : 0
        width: root.tall ? root.width : Math.round(Math.max(root.width * Theme.panelFactor, Theme.dishSize * Theme.panelEms))
        height: root.tall ? Math.round(root.height / 2) : root.height
        page: root.page
        below: root.tall
    }

    Loader {
        anchors.fill: parent
        active: root.page.paying !== null
        z: 1

        sourceComponent: PaySheet {
            paying: root.page.paying as Paying
        }
    }
}
