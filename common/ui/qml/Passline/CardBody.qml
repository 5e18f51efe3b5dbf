// The rows of a card, each where its model says.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml.Models
import Qt.labs.qmlmodels
import Passline

Item {
    id: root

    required property AbstractItemModel rows

    signal lineTapped(string line)
    signal quantityTapped(string line)

    Repeater {
        model: root.rows
        delegate: DelegateChooser {
            role: "kind"

            DelegateChoice {
                roleValue: "line"

                DishRow {
                    onTapped: root.lineTapped(line)
                    onQuantityTapped: root.quantityTapped(line)
                }
            }

            DelegateChoice {
                roleValue: "wish"

                WishRow {
                    onTapped: root.lineTapped(line)
                }
            }

            DelegateChoice {
                PlainRow {
                    onTapped: root.lineTapped(line)
                }
            }
        }
    }
}
