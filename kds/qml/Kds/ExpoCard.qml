// A whole order, or a part of one where it goes on in the next column: painted as its row says.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Qt.labs.qmlmodels
import Kds
import Passline

Item {
    id: root

    required x
    required y
    required width
    required height
    required property string key
    required property AbstractItemModel body
    required property AbstractItemModel strip
    required property bool tornTop
    required property bool tornBottom
    required property string slotText
    required property bool selected
    required property string age
    required property string title
    required property real titleWidth
    required property int titleLines
    required property string number
    required property bool numberBelow
    required property string timer
    required property real headerHeight
    required property string allergy
    required property int allergyLines
    required property real allergyHeight
    required property real stripHeight
    required property string more
    required property bool pending
    required property bool ready
    required property real servedShare
    required property real readyShare
    required property real cookingShare

    signal headerTapped(string key)
    signal lineTapped(string key, string line)
    signal quantityTapped(string key, string line)
    signal courseTapped(string key, string course, string action)

    CardFrame {
        id: frame

        anchors.fill: parent
        selected: root.selected
        marked: false
        ready: root.ready
        tornTop: root.tornTop
        tornBottom: root.tornBottom
        headColor: Theme.surface
    }

    ExpoHeader {
        id: header

        x: Theme.cardBorder
        y: frame.paperTop
        width: root.width - 2 * Theme.cardBorder
        height: root.headerHeight
        age: root.age
        slotText: root.slotText
        title: root.title
        titleWidth: root.titleWidth
        titleLines: root.titleLines
        number: root.number
        numberBelow: root.numberBelow
        timer: root.timer
        pending: root.pending
        onTapped: root.headerTapped(root.key)
    }

    AllergyBanner {
        id: allergy

        visible: root.allergyHeight > 0
        x: header.x
        y: header.y + header.height
        width: header.width
        height: root.allergyHeight
        words: root.allergy
        lines: root.allergyLines
    }

    InfoStrip {
        id: facts

        visible: root.stripHeight > 0
        x: header.x
        y: allergy.y + allergy.height
        width: header.width
        height: root.stripHeight
        chips: root.strip
        ruled: false
    }

    Progress {
        visible: root.stripHeight > 0
        x: header.x + Theme.pad
        y: facts.y + facts.height - height
        width: header.width - 2 * Theme.pad
        served: root.servedShare
        ready: root.readyShare
        cooking: root.cookingShare
    }

    Repeater {
        model: root.body
        delegate: DelegateChooser {
            role: "kind"

            DelegateChoice {
                roleValue: "line"

                ExpoDish {
                    onTapped: root.lineTapped(root.key, line)
                    onQuantityTapped: root.quantityTapped(root.key, line)
                }
            }

            DelegateChoice {
                roleValue: "said"

                ExpoDish {
                    onTapped: root.lineTapped(root.key, line)
                }
            }

            DelegateChoice {
                roleValue: "section"

                ExpoCourse {
                    onActed: root.courseTapped(root.key, key, action)
                }
            }

            DelegateChoice {
                PlainRow {
                    onTapped: root.lineTapped(root.key, line)
                }
            }
        }
    }

    Chip {
        visible: root.more !== ""
        x: root.width - width - Theme.pad
        y: root.height - height - Theme.cardBorder
        words: root.more
    }
}
