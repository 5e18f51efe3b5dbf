// Cells of one width side by side, each as high as it needs to be; what is more scrolls.
import QtQuick
import Passline

Flickable {
    id: root

    // The least width of a cell, in hanzi of a dish's size.
    required property real least
    property real spacing: Theme.gap
    readonly property int columns: Math.max(1, Math.floor((root.width + root.spacing) / (Theme.dishSize * root.least + root.spacing)))
    readonly property real cellWidth: Math.floor((root.width - (root.columns - 1) * root.spacing) / root.columns)
    default property alias cells: flow.data

    function reveal(cell: Item): void {
        const last = cell.y + cell.height - root.height;
        root.contentY = Math.max(Math.min(root.contentY, cell.y), last);
    }

    contentHeight: flow.height
    boundsBehavior: Flickable.StopAtBounds

    Flow {
        id: flow

        width: root.width
        spacing: root.spacing
    }
}
