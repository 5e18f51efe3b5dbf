// What the order costs, and what is done with the whole of it.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property OrderModel page

    signal acted(string action, string text)

    implicitHeight: column.height + 2 * Theme.gap
    color: Theme.surface

    Rectangle {
        width: root.width
        height: Theme.badgeBorder
        color: Theme.outline
    }

    Column {
        id: column

        x: Theme.pad
        y: Theme.gap
        width: root.width - 2 * x
        spacing: Theme.gap

        Column {
            width: column.width

            Repeater {
                model: root.page.totals
                delegate: Item {
                    id: sum

                    required property string label
                    required property string text
                    required property bool strong

                    width: column.width
                    height: amount.lineHeight

                    Words {
                        lineTop: (sum.height - lineHeight) / 2
                        text: sum.label
                        color: Theme.textDim
                        wrapMode: Text.NoWrap
                    }

                    Words {
                        id: amount

                        x: sum.width - implicitWidth
                        lineTop: 0
                        text: sum.text
                        font.pixelSize: sum.strong ? Theme.titleSize : Theme.infoSize
                        font.bold: sum.strong
                        font.features: ({
                                "tnum": 1
                            })
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }

        Flow {
            id: buttons

            readonly property real third: Math.floor((width - 2 * spacing) / 3)

            width: column.width
            spacing: Theme.gapSmall

            Repeater {
                model: root.page.buttons
                delegate: ActionButton {
                    required property string key
                    required property string text
                    required property bool primary

                    required able

                    width: primary ? 2 * buttons.third + buttons.spacing : buttons.third
                    words: text
                    tone: {
                        if (primary)
                            return "good";
                        return key === "pay" ? "dark" : "plain";
                    }
                    onTapped: root.acted(key, "")
                }
            }
        }
    }
}
