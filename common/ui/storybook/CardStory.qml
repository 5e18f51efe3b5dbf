// A ticket's card with what a story says of it; its rows stand as a screen would place them.
import QtQuick
import Passline

Story {
    id: root

    property string age: "ok"
    property string title: "8 号桌"
    property string overrun: ""
    property string allergy: ""
    property string adopted: ""
    property string also: ""
    property string more: ""
    property bool selected: false
    property bool marked: false
    property bool torn: false
    property bool pending: false
    // Each: text, and what differs from a plain dish.
    property list<var> dishes: []
    readonly property real line: Math.ceil(Theme.dishSize * Theme.lineFactor)
    readonly property real notice: Math.ceil(Theme.infoSize * Theme.lineFactor) + 2 * Theme.gapSmall
    readonly property real headHeight: 2 * root.line
    readonly property real above: (root.torn ? Theme.tornHeight : Theme.cardBorder) + root.headHeight + (root.allergy === "" ? 0 : root.touched) + (root.adopted === "" ? 0 : root.notice) + root.notice
    readonly property real touched: Math.max(Theme.touch, root.line + 2 * Theme.gapSmall)

    function fill() {
        strip.append({
            key: "channel",
            kind: "channel",
            text: "堂食",
            x: Theme.pad,
            y: Theme.gapSmall,
            width: 4 * Theme.infoSize,
            height: Theme.channelHeight,
            lines: 1
        });
        const plain = {
            kind: "line",
            inset: Theme.gapSmall,
            indent: Theme.pad + Theme.quantityWidth + Theme.gapSmall,
            textWidth: 8 * Theme.dishSize,
            lines: 1,
            quantity: "1",
            boxed: false,
            sign: "",
            stage: "",
            stateText: "",
            tag: "",
            tagText: "",
            badgeWidth: 0,
            selected: false,
            marked: false,
            flash: 0,
            rule: false,
            pending: root.pending
        };
        root.dishes.forEach((dish, nth) => rows.append(Object.assign({}, plain, {
                key: `${nth}`,
                line: `${nth}`,
                y: root.above + nth * root.touched,
                height: root.touched,
                badgeWidth: dish.stage || dish.tag ? 4.5 * Theme.infoSize : 0
            }, dish)));
    }

    Component.onCompleted: root.fill()

    ListModel {
        id: strip
    }

    ListModel {
        id: rows
    }

    TicketCard {
        x: 0
        y: 0
        width: 13 * Theme.dishSize
        height: root.above + root.dishes.length * root.touched + (root.also === "" ? 0 : root.notice) + (root.torn ? Theme.tornHeight : Theme.cardBorder) + (root.more === "" ? 0 : root.notice)
        key: root.name
        body: rows
        strip: strip
        tornTop: root.torn
        tornBottom: root.torn
        slotText: root.torn ? "" : "1"
        selected: root.selected
        marked: root.marked
        age: root.age
        title: root.title
        titleWidth: 4 * Theme.titleSize
        titleLines: 1
        number: "A31"
        numberBelow: false
        timer: "16:08"
        overrun: root.overrun
        headerHeight: root.headHeight
        allergy: root.allergy
        allergyLines: 1
        allergyHeight: root.allergy === "" ? 0 : root.touched
        adopted: root.adopted
        adoptedLines: 1
        adoptedHeight: root.adopted === "" ? 0 : root.notice
        stripHeight: root.notice
        also: root.also
        alsoLines: 1
        alsoHeight: root.also === "" ? 0 : root.notice
        more: root.more
        pending: root.pending
    }
}
