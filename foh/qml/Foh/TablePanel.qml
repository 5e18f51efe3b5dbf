// The table that is selected: what is on it, its whole way, and what can be done.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property TablesPage page
    // The panel lies below the tables, not beside them.
    required property bool below

    color: Theme.surface

    TableLines {
        id: dishes

        x: Theme.hairline
        y: Theme.hairline
        width: root.width - x
        height: Math.min(contentHeight, (doing.y - y) * Theme.linesFactor)
        lines: root.page.lines
        onTapped: key => root.page.tapLine(key)

        TableHead {
            width: dishes.width
            title: root.page.tableTitle
            number: root.page.number
            about: root.page.about
            allergy: root.page.allergy
        }
    }

    Rectangle {
        y: dishes.y + dishes.height
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    Timeline {
        x: Theme.hairline
        y: dishes.y + dishes.height + Theme.gap
        width: root.width - x
        height: doing.y - Theme.gap - y
        steps: root.page.steps
    }

    Flow {
        id: doing

        x: Theme.margin
        y: root.height - height - Theme.margin
        width: root.width - 2 * x
        spacing: Theme.touchGap

        KeyButton {
            visible: root.page.canServe
            caps: qsTr("Space")
            words: qsTr("Serve")
            primary: true
            onTapped: root.page.press("serve")
        }

        KeyButton {
            visible: root.page.canRush
            caps: "R"
            words: qsTr("Rush")
            onTapped: root.page.press("rush")
        }

        KeyButton {
            visible: root.page.canHold
            caps: "H"
            words: qsTr("Hold")
            onTapped: root.page.press("hold")
        }

        KeyButton {
            visible: root.page.canFire
            caps: "F"
            words: qsTr("Fire")
            primary: true
            onTapped: root.page.press("fire")
        }

        KeyButton {
            visible: root.page.canPay
            caps: "P"
            words: qsTr("Pay")
            onTapped: root.page.press("pay")
        }

        KeyButton {
            visible: root.page.selected !== ""
            caps: "⏎"
            words: qsTr("Order")
            onTapped: root.page.press("enter")
        }
    }

    Rectangle {
        width: root.below ? root.width : Theme.hairline
        height: root.below ? Theme.hairline : root.height
        color: Theme.outline
    }
}
