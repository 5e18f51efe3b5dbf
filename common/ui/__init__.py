"""What every screen stands on, and the only Qt in `common`.

Read in this order: `app` (how a screen starts and ends), `source` (what it stands on), `bridge`
(the live source: a node's client as Qt signals), `keyed_model` (rows for QML), `geometry`,
`tokens` and `theme` (every size and colour), `fonts`, `measure`, `i18n`, `settings`.
`qml/Passline` has the controls, `storybook` shows each, `scenes` has the boards that need no node;
`picture` and `gallery` take them on a picture.
"""
