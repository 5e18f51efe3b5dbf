"""What every screen stands on, and the only Qt in `common`.

Read in this order: `app` (how a screen starts), `bridge` (the node's client as Qt signals),
`keyed_model` (rows for QML), `theme` and `geometry` (every colour and size), `fonts`, `i18n`,
`settings`.
"""
