// Words alone in a card's body: a course's title, a guest's note, the rest of a long allergy.
import QtQuick
import Passline

BodyRow {
    id: root

    required property string kind

    Words {
        x: root.indent - root.x
        width: root.textWidth
        height: root.lines * lineHeight
        lineTop: root.inset
        text: root.text
        color: {
            switch (root.kind) {
            case "note":
                return Theme.note;
            case "allergy":
                return Theme.allergy;
            default:
                return Theme.textDim;
            }
        }
        font.pixelSize: root.kind === "course" || root.kind === "held" ? Theme.infoSize : Theme.dishSize
        font.bold: root.kind === "allergy"
    }
}
