// One question of a form: chips, a count, a text, words, or rows of a key map.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Foh
import Passline

Column {
    id: root

    required property string key
    required property string kind
    required property string label
    required property string hint
    required property bool amiss
    required property string value
    required property bool focused
    required property AbstractItemModel options

    signal acted(string action, string text)

    spacing: Theme.gapSmall

    Row {
        visible: root.label !== "" || root.hint !== ""
        spacing: Theme.gap

        Paragraph {
            text: root.label
            font.bold: true
        }

        Paragraph {
            text: root.hint
            color: root.amiss ? Theme.alarm : Theme.textFaint
            font.bold: root.amiss
        }
    }

    Loader {
        active: root.kind === "words"
        visible: active
        width: root.width

        sourceComponent: Paragraph {
            text: root.value
            color: Theme.note
            font.bold: true
        }
    }

    Loader {
        active: root.kind === "text" || root.kind === "number"
        visible: active
        width: Math.min(root.width, Theme.dishSize * (root.kind === "number" ? 10 : 24))

        sourceComponent: TextEntry {
            said: root.value
            digits: root.kind === "number"
            wanted: root.focused
            amiss: root.amiss
            onEdited: text => root.acted("write", root.key + " " + text)
            onTapped: root.acted("focus", root.key)
        }
    }

    Loader {
        active: root.kind === "count"
        visible: active

        sourceComponent: Row {
            spacing: Theme.gap

            BarButton {
                words: "−"
                on: root.focused
                onTapped: root.acted("step", root.key + " -1")
            }

            Item {
                width: Math.max(Theme.boxSize, count.implicitWidth)
                height: plus.height

                Words {
                    id: count

                    x: (parent.width - implicitWidth) / 2
                    lineTop: (parent.height - lineHeight) / 2
                    text: root.value
                    font.pixelSize: Theme.dishSize
                    font.bold: true
                    wrapMode: Text.NoWrap
                }
            }

            BarButton {
                id: plus

                words: "+"
                on: root.focused
                onTapped: root.acted("step", root.key + " 1")
            }
        }
    }

    FormOptions {
        visible: root.kind === "chips" || root.kind === "keys"
        width: root.width
        wide: root.kind === "keys"
        options: root.options
        onTapped: key => root.acted("choose", root.key + " " + key)
    }
}
