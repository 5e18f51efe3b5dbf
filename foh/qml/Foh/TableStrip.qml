// Below the tables: in which order they stand, and what the marks mean.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property bool byArea

    signal acted(string action)

    implicitHeight: Theme.touch + 2 * Theme.gapSmall
    color: Theme.surface

    Rectangle {
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    KeyButton {
        id: arrange

        x: Theme.margin
        y: (root.height - height) / 2
        caps: "A"
        words: root.byArea ? qsTr("By waiting time") : qsTr("By area")
        onTapped: root.acted("arrange")
    }

    Words {
        x: arrange.x + arrange.width + Theme.margin
        visible: implicitWidth < root.width - x - Theme.margin
        lineTop: (root.height - lineHeight) / 2
        text: qsTr("✓ to serve   ◐ cooking   ‖ on hold   number: go to a table")
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }
}
