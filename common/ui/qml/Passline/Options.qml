// Settings below each other, each with two buttons; one has a bar to be measured on the glass.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flickable {
    id: root

    required property AbstractItemModel rows
    // How long 10 cm are, in pixels.
    required property int ruler

    signal stepped(string name, int by)

    contentHeight: list.height
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Column {
        id: list

        width: root.width

        Repeater {
            model: root.rows
            delegate: Rectangle {
                id: option

                required property string key
                required property string label
                required property string value
                required property string hint
                required property bool on
                required property bool ruler
                // Beside each other where there is room, else below.
                readonly property bool wide: root.width > Theme.dishSize * Theme.optionFactor
                readonly property real below: name.height + 2 * Theme.gap

                width: list.width
                height: (option.wide ? 0 : option.below) + Math.max(Theme.touch, shown.height) + 2 * Theme.gap + (option.ruler ? bar.height : 0)
                color: option.on ? Theme.focusHalo : Theme.surface

                Rectangle {
                    y: option.height - height
                    width: option.width
                    height: Theme.hairline
                    color: Theme.rule
                }

                Rectangle {
                    visible: option.on
                    width: Theme.barWidth
                    height: option.height
                    color: Theme.focus
                }

                Paragraph {
                    id: name

                    x: Theme.margin
                    y: Theme.gap + (option.wide ? (less.height - height) / 2 : 0)
                    width: (option.wide ? option.width / 3 : option.width) - x - Theme.gap
                    text: option.label
                    font.bold: true
                }

                StepButton {
                    id: less

                    x: option.wide ? option.width / 3 : Theme.margin
                    y: Theme.gap + (option.wide ? 0 : option.below - Theme.gap)
                    words: "−"
                    onStepped: root.stepped(option.key, -1)
                }

                Paragraph {
                    id: shown

                    x: less.x + less.width + Theme.gap
                    y: less.y + (less.height - height) / 2
                    width: more.x - x - Theme.gap
                    text: option.value
                }

                StepButton {
                    id: more

                    // No further from its fellow than an eye follows.
                    x: Math.min(option.width - width - Theme.margin, less.x + Theme.dishSize * Theme.optionFactor)
                    y: less.y
                    words: "+"
                    onStepped: root.stepped(option.key, 1)
                }

                Column {
                    id: bar

                    visible: option.ruler
                    x: Theme.margin
                    y: less.y + less.height + Theme.gap
                    width: option.width - 2 * x
                    spacing: Theme.gapSmall

                    Paragraph {
                        width: bar.width
                        text: option.hint
                        color: Theme.textDim
                    }

                    Rectangle {
                        width: root.ruler
                        height: Theme.dot
                        color: Theme.text
                    }

                    Item {
                        width: 1
                        height: Theme.gapSmall
                    }
                }
            }
        }
    }
}
