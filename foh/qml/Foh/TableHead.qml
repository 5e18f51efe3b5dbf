// What a table is called, who sits there, and what they must not eat.
import QtQuick
import Passline

Item {
    id: root

    required property string title
    required property string number
    required property string about
    required property string allergy

    implicitHeight: words.height + 2 * Theme.gap

    Column {
        id: words

        x: Theme.margin
        y: Theme.gap
        width: root.width - 2 * x
        spacing: Theme.gapSmall

        Paragraph {
            width: words.width
            text: root.title + (root.number === "" ? "" : "  " + root.number)
            font.pixelSize: Theme.dishSize
            font.bold: true
        }

        Paragraph {
            width: words.width
            text: root.about
            color: Theme.textDim
        }

        AllergyBanner {
            visible: root.allergy !== ""
            width: words.width
            words: root.allergy
        }
    }
}
