// Every control in its states. P: the next palette, L: the other language.
pragma ComponentBehavior: Bound
import QtQuick
import Passline

Window {
    id: root

    property string language: "zh_CN"
    readonly property real wholeHeight: pages.height + 2 * Theme.margin
    readonly property var say: (zh, en) => root.language === "en" ? en : zh

    signal paletteWanted
    signal languageWanted

    // A card's rows are filled once, and so made anew.
    function renew() {
        cards.active = false;
        cards.active = true;
    }

    color: Theme.window
    title: root.say("Passline 组件", "Passline storybook")

    onLanguageChanged: root.renew()

    Flickable {
        anchors.fill: parent
        contentHeight: root.wholeHeight
        focus: true
        Keys.onPressed: event => {
            if (event.key === Qt.Key_P)
                root.paletteWanted();
            if (event.key === Qt.Key_L)
                root.languageWanted();
        }

        Column {
            id: pages

            x: Theme.margin
            y: Theme.margin
            width: root.width - 2 * Theme.margin
            spacing: 2 * Theme.margin

            Controls {
                width: pages.width
                say: root.say
            }

            Grounds {
                width: pages.width
                say: root.say
            }

            Bars {
                width: pages.width
                say: root.say
            }

            Loader {
                id: cards

                width: pages.width

                sourceComponent: Cards {
                    say: root.say
                }
            }
        }
    }
}
