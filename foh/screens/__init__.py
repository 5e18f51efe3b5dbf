"""What the counter's screen shows and does; the QML only draws it.

`till` is what this counter is at (its place, its table, what it sends) and is known to every page;
`page` is what a page is, and there are these: `tables` (`floor` and `sittings` read what is at each,
`tiles` and `timeline` say it, `deeds` do it, `paying` and `money` take payment) and `settings`; `counter` is the shell around them: the bar, the way from page to page,
keys. A page that is not there yet is not in the list.
"""
