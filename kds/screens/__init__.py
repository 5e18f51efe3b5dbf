"""What each kitchen screen shows and does; the QML only draws it.

The way of an order to the glass, each step on its own and almost all of them pure:

    order → lines, tickets (words, places) → timers → sheets (measured, metrics) → board (flow,
    slots: what stands where) → cards → rows → QML

and of a hand to the node: actions → hands (lists: dishes, recalls) → desk → commands. `words` and
`sayings` are all that is said, `kitchen` what is known, `screen` what every screen does, `station`
puts it together.

The pass goes the same way with its own steps: a whole order is its ticket (`expo_lines`,
`expo_orders`, `expo_sheets`, `expo_cards`), a touch serves (`expo_hands`, `expo_desk`), and beside
the cards stands what it has to hear of (`expo_notices`); `expo` puts it together.
"""
