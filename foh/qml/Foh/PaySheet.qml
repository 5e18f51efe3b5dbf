// What is due, how it is paid, what was handed over; over everything else of the page.
pragma ComponentBehavior: Bound
import QtQuick
import Foh
import Passline

Rectangle {
    id: root

    required property Paying paying

    color: Theme.window

    Flickable {
        anchors.fill: parent
        contentHeight: sheet.height + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: sheet

            x: (parent.width - width) / 2
            y: Theme.margin
            width: Math.min(root.width - 2 * Theme.margin, Theme.dishSize * Theme.sheetEms)
            spacing: Theme.margin

            Paragraph {
                width: sheet.width
                text: root.paying.title
                font.pixelSize: Theme.dishSize
                font.bold: true
            }

            Paragraph {
                width: sheet.width
                text: root.paying.back ? qsTr("Give back %1").arg(root.paying.dueText) : qsTr("To pay %1").arg(root.paying.dueText)
                font.pixelSize: Theme.titleSize
                font.bold: true
            }

            Flow {
                visible: !root.paying.back
                width: sheet.width
                spacing: Theme.touchGap

                Repeater {
                    model: root.paying.methods
                    delegate: BarButton {
                        required property string key
                        required property string text
                        required property bool chosen

                        words: text
                        on: chosen
                        onTapped: root.paying.press(key)
                    }
                }
            }

            Paragraph {
                visible: !root.paying.back
                width: sheet.width
                text: qsTr("Paid: %1").arg(root.paying.givenText)
                font.pixelSize: Theme.dishSize
                font.bold: true
            }

            Paragraph {
                width: sheet.width
                text: root.paying.trouble !== "" ? root.paying.trouble : root.paying.changeText
                color: root.paying.trouble !== "" ? Theme.alarm : Theme.good
                font.bold: true
            }

            Grid {
                visible: !root.paying.back
                columns: 3
                spacing: Theme.touchGap

                Repeater {
                    model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "⌫"]
                    delegate: BarButton {
                        required property string modelData

                        width: (sheet.width - 2 * Theme.touchGap) / 3
                        height: Math.max(implicitHeight, Theme.keyHeight)
                        words: modelData
                        onTapped: root.paying.press(modelData === "⌫" ? "backspace" : modelData)
                    }
                }
            }

            Flow {
                width: sheet.width
                spacing: Theme.touchGap

                KeyButton {
                    visible: !root.paying.back
                    caps: "⏎"
                    words: qsTr("Take the money")
                    primary: true
                    onTapped: root.paying.press("enter")
                }

                KeyButton {
                    caps: "Esc"
                    words: qsTr("Close")
                    onTapped: root.paying.press("close")
                }
            }
        }
    }
}
