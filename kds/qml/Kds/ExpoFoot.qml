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
    readonly property bool undoable: root.undoText !== ""
    // In the panel, two buttons stand beside each other.
    readonly property real half: Math.floor((buttons.width - Theme.touchGap) / 2)

    signal acted(string action)

    function widthOf(button: BarButton): real {
        return root.sided ? root.half : button.implicitWidth;
    }
    // A button with a count keeps its width: no other moves when it changes.
    function counted(words: string, count: int): string {
        return count > 0 ? qsTr("%1 (%2)", "a button and how many").arg(words).arg(count) : words;
    }

    implicitHeight: buttons.height + 2 * Theme.gap
    color: Theme.surface

    Rectangle {
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }

    TextMetrics {
        id: widest

        font.pixelSize: Theme.infoSize
        text: root.counted(qsTr("All seen"), 88)
    }

    TextMetrics {
        id: back

        font.pixelSize: Theme.infoSize
        font.bold: true
        text: qsTr("Recall")
    }

    TextMetrics {
        id: undone

        font: back.font
        text: qsTr("Undo")
    }

    Flow {
        id: buttons

        x: Theme.margin
        y: Theme.gap
        width: root.width - 2 * Theme.margin
        spacing: Theme.touchGap

        // What was just done is taken back in the same place as what was done before.
        BarButton {
            width: root.sided ? buttons.width : Math.max(Theme.touch, Math.ceil(Math.max(back.width, undone.width)) + 2 * Theme.pad)
            words: {
                if (root.undoable)
                    return root.sided ? root.undoText : undone.text;
                return back.text;
            }
            primary: root.undoable
            onTapped: root.acted(root.undoable ? "undo" : "recall")
        }

        BarButton {
            width: root.sided ? root.half : Math.ceil(widest.width) + 2 * Theme.pad
            words: root.counted(qsTr("All seen"), root.unseenCount)
            on: root.unseenCount > 0
            onTapped: root.acted("ack_all")
        }

        BarButton {
            id: rush

            width: root.widthOf(rush)
            words: qsTr("Rush")
            onTapped: root.acted("rush")
        }

        BarButton {
            id: hold

            width: root.widthOf(hold)
            words: qsTr("Hold")
            onTapped: root.acted("hold")
        }

        BarButton {
            id: fire

            width: root.widthOf(fire)
            words: qsTr("Fire")
            onTapped: root.acted("fire")
        }

        BarButton {
            visible: !root.sided
            width: Math.ceil(widest.width) + 2 * Theme.pad
            words: root.counted(qsTr("Notices"), root.noticeCount)
            on: root.noticeCount > 0
            onTapped: root.acted("notices")
        }

        Item {
            width: root.sided ? buttons.width : pager.width
            height: pager.height

            Pager {
                id: pager

                x: (parent.width - width) / 2
                pages: root.pages
                words: root.pageText
                more: root.moreText
                onActed: action => root.acted(action)
            }
        }
    }
}
