"""What each kitchen screen shows and does; the QML only draws it.

The way of an order to the glass, each step on its own and almost all of them pure:

    order → lines, tickets (words, places) → timers → sheets (measured, metrics) → board (flow,
    slots: what stands where) → cards → rows → QML

and of a hand to the node: actions → hands (lists: dishes, recalls) → desk → commands. `words` and
`sayings` are all that is said, `kitchen` what is known, `station` puts it together.
"""
