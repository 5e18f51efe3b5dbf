"""What every screen stands on, and the only Qt in `common`.

Read in this order: `app` (how a screen starts and ends), `source` (what it stands on), `bridge`
(the live source: a node's client as Qt signals), `keyed_model` (rows for QML), `geometry`,
`tokens` and `theme` (every size and colour), `fonts`, `measure`, `i18n`, `settings`.
`arrangement` are the settings while people change them, `first_start` what is asked once.
`program` puts a screen together from its command line, `screens` lists them, `screen_model` is what
each model is; `words`, `places`, `presence` and `ages` are what all of them say, `sender` what they
ask. `qml/Passline` has the controls, `storybook` shows each, `scenes` has the boards that need no
node (`begun`: what a cashier there has noted); `picture`, `gallery` and `wall` take pictures.
"""
