// How far an order is: its dishes as one bar, served first; the further they are, the thicker.
import QtQuick
import Passline

Item {
    id: root

    // Of all its dishes, which are 1.
    required property real served
    required property real ready
    required property real cooking

    implicitHeight: Theme.progressHeight

    Rectangle {
        y: root.height - height
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    Rectangle {
        width: root.width * root.served
        height: root.height
        color: Theme.textFaint
    }

    Rectangle {
        x: root.width * root.served
        width: root.width * root.ready
        height: root.height
        color: Theme.good
    }

    Rectangle {
        x: root.width * (root.served + root.ready)
        y: root.height - height
        width: root.width * root.cooking
        height: root.height / 2
        color: Theme.textDim
    }
}
