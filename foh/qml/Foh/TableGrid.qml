// Tiles in rows, section by section; the row of a tile is as high as its fullest one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import QtQuick.Layouts
import Foh
import Passline

Flickable {
    id: root

    required property AbstractItemModel sections
    required property string selected
    readonly property real inner: root.width - 2 * Theme.margin
    readonly property int columns: Math.max(1, Math.floor((root.inner + Theme.gap) / (Theme.dishSize * Theme.tileFactor + Theme.gap)))
    readonly property real cell: Math.floor((root.inner - (root.columns - 1) * Theme.gap) / root.columns)

    signal tapped(string key)

    function reveal(tile: Item): void {
        const top = tile.mapToItem(content, 0, 0).y + content.y;
        const last = top + tile.height + Theme.margin - root.height;
        root.contentY = Math.max(0, Math.max(Math.min(root.contentY, top - Theme.margin), last));
    }

    contentHeight: content.height + 2 * Theme.margin
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Column {
        id: content

        x: Theme.margin
        y: Theme.margin
        width: root.inner
        spacing: Theme.margin

        Repeater {
            model: root.sections
            delegate: Column {
                id: section

                required property string title
                required property AbstractItemModel tiles

                width: content.width
                spacing: Theme.gap

                Paragraph {
                    width: section.width
                    text: section.title
                    color: Theme.textDim
                    font.bold: true
                }

                GridLayout {
                    columns: root.columns
                    columnSpacing: Theme.gap
                    rowSpacing: Theme.gap

                    Repeater {
                        model: section.tiles
                        delegate: TableTile {
                            id: tile

                            Layout.preferredWidth: root.cell
                            Layout.fillHeight: true
                            onTapped: key => root.tapped(key)
                            onSelectedChanged: {
                                if (tile.selected)
                                    Qt.callLater(root.reveal, tile);
                            }
                        }
                    }
                }
            }
        }
    }
}
