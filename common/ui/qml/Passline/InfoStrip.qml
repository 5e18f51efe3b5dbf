// What stands below a card's header: channel, rush, who and how many, each in its place.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Qt.labs.qmlmodels
import Passline

Item {
    id: root

    required property AbstractItemModel chips
    property bool ruled: true

    Repeater {
        model: root.chips
        delegate: DelegateChooser {
            role: "kind"

            DelegateChoice {
                roleValue: "info"

                Item {
                    id: info

                    required x
                    required y
                    required width
                    required height
                    required property string text
                    required property int lines

                    Words {
                        width: info.width
                        height: info.lines * lineHeight
                        lineTop: (info.height - height) / 2
                        text: info.text
                        color: Theme.textDim
                        font.features: ({
                                "tnum": 1
                            })
                    }
                }
            }

            DelegateChoice {
                Chip {
                    required x
                    required y
                    required width
                    required height
                    required property string kind
                    required property string text

                    words: text
                    rush: kind === "rush"
                }
            }
        }
    }

    Rectangle {
        visible: root.ruled
        y: root.height - height
        width: root.width
        height: Theme.hairline
        color: Theme.outline
    }
}
