// The dishes of a table; a touch on one that is ready serves it, on another marks it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

ListView {
    id: root

    required property AbstractItemModel lines

    signal tapped(string key)

    model: root.lines
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    delegate: Rectangle {
        id: line

        required property string key
        required property string name
        required property string quantity
        required property string stage
        required property string text
        required property bool ready
        required property bool on
        required property int index

        width: ListView.view.width
        height: Math.max(Theme.touch, name.height + Theme.gap)
        color: line.on || tap.pressed ? Theme.focusHalo : Theme.surface
        onOnChanged: {
            if (line.on)
                root.positionViewAtIndex(line.index, ListView.Contain);
        }

        Rectangle {
            width: line.width
            height: Theme.hairline
            color: Theme.rule
        }

        Rectangle {
            visible: line.on
            width: Theme.barWidth
            height: line.height
            color: Theme.focus
        }

        Words {
            id: count

            x: Theme.margin
            lineTop: (line.height - lineHeight) / 2
            text: line.quantity
            font.bold: true
            wrapMode: Text.NoWrap
        }

        Paragraph {
            id: name

            x: Math.max(count.x + count.width + Theme.gap, Theme.margin + Theme.quantityWidth / 2)
            y: (line.height - height) / 2
            width: state.x - x - Theme.gap
            text: line.name
            color: line.stage === "voided" || line.stage === "served" ? Theme.textDim : Theme.text
            font.strikeout: line.stage === "voided"
        }

        Badge {
            id: state

            x: line.width - width - Theme.margin
            y: (line.height - height) / 2
            stage: line.stage
            words: line.text
            news: line.ready
        }

        TapHandler {
            id: tap

            gesturePolicy: TapHandler.ReleaseWithinBounds
            onTapped: root.tapped(line.key)
        }
    }
}
