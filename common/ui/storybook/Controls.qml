// The small controls' stories.
pragma ComponentBehavior: Bound
import QtQuick
import Passline

Flow {
    id: root

    // (zh, en) => the one to show
    required property var say

    spacing: Theme.margin

    Repeater {
        model: ["", "held", "cooking", "ready", "served", "voided"]

        Story {
            id: badge

            required property string modelData

            name: `Badge ${badge.modelData || "new"}`

            Badge {
                stage: badge.modelData
                words: root.say("制作中", "words")
            }

            Badge {
                stage: badge.modelData
                words: root.say("新的", "news")
                news: true
            }
        }
    }

    Story {
        name: "BarButton"

        Row {
            spacing: Theme.gap

            BarButton {
                words: root.say("找回", "Recall")
            }

            BarButton {
                words: root.say("按菜", "By dish")
                on: true
            }

            BarButton {
                words: root.say("撤销 完成", "Undo done")
                primary: true
            }
        }
    }

    Story {
        name: "AllDayChip"

        Row {
            spacing: Theme.gap

            AllDayChip {
                name: root.say("宫保鸡丁", "Kung Pao Chicken")
                total: "3"
            }

            AllDayChip {
                name: root.say("地三鲜", "Disanxian")
                total: "2"
                marked: true
            }

            AllDayChip {
                name: root.say("+12 道", "+12 more")
                total: ""
            }
        }
    }

    Story {
        name: "Chip"

        Row {
            spacing: Theme.gap

            Chip {
                words: root.say("堂食", "Dine in")
            }

            Chip {
                words: root.say("催 2", "Rush 2")
                rush: true
            }
        }
    }

    Story {
        name: "Pill"

        Row {
            spacing: Theme.gap

            Pill {
                words: root.say("在线 6/7", "Online 6/7")
            }

            Pill {
                words: root.say("凉菜 22 秒无应答", "Cold silent for 22 s")
                well: false
            }
        }
    }

    Story {
        name: "Quantity"

        Row {
            spacing: Theme.gap

            Quantity {
                quantity: "1"
                boxed: false
            }

            Quantity {
                quantity: "250"
                boxed: true
            }

            Quantity {
                quantity: "2"
                boxed: true
                struck: true
                ink: Theme.alarm
            }
        }
    }

    Story {
        name: "KeyCap"

        Row {
            spacing: Theme.gap

            KeyCap {
                words: "1"
            }

            KeyCap {
                words: "Enter"
            }
        }
    }

    Story {
        name: "TextEntry"

        TextEntry {
            said: root.say("少油", "less oil")
        }

        TextEntry {
            said: ""
            meant: root.say("搜：拼音 / 编号", "Search")
        }

        TextEntry {
            said: "1.2.5"
            amiss: true
        }
    }

    Story {
        name: "KeyPad"

        KeyPad {
            width: 12 * Theme.touch
        }
    }

    Story {
        name: "KeyPad digits"

        KeyPad {
            width: 4 * Theme.touch
            digits: true
        }
    }
}
