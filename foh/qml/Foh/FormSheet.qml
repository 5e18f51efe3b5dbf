// A form over the menu: its fields, keys for hands without a keyboard, and what ends it.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property OrderModel page

    signal acted(string action, string text)

    color: Theme.window

    // What lies beneath is not to be touched.
    TapHandler {}

    Words {
        id: title

        x: Theme.margin
        lineTop: Theme.margin
        width: root.width - 2 * x
        height: lineCount * lineHeight
        text: root.page.formTitle
        font.pixelSize: Theme.titleSize
        font.bold: true
    }

    Flickable {
        id: list

        function reveal(field: Item): void {
            const last = field.y + field.height - list.height;
            list.contentY = Math.max(0, Math.min(Math.max(list.contentY, last), field.y));
        }

        x: Theme.margin
        y: 2 * Theme.margin + title.height
        width: root.width - 2 * x
        height: (pad.active ? pad.y : ends.y) - Theme.margin - y
        contentHeight: fields.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: fields

            width: list.width
            spacing: Theme.margin

            Repeater {
                model: root.page.fields
                delegate: FormField {
                    id: field

                    width: fields.width
                    onActed: (action, text) => root.acted(action, text)
                    onFocusedChanged: if (field.focused)
                        Qt.callLater(list.reveal, field)
                }
            }
        }
    }

    Loader {
        id: pad

        active: root.page.formTyping !== ""
        x: Theme.margin
        y: ends.y - height - Theme.margin
        width: root.page.formTyping === "number" ? Math.min(root.width - 2 * x, 5 * Theme.padKey) : root.width - 2 * x

        sourceComponent: KeyPad {
            digits: root.page.formTyping === "number"
            onTyped: text => root.acted(text === "" ? "backspace" : "type", text)
        }
    }

    Flow {
        id: ends

        x: Theme.margin
        y: root.height - height - Theme.margin
        width: root.width - 2 * x
        spacing: Theme.gap

        Repeater {
            model: root.page.ends
            delegate: ActionButton {
                required property string key
                required property string text
                required property bool primary

                width: Math.max(implicitWidth, Theme.dishSize * 8)
                words: text
                tone: primary ? "good" : "plain"
                onTapped: root.acted("press", key)
            }
        }
    }
}
