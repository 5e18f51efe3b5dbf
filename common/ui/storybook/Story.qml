// One control in one state, with its name above it.
import QtQuick
import Passline

Column {
    id: root

    required property string name

    spacing: Theme.gapSmall

    Words {
        text: root.name
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }
}
