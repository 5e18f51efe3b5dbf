// The table that is selected: what is on it, its whole way, and what can be done.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property TablesPage page

    color: Theme.surface

    Rectangle {
        width: Theme.hairline
        height: root.height
        color: Theme.outline
    }

    Column {
        id: head

        x: Theme.margin
        y: Theme.margin
        width: root.width - 2 * x
        spacing: Theme.gapSmall

        Paragraph {
            width: head.width
            text: root.page.tableTitle + (root.page.number === "" ? "" : "  " + root.page.number)
            font.pixelSize: Theme.dishSize
            font.bold: true
        }

        Paragraph {
            width: head.width
            text: root.page.about
            color: Theme.textDim
        }

        AllergyBanner {
            visible: root.page.allergy !== ""
            width: head.width
            words: root.page.allergy
        }
    }

    TableLines {
        id: dishes

        x: Theme.hairline
        y: head.y + head.height + Theme.gap
        width: root.width - x
        height: Math.min(contentHeight, (doing.y - y) / 2)
        lines: root.page.lines
        onTapped: key => root.page.tapLine(key)
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
            words: qsTr("Serve what is ready")
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
            visible: root.page.selected !== ""
            caps: "⏎"
            words: qsTr("Order")
            onTapped: root.page.press("enter")
        }
    }
}
