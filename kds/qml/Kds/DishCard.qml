// One dish with its modifiers over all tickets.
import QtQuick
import Passline

Rectangle {
    id: root

    required property string key
    required property string name
    required property string wishes
    required property string total
    required property string age
    required property string timer
    required property string tables
    required property string allergy
    required property string stateText
    required property bool selected

    // 0 portions are all of them.
    signal finished(int n)

    implicitHeight: Math.max(Theme.touch, words.height) + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.cardBorder
    border.color: root.selected ? Theme.focus : Theme.surface

    AgeColors {
        id: colors

        age: root.age
    }

    Rectangle {
        id: oldest

        x: Theme.pad
        y: (root.height - height) / 2
        width: since.implicitWidth + 2 * Theme.gap
        height: Theme.touch
        radius: Theme.radiusSmall
        color: colors.fill

        Words {
            id: since

            x: (oldest.width - implicitWidth) / 2
            lineTop: (oldest.height - lineHeight) / 2
            text: root.timer
            color: colors.ink
            font.pixelSize: Theme.titleSize
            font.bold: true
            font.features: ({
                    "tnum": 1
                })
            wrapMode: Text.NoWrap
        }
    }

    Quantity {
        id: total

        x: oldest.x + oldest.width + Theme.gap
        y: (root.height - height) / 2
        quantity: root.total
        boxed: true
        size: Theme.titleSize
    }

    Column {
        id: words

        x: total.x + total.width + Theme.gap
        y: (root.height - height) / 2
        width: buttons.x - x - Theme.gap

        Paragraph {
            width: parent.width
            text: root.name
            font.pixelSize: Theme.dishSize
            font.bold: true
        }

        Paragraph {
            width: parent.width
            text: root.wishes
            font.pixelSize: Theme.dishSize
        }

        AllergyBanner {
            visible: root.allergy !== ""
            width: parent.width
            words: root.allergy
        }

        Paragraph {
            width: parent.width
            text: root.stateText === "" ? root.tables : root.tables + " · " + root.stateText
            color: Theme.textDim
        }
    }

    Row {
        id: buttons

        x: root.width - width - Theme.pad
        y: (root.height - height) / 2
        spacing: Theme.touchGap

        BarButton {
            words: qsTr("Done: 1")
            onTapped: root.finished(1)
        }

        BarButton {
            words: qsTr("Done: all")
            onTapped: root.finished(0)
        }
    }
}
