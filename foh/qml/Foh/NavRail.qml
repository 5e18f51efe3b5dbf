// The way from page to page; a badge counts what waits there.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Rectangle {
    id: root

    required property AbstractItemModel pages

    signal turned(string page)

    implicitWidth: Theme.railWidth
    color: Theme.rail

    Column {
        y: Theme.margin
        width: root.width
        spacing: Theme.touchGap

        Repeater {
            model: root.pages
            delegate: Rectangle {
                id: entry

                required property string key
                required property string text
                required property string badge
                required property bool on

                x: Theme.gapSmall
                width: root.width - 2 * x
                height: Math.max(Theme.touch, word.lineTop + word.height + Theme.gap)
                radius: Theme.radius
                // Where the rail is as dark as what is selected, the frame tells.
                border.width: entry.on ? Theme.badgeBorder : 0
                border.color: Theme.railText
                color: {
                    if (entry.on)
                        return Theme.focus;
                    return tap.pressed ? Theme.railPressed : Theme.rail;
                }

                Words {
                    id: word

                    // Below the badge, whether there is one or not: a word must not jump.
                    lineTop: count.lineHeight - Theme.gapSmall
                    width: entry.width
                    height: lineCount * lineHeight
                    horizontalAlignment: Text.AlignHCenter
                    text: entry.text
                    color: entry.on ? Theme.focusText : Theme.railText
                    font.pixelSize: Theme.chipSize
                    font.bold: true
                }

                Rectangle {
                    visible: entry.badge !== ""
                    x: entry.width - width - Theme.gapSmall
                    width: Math.max(height, count.implicitWidth + Theme.gapSmall)
                    height: count.lineHeight
                    radius: height / 2
                    color: Theme.alarm

                    Words {
                        id: count

                        x: (parent.width - implicitWidth) / 2
                        text: entry.badge
                        color: Theme.focusText
                        font.bold: true
                        wrapMode: Text.NoWrap
                    }
                }

                TapHandler {
                    id: tap

                    gesturePolicy: TapHandler.ReleaseWithinBounds
                    onTapped: root.turned(entry.key)
                }
            }
        }
    }
}
