// A ticket, or a part of one where it goes on in the next column: painted as its row says.
import QtQuick
import QtQml.Models
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
    required property bool marked
    required property string age
    required property string title
    required property real titleWidth
    required property int titleLines
    required property string number
    required property bool numberBelow
    required property string timer
    required property string overrun
    required property real headerHeight
    required property string allergy
    required property int allergyLines
    required property real allergyHeight
    required property string adopted
    required property int adoptedLines
    required property real adoptedHeight
    required property real stripHeight
    required property string also
    required property int alsoLines
    required property real alsoHeight
    required property string more
    required property bool pending

    signal headerTapped(string key)
    signal lineTapped(string key, string line)
    signal quantityTapped(string key, string line)

    CardFrame {
        id: frame

        anchors.fill: parent
        selected: root.selected
        marked: root.marked
        tornTop: root.tornTop
        tornBottom: root.tornBottom
        headColor: header.color
    }

    Header {
        id: header

        x: Theme.cardBorder
        y: frame.paperTop
        width: root.width - 2 * Theme.cardBorder
        height: root.headerHeight
        topLeftRadius: root.tornTop ? 0 : Theme.radius - Theme.cardBorder
        topRightRadius: topLeftRadius
        age: root.age
        slotText: root.slotText
        title: root.title
        titleWidth: root.titleWidth
        titleLines: root.titleLines
        number: root.number
        numberBelow: root.numberBelow
        timer: root.timer
        overrun: root.overrun
        pending: root.pending
        onTapped: root.headerTapped(root.key)
    }

    CardNotice {
        id: adopted

        visible: root.adoptedHeight > 0
        x: header.x
        y: header.y + header.height
        width: header.width
        height: root.adoptedHeight
        words: root.adopted
        lines: root.adoptedLines
        ink: Theme.alarm
    }

    AllergyBanner {
        id: allergy

        visible: root.allergyHeight > 0
        x: header.x
        y: adopted.y + adopted.height
        width: header.width
        height: root.allergyHeight
        words: root.allergy
        lines: root.allergyLines
    }

    InfoStrip {
        visible: root.stripHeight > 0
        x: header.x
        y: allergy.y + allergy.height
        width: header.width
        height: root.stripHeight
        chips: root.strip
    }

    CardBody {
        width: root.width
        height: root.height
        rows: root.body
        onLineTapped: line => root.lineTapped(root.key, line)
        onQuantityTapped: line => root.quantityTapped(root.key, line)
    }

    CardNotice {
        visible: root.alsoHeight > 0
        x: header.x
        y: frame.paperBottom - height
        width: header.width
        height: root.alsoHeight
        words: root.also
        lines: root.alsoLines
        ruled: true
    }

    Chip {
        visible: root.more !== ""
        x: root.width - width - Theme.pad
        y: root.height - height - Theme.cardBorder
        words: root.more
    }
}
