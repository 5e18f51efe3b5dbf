// Where an order's dishes are, a line a station: those that have them, or those that do not.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Column {
    id: root

    required property AbstractItemModel stations
    property bool good: false

    spacing: Theme.gapSmall / 2

    Repeater {
        model: root.stations
        delegate: Item {
            id: station

            required property int index
            required property string text
            required property string stage

            visible: (station.stage === "good") === root.good
            width: root.width
            height: words.y + words.height + (root.good ? 0 : Theme.gapSmall)

            Paragraph {
                id: words

                x: Theme.pad
                y: station.index === 0 || !root.good ? Theme.gap : 0
                width: station.width - 2 * x
                text: station.text
                color: {
                    if (station.stage === "good")
                        return Theme.good;
                    return station.stage === "amiss" ? Theme.note : Theme.textDim;
                }
                font.bold: true
            }
        }
    }
}
