// The edge where a long ticket goes on in the next column: teeth of paper, one path for all.
import QtQuick
import QtQuick.Shapes

Shape {
    id: root

    required property color paper
    // The frame's colour goes along the teeth.
    required property color frame
    required property real frameWidth
    readonly property list<point> teeth: {
        const count = Math.max(1, Math.round(root.width / (2 * root.height)));
        const points = [];
        for (let i = 0; i <= 2 * count; i++)
            points.push(Qt.point(i * root.width / (2 * count), i % 2 ? root.height : 0));
        return points;
    }

    ShapePath {
        fillColor: root.paper
        strokeColor: "transparent"

        PathPolyline {
            path: root.teeth
        }
    }

    ShapePath {
        fillColor: "transparent"
        strokeColor: root.frame
        strokeWidth: root.frameWidth

        PathPolyline {
            path: root.teeth
        }
    }
}
