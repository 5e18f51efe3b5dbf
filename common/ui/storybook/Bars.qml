// The stories of what stands in a bar: figures, and the other machines.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Passline

Flow {
    id: root

    // (zh, en) => the one to show
    required property var say

    spacing: Theme.margin

    Story {
        name: "Figure"

        Row {
            height: Theme.barHeight
            spacing: 2 * Theme.pad

            Figure {
                height: parent.height
                label: root.say("待做", "To do")
                value: "8"
            }

            Figure {
                height: parent.height
                label: root.say("超时", "Late")
                value: "2"
                ink: Theme.alarm
            }

            Figure {
                height: parent.height
                label: root.say("近 1 小时", "Last hour")
                value: "7:42"
                worded: false
            }
        }
    }

    Story {
        name: "PeerPills"

        PeerPills {
            height: Theme.barHeight
            peers: silent
            words: root.say("在线 6/7", "Online 6/7")
            well: true
            whole: true
        }
    }

    Story {
        name: "TopBar"

        TopBar {
            width: 52 * Theme.dishSize
            name: root.say("传菜口", "Pass")
            figures: numbers
            clock: "12:24"
            linkState: "live"
            linkText: ""
            peersText: root.say("在线 6/7", "Online 6/7")
            peers: silent
            hint: ""
        }
    }

    ListModel {
        id: numbers

        Component.onCompleted: {
            const figures = [["在做", "Open", "9", ""], ["有菜可上", "Food ready", "4", "good"], ["超时", "Late", "2", "alarm"]];
            figures.forEach(([zh, en, value, tone]) => numbers.append({
                    label: root.say(zh, en),
                    value: value,
                    tone: tone,
                    optional: false
                }));
        }
    }

    ListModel {
        id: silent

        Component.onCompleted: silent.append({
            "text": root.say("凉菜 22 秒无应答", "Cold: no answer for 22 s"),
            "up": false
        })
    }
}
