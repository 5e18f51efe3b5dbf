// The stories of what lies behind or across: banners, a page over the cards, an empty board.
import QtQuick
import Passline

Flow {
    id: root

    // (zh, en) => the one to show
    required property var say

    spacing: Theme.margin

    Story {
        name: "AllergyBanner"

        AllergyBanner {
            width: 13 * Theme.dishSize
            words: root.say("花生、虾蟹过敏", "Peanut and shellfish allergy")
        }
    }

    Story {
        name: "Banner"

        Banner {
            width: 26 * Theme.dishSize
            words: root.say("没有连接，显示的是 22 秒前的样子", "Not connected: this is how it was 22 s ago")
        }
    }

    Story {
        name: "EmptyState"

        EmptyState {
            width: 13 * Theme.dishSize
            height: 3 * Theme.titleSize
            words: root.say("没有待做的单", "Nothing to cook")
        }
    }

    Story {
        name: "NoticeCard"

        Row {
            spacing: Theme.gap

            NoticeCard {
                width: 10 * Theme.dishSize
                title: root.say("凉菜屏 12:23:48 起无应答", "Cold: no answer since 12:23:48")
                text: root.say("已 0:22 · 在等它的：3 号桌", "For 0:22 · orders that wait for it: Table 3")
                alarm: true
            }

            NoticeCard {
                width: 10 * Theme.dishSize
                title: root.say("8 号桌：催菜，第 2 次", "Table 8: rush, time 2")
                text: root.say("12:20 · 炒锅 12:20:09 已看", "12:20 · Wok saw it 12:20:09")
                alarm: false
            }
        }
    }

    Story {
        name: "Progress"

        Progress {
            width: 13 * Theme.dishSize
            served: 0.2
            ready: 0.3
            cooking: 0.2
        }
    }

    Story {
        name: "Sheet"

        Sheet {
            width: 26 * Theme.dishSize
            height: 5 * Theme.dishSize
            title: root.say("汇总", "All day")
        }
    }

    Story {
        name: "StepButton"

        StepButton {
            words: "+"
        }
    }

    Story {
        name: "Options"

        Options {
            width: 26 * Theme.dishSize
            height: 8 * Theme.dishSize
            ruler: 10 * Theme.dishSize
            onStepped: {}

            rows: ListModel {
                Component.onCompleted: {
                    append({
                        "key": "diagonal_in",
                        "label": root.say("屏幕尺寸", "Screen size"),
                        "value": root.say("21.5 英寸", "21.5 inches"),
                        "hint": root.say("调到这条线正好 10 厘米长", "Until the bar is 10 cm long"),
                        "on": true,
                        "ruler": true
                    });
                    append({
                        "key": "language",
                        "label": root.say("语言", "Language"),
                        "value": root.say("中文", "English"),
                        "hint": "",
                        "on": false,
                        "ruler": false
                    });
                }
            }
        }
    }
}
