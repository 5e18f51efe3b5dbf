// Words in one of the theme's sizes: never rich text, lines of a fixed height, hanzi and Latin
// letters on the same baseline whichever font they come from.
import QtQuick
import Passline

Text {
    id: root

    // Where the box of the first line begins.
    property real lineTop: 0

    y: root.lineTop + (root.lineHeight / 2 + root.font.pixelSize * Theme.baselineFactor) - root.baselineOffset
    color: Theme.text
    font.pixelSize: Theme.infoSize
    lineHeight: Math.ceil(root.font.pixelSize * Theme.lineFactor)
    lineHeightMode: Text.FixedHeight
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
