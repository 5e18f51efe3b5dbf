// Every step of an order with its time, the newest in sight.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

ListView {
    id: root

    required property AbstractItemModel steps

    function toNewest(): void {
        root.positionViewAtEnd();
    }

    model: root.steps
    spacing: Theme.gap
    boundsBehavior: Flickable.StopAtBounds
    // A highlight that nobody sees would grow and travel for seconds, and have frames drawn.
    highlightResizeDuration: 0
    highlightMoveDuration: 0
    clip: true
    onCountChanged: Qt.callLater(root.toNewest)
    onHeightChanged: Qt.callLater(root.toNewest)

    delegate: Item {
        id: step

        required property string time
        required property string text
        required property string detail
        required property string kind

        width: ListView.view.width
        height: said.height + (detail.visible ? detail.height : 0)

        Words {
            id: clock

            x: Theme.margin
            text: step.time
            color: Theme.textDim
            font.features: ({
                    "tnum": 1
                })
            wrapMode: Text.NoWrap
        }

        Paragraph {
            id: said

            x: clock.x + clock.implicitWidth + Theme.gap
            width: step.width - x - Theme.margin
            text: step.text
            color: {
                switch (step.kind) {
                case "trouble":
                    return Theme.alarm;
                case "unknown":
                    return Theme.textFaint;
                default:
                    return Theme.text;
                }
            }
            font.bold: step.kind === "told" || step.kind === "trouble"
        }

        Paragraph {
            id: detail

            x: said.x
            y: said.height
            width: said.width
            text: step.detail
            color: Theme.textFaint
        }
    }
}
