"""The storybook: every control of the QML module Passline in its states, to be looked at.

`python -m common.ui.storybook`; P turns to the next palette, L to the other language.
"""
