// A button for what is done with an order: plain, dark, or green for the one that sends.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string words
    property string cap: ""
    // plain, dark, good
    property string tone: "plain"
    property bool able: true
    readonly property color ink: {
        if (!root.able)
            return Theme.textFaint;
        return root.tone === "plain" ? Theme.text : Theme.focusText;
    }

    signal tapped

    implicitWidth: label.implicitWidth + 2 * Theme.pad
    implicitHeight: Math.max(Theme.touch, 2 * label.lineHeight, label.height + 2 * Theme.gapSmall)
    radius: Theme.radius
    color: {
        if (root.tone === "plain" || !root.able)
            return tap.pressed ? Theme.outline : Theme.raised;
        if (root.tone === "dark")
            return tap.pressed ? Theme.railPressed : Theme.rail;
        return Theme.good;
    }
    border.width: tap.pressed ? Theme.cardBorder : 0
    border.color: Theme.focus

    Words {
        id: label

        x: Theme.gapSmall
        lineTop: (root.height - height) / 2
        width: root.width - 2 * x
        height: lineCount * lineHeight
        horizontalAlignment: Text.AlignHCenter
        text: root.words
        color: root.ink
        font.pixelSize: Theme.chipSize
        font.bold: true
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
