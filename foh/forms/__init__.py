"""What the counter asks: a form is fields and buttons, told as data and drawn by one QML page.

`form` is what a form is; the others are one question each. A form changes nothing but itself until
its button is pressed.
"""
