// The cards' stories.
import QtQuick
import Passline

Flow {
    id: root

    // (zh, en) => the one to show
    required property var say

    spacing: Theme.margin

    CardStory {
        name: "TicketCard unseen"
        age: "unseen"
        title: root.say("3 号桌", "Table 3")
        dishes: [
            {
                text: root.say("辣子鸡", "Chilli Chicken")
            },
            {
                text: root.say("地三鲜", "Disanxian"),
                rule: true,
                quantity: "2",
                boxed: true
            }
        ]
    }

    CardStory {
        name: "TicketCard ok, states"
        title: root.say("11 号桌", "Table 11")
        also: root.say("同单还有：凉菜", "Also at: Cold")
        dishes: [
            {
                text: root.say("毛血旺", "Maoxuewang"),
                stage: "cooking",
                stateText: root.say("制作中", "cooking")
            },
            {
                text: root.say("地三鲜", "Disanxian"),
                stage: "ready",
                stateText: root.say("完成", "ready"),
                rule: true
            },
            {
                text: root.say("水煮鱼", "Boiled Fish"),
                stage: "voided",
                stateText: root.say("退", "void"),
                rule: true
            },
            {
                text: root.say("木须肉", "Moo Shu"),
                stage: "held",
                stateText: root.say("叫起", "held"),
                rule: true
            }
        ]
    }

    CardStory {
        name: "TicketCard warn, allergy, news"
        age: "warn"
        allergy: root.say("花生过敏", "Peanut allergy")
        more: "+2 ▼"
        dishes: [
            {
                text: root.say("虾仁", "Shrimp"),
                tag: "added",
                tagText: root.say("12:21 加", "+12:21")
            },
            {
                text: root.say("羊肉", "Lamb"),
                stage: "voided",
                tag: "voided",
                tagText: root.say("退", "void"),
                rule: true
            }
        ]
    }

    CardStory {
        name: "TicketCard late, selected"
        age: "late"
        overrun: root.say("超 1:08", "+1:08")
        selected: true
        dishes: [
            {
                text: root.say("宫保鸡丁", "Kung Pao"),
                selected: true
            }
        ]
    }

    CardStory {
        name: "TicketCard adopted, marked, pending"
        adopted: root.say("凉菜 已由本屏接管", "Cold: taken over here")
        marked: true
        pending: true
        dishes: [
            {
                text: root.say("拍黄瓜", "Cucumber"),
                marked: true
            }
        ]
    }

    CardStory {
        name: "TicketCard, torn"
        torn: true
        dishes: [
            {
                text: root.say("回锅肉", "Pork")
            }
        ]
    }
}
