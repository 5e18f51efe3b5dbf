// What is asked once, before a screen is shown for the first time; without an answer it goes on.
import QtQuick
import Passline

Window {
    id: root

    required property Questions screenModel

    color: Theme.window
    title: qsTr("Passline: first start")

    Words {
        id: title

        x: Theme.margin
        lineTop: Theme.margin
        width: root.width - 2 * x
        text: qsTr("How is this screen set up?")
        font.pixelSize: Theme.titleSize
        font.bold: true
    }

    Paragraph {
        id: role

        x: Theme.margin
        y: title.lineTop + title.lineCount * title.lineHeight
        width: root.width - 2 * x
        text: root.screenModel.roleText
        color: Theme.textDim
    }

    Options {
        x: Theme.margin
        y: role.y + role.height + Theme.gap
        width: root.width - 2 * x
        height: go.y - Theme.margin - y
        rows: root.screenModel.rows
        ruler: root.screenModel.ruler
        onStepped: (name, by) => root.screenModel.step(name, by)
    }

    BarButton {
        id: go

        x: Theme.margin
        y: root.height - height - Theme.margin
        words: root.screenModel.goText
        primary: true
        onTapped: root.screenModel.finish()
    }

    Words {
        x: go.x + go.width + Theme.margin
        visible: width > 0 && contentWidth < root.width - x
        lineTop: go.y + (go.height - lineHeight) / 2
        text: qsTr("arrows: choose and change   ⏎: done")
        color: Theme.textDim
        wrapMode: Text.NoWrap
    }
}
