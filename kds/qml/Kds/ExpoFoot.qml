// The pass's buttons: what can be undone, the pages, and what else hands do.
import QtQuick
import Kds
import Passline

Rectangle {
    id: root

    required property bool sided
    required property string undoText
    required property string moreText
    required property int unseenCount
    required property int noticeCount
    required property int pages
    required property string pageText
    readonly property bool noticed: root.noticeCount > 0
    // In the panel, two buttons stand beside each other.
    readonly property real half: (buttons.width - Theme.touchGap) / 2

    signal acted(string action)

    function widthOf(button: BarButton): real {
        return root.sided ? root.half : button.implicitWidth;
    }

    implicitHeight: column.height + 2 * Theme.gap
    color: Theme.surface

    Rectangle {
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    Column {
        id: column

        x: Theme.margin
        y: Theme.gap
        width: root.width - 2 * Theme.margin
        spacing: Theme.touchGap

        // Its place is kept while there is nothing to undo: no button moves under a finger.
        Item {
            width: column.width
            height: Theme.touch

            BarButton {
                visible: root.undoText !== ""
                width: root.sided ? column.width : Math.min(implicitWidth, pager.x - Theme.touchGap)
                height: Theme.touch
                words: root.undoText
                primary: true
                onTapped: root.acted("undo")
            }

            Pager {
                id: pager

                visible: !root.sided || root.undoText === ""
                x: column.width - width
                pages: root.pages
                words: root.pageText
                more: root.moreText
                onActed: action => root.acted(action)
            }
        }

        Flow {
            id: buttons

            width: column.width
            spacing: Theme.touchGap

            BarButton {
                id: seen

                width: root.widthOf(seen)
                words: root.unseenCount > 0 ? qsTr("All seen (%1)").arg(root.unseenCount) : qsTr("All seen")
                on: root.unseenCount > 0
                onTapped: root.acted("ack_all")
            }

            BarButton {
                id: recall

                width: root.widthOf(recall)
                words: qsTr("Recall")
                onTapped: root.acted("recall")
            }

            BarButton {
                id: rush

                width: root.widthOf(rush)
                words: qsTr("Rush")
                onTapped: root.acted("rush")
            }

            BarButton {
                id: notices

                visible: !root.sided
                words: root.noticed ? qsTr("Notices (%1)").arg(root.noticeCount) : qsTr("Notices")
                on: root.noticed
                onTapped: root.acted("notices")
            }
        }
    }
}
