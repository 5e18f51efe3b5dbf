// What is to be made in all, what can be undone, and the screen's buttons.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property AbstractItemModel allDay
    required property string allDayMore
    required property string undoText
    required property string moreText
    required property string mode
    required property int unseenCount
    required property int pages
    required property string pageText
    readonly property real free: buttons.x - chips.x - Theme.touchGap
    // What the dishes of the strip may take.
    readonly property real room: root.free - (undo.visible ? undo.width + Theme.touchGap : 0)

    signal acted(string action)
    signal dishTapped(string key)

    implicitHeight: Theme.stripHeight
    color: Theme.surface

    Rectangle {
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    BarButton {
        id: allDayButton

        x: Theme.margin
        y: (root.height - height) / 2
        words: qsTr("All day")
        onTapped: root.acted("summary")
    }

    Row {
        id: chips

        x: allDayButton.x + allDayButton.width + Theme.gapSmall
        y: (root.height - height) / 2
        spacing: Theme.gap

        Repeater {
            model: root.allDay
            delegate: AllDayChip {
                required property string key
                required width

                onTapped: root.dishTapped(key)
            }
        }

        AllDayChip {
            visible: root.allDayMore !== ""
            name: root.allDayMore
            total: ""
            onTapped: root.acted("summary")
        }
    }

    BarButton {
        id: undo

        visible: root.undoText !== ""
        x: buttons.x - Theme.touchGap - width
        y: (root.height - height) / 2
        width: visible ? Math.min(implicitWidth, root.free) : 0
        words: root.undoText
        primary: true
        onTapped: root.acted("undo")
    }

    Row {
        id: buttons

        x: root.width - width - Theme.margin
        y: (root.height - height) / 2
        spacing: Theme.touchGap

        BarButton {
            words: qsTr("By dish")
            on: root.mode === "dishes"
            onTapped: root.acted("dishes")
        }

        BarButton {
            words: root.unseenCount > 0 ? qsTr("All seen (%1)").arg(root.unseenCount) : qsTr("All seen")
            on: root.unseenCount > 0
            onTapped: root.acted("ack_all")
        }

        BarButton {
            words: qsTr("Recall")
            onTapped: root.acted("recall")
        }

        Pager {
            pages: root.pages
            words: root.pageText
            more: root.moreText
            onActed: action => root.acted(action)
        }
    }
}
