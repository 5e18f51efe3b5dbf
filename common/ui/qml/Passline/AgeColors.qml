// How long a ticket has waited, as colours; they mean nothing else.
import QtQuick
import Passline

QtObject {
    id: root

    // unseen, ok, warn or late
    required property string age
    readonly property color fill: {
        switch (root.age) {
        case "ok":
            return Theme.ageOk;
        case "warn":
            return Theme.ageWarn;
        case "late":
            return Theme.ageLate;
        default:
            return Theme.ageUnseen;
        }
    }
    readonly property color ink: {
        switch (root.age) {
        case "ok":
            return Theme.ageOkText;
        case "warn":
            return Theme.ageWarnText;
        case "late":
            return Theme.ageLateText;
        default:
            return Theme.ageUnseenText;
        }
    }
    readonly property color slot: {
        switch (root.age) {
        case "ok":
            return Theme.ageOkSlot;
        case "warn":
            return Theme.ageWarnSlot;
        case "late":
            return Theme.ageLateSlot;
        default:
            return Theme.ageUnseenSlot;
        }
    }
}
