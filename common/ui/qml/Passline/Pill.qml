// How a part of the mesh is, by dot and word: round and green when well, square and red when not.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    property bool well: true

    implicitWidth: row.implicitWidth + 2 * Theme.pad
    implicitHeight: Theme.touch
    radius: Theme.radius
    color: "transparent"
    border.width: Theme.badgeBorder
    border.color: root.well ? Theme.outline : Theme.alarm

    Row {
        id: row

        x: Theme.pad
        height: root.height
        spacing: Theme.gapSmall

        Rectangle {
            y: (row.height - height) / 2
            width: Theme.dot
            height: Theme.dot
            radius: root.well ? Theme.dot / 2 : 0
            color: root.well ? Theme.good : Theme.alarm
        }

        Words {
            id: label

            lineTop: (row.height - label.lineHeight) / 2
            text: root.words
            color: root.well ? Theme.text : Theme.alarm
            font.bold: !root.well
            wrapMode: Text.NoWrap
        }
    }
}
