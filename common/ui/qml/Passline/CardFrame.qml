// The paper of a card: round corners or torn edges, a frame when selected or looked for.
pragma ComponentBehavior: Bound
import QtQuick
import Passline

Item {
    id: root

    required property bool selected
    required property bool marked
    required property bool tornTop
    required property bool tornBottom
    // What the upper teeth are torn from.
    required property color headColor
    // All of it can go out.
    property bool ready: false
    readonly property bool framed: root.selected || root.marked || root.ready
    readonly property color frameColor: {
        if (root.selected)
            return Theme.focus;
        if (root.marked)
            return Theme.mark;
        return root.ready ? Theme.good : Theme.surface;
    }
    readonly property real paperTop: root.tornTop ? Theme.tornHeight : Theme.cardBorder
    readonly property real paperBottom: root.height - (root.tornBottom ? Theme.tornHeight : Theme.cardBorder)

    Rectangle {
        visible: root.selected
        anchors.fill: parent
        anchors.margins: -Theme.haloWidth
        radius: Theme.radius + Theme.haloWidth
        color: Theme.focusHalo
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.tornTop ? Theme.tornHeight : 0
        anchors.bottomMargin: root.tornBottom ? Theme.tornHeight : 0
        topLeftRadius: root.tornTop ? 0 : Theme.radius
        topRightRadius: topLeftRadius
        bottomLeftRadius: root.tornBottom ? 0 : Theme.radius
        bottomRightRadius: bottomLeftRadius
        color: Theme.surface
        border.width: Theme.cardBorder
        border.color: root.frameColor
    }

    Loader {
        active: root.tornTop
        width: root.width
        height: Theme.tornHeight
        rotation: 180

        sourceComponent: TornEdge {
            paper: root.headColor
            frame: root.frameColor
            frameWidth: root.framed ? Theme.cardBorder : 0
        }
    }

    Loader {
        active: root.tornBottom
        y: root.paperBottom
        width: root.width
        height: Theme.tornHeight

        sourceComponent: TornEdge {
            paper: Theme.surface
            frame: root.frameColor
            frameWidth: root.framed ? Theme.cardBorder : 0
        }
    }
}
