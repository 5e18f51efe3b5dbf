// Letters and digits, or digits alone, for hands without a keyboard.
pragma ComponentBehavior: Bound
import QtQuick
import Passline

Column {
    id: root

    property bool digits: false
    readonly property var rows: root.digits ? ["123", "456", "789", ".0⌫"] : ["1234567890", "qwertyuiop", "asdfghjkl*", "zxcvbnm␣⌫"]
    readonly property int most: root.digits ? 3 : 10
    readonly property real keyWidth: Math.floor((root.width - (root.most - 1) * root.spacing) / root.most)

    // A character, or backspace where it is empty.
    signal typed(string text)

    // A narrow place takes from the gaps, never from the keys.
    spacing: Math.max(1, Math.min(Theme.gapSmall, Math.floor((root.width - root.most * Theme.touch) / (root.most - 1))))

    Repeater {
        model: root.rows
        delegate: Row {
            id: line

            required property string modelData

            spacing: root.spacing

            Repeater {
                model: line.modelData.split("")
                delegate: Rectangle {
                    id: key

                    required property string modelData

                    width: root.keyWidth
                    height: Math.max(Theme.touch, Theme.padKey)
                    radius: Theme.radiusSmall
                    color: tap.pressed ? Theme.raised : Theme.surface
                    border.width: Theme.hairline
                    border.color: Theme.outline

                    Words {
                        x: (key.width - implicitWidth) / 2
                        lineTop: (key.height - lineHeight) / 2
                        text: key.modelData
                        font.pixelSize: Theme.chipSize
                        wrapMode: Text.NoWrap
                    }

                    TapHandler {
                        id: tap

                        gesturePolicy: TapHandler.ReleaseWithinBounds
                        onTapped: {
                            if (key.modelData === "⌫")
                                root.typed("");
                            else
                                root.typed(key.modelData === "␣" ? " " : key.modelData);
                        }
                    }
                }
            }
        }
    }
}
