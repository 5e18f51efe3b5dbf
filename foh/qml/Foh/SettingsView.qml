// How this screen is arranged, and beside it what is known of the store; below where it is narrow.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Foh
import Passline

Item {
    id: root

    required property SettingsPage page
    required property Arrangement arrangement
    readonly property AbstractItemModel known: root.page.known
    readonly property bool tall: root.height > root.width

    Component.onDestruction: root.page.left()

    Rectangle {
        anchors.fill: options
        color: Theme.surface
    }

    Options {
        id: options

        width: root.tall ? root.width : Math.floor(root.width / 2)
        height: root.tall ? Math.floor(root.height / 2) : root.height
        rows: root.arrangement.rows
        ruler: root.arrangement.ruler
        onStepped: (name, by) => root.arrangement.step(name, by)
    }

    ListView {
        x: root.tall ? 0 : options.width
        y: root.tall ? options.height : 0
        width: root.width - x
        height: root.height - y
        topMargin: Theme.gap
        bottomMargin: Theme.gap
        model: root.known
        boundsBehavior: Flickable.StopAtBounds
        // A highlight that nobody sees would grow and travel for seconds, and have frames drawn.
        highlightResizeDuration: 0
        highlightMoveDuration: 0
        clip: true

        delegate: Item {
            id: fact

            required property string label
            required property string value
            required property bool head
            required property bool well

            width: ListView.view.width
            height: Math.max(name.height, said.height) + (fact.head ? 2 : 1) * Theme.gap

            Paragraph {
                id: name

                x: Theme.margin
                y: (fact.head ? 1.5 : 0.5) * Theme.gap
                width: (fact.head ? fact.width : fact.width * Theme.labelFactor) - 2 * x
                text: fact.label
                color: fact.head ? Theme.text : Theme.textDim
                font.bold: fact.head
            }

            Paragraph {
                id: said

                x: fact.width * Theme.labelFactor
                y: name.y
                width: fact.width - x - Theme.margin
                text: fact.value
                color: fact.well ? Theme.text : Theme.alarm
                font.bold: !fact.well
            }
        }
    }
}
