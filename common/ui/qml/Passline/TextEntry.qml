// A line of text that somebody types, with the system's input methods; what is meant stands in it
// while it is empty.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string said
    property string meant: ""
    property bool digits: false
    // The arrows of the keyboard stand here.
    property bool wanted: false
    property bool amiss: false
    readonly property bool focused: input.activeFocus

    signal edited(string text)
    signal tapped

    function take() {
        input.forceActiveFocus();
    }

    implicitWidth: Math.max(Theme.dishSize * 8, hint.implicitWidth + 2 * Theme.pad)
    implicitHeight: Math.max(Theme.touch, input.implicitHeight + 2 * Theme.gapSmall)
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.badgeBorder
    border.color: {
        if (root.amiss)
            return Theme.alarm;
        return input.activeFocus || root.wanted ? Theme.focus : Theme.outline;
    }
    onWantedChanged: {
        if (root.wanted)
            root.take();
        else
            input.focus = false;
    }
    Component.onCompleted: if (root.wanted)
        root.take()

    Words {
        id: hint

        x: input.x
        lineTop: (root.height - lineHeight) / 2
        width: input.width
        visible: input.text === "" && input.preeditText === ""
        text: root.meant
        color: Theme.textFaint
        font.pixelSize: Theme.chipSize
        wrapMode: Text.NoWrap
    }

    TextInput {
        id: input

        x: Theme.pad
        y: (root.height - height) / 2
        width: root.width - 2 * x
        clip: true
        text: root.said
        color: Theme.text
        selectionColor: Theme.focus
        selectedTextColor: Theme.focusText
        font.pixelSize: Theme.chipSize
        inputMethodHints: root.digits ? Qt.ImhFormattedNumbersOnly : Qt.ImhNone
        onTextEdited: root.edited(text)
    }

    TapHandler {
        onTapped: {
            root.take();
            root.tapped();
        }
    }
}
