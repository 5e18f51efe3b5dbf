// Orders are taken here: the menu at the left, the order at the right, forms over the menu.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Item {
    id: root

    required property OrderModel page
    // A field that had the focus is covered or gone, or the arrows are in the cart.
    readonly property bool elsewhere: root.page.formOpen || root.page.zone === "cart"

    signal acted(string action, string text)

    function tellSize() {
        root.page.resize(grid.width, grid.height);
    }

    focus: true
    onElsewhereChanged: root.forceActiveFocus()
    Component.onCompleted: root.tellSize()

    MenuHead {
        id: head

        visible: !root.page.formOpen
        x: Theme.margin
        y: Theme.margin
        width: cart.x - 2 * x
        page: root.page
        onActed: (action, text) => root.acted(action, text)
    }

    Item {
        id: grid

        visible: !root.page.formOpen
        clip: true
        x: Theme.margin
        y: head.y + head.height + Theme.margin
        width: cart.x - 2 * x
        height: (pad.active ? pad.y : root.height) - Theme.margin - y
        onWidthChanged: Qt.callLater(root.tellSize)
        onHeightChanged: Qt.callLater(root.tellSize)

        Repeater {
            model: root.page.tiles
            delegate: DishTile {
                onTapped: key => root.acted("dish", key)
            }
        }

        EmptyState {
            anchors.fill: parent
            visible: root.page.noDish !== ""
            words: root.page.noDish
        }
    }

    Loader {
        id: pad

        active: root.page.pad && !root.page.formOpen
        x: Theme.margin
        y: root.height - height - Theme.margin
        width: cart.x - 2 * x

        sourceComponent: KeyPad {
            onTyped: text => root.acted(text === "" ? "backspace" : "type", text)
        }
    }

    Loader {
        id: form

        active: root.page.formOpen
        width: cart.x
        height: root.height

        sourceComponent: FormSheet {
            page: root.page
            onActed: (action, text) => root.acted(action, text)
        }
    }

    Cart {
        id: cart

        x: root.width - width
        width: Math.round(Math.min(root.width / 2, Math.max(Theme.cartWidth, root.width * Theme.cartFactor)))
        height: root.height
        page: root.page
        onActed: (action, text) => root.acted(action, text)
    }
}
