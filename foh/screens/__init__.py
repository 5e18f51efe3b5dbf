"""What the counter's screen shows and does; the QML only draws it.

`till` is what this counter is at (its place, its table, what it sends) and is known to every page;
`page` is what a page is; `counter` is the shell around them: the bar, the way from page to page,
keys. A page that is not there yet is not in the list. There are:

`order`     taking orders: `order_hands` what keys and fingers do there, `desk` whose order it is
            and what is begun, `post` what goes to the node; `menu_view` has the dishes
            (`foh.menu_card`, `foh.search`, `foh.grid`), `cart` the order's rows, `receipts` who
            has them, `order_words` the words; `foh.drafts` is what is not sent, `foh.keeper` keeps
            it over a restart, `foh.forms` has what is asked
`tables`    every table at a glance: `floor` and `sittings` read what is at each, `tiles` and
            `timeline` (`step_words`) say it, `cursor` goes from one to another, `deeds` and
            `paying` do it
`settings`  how this screen is arranged, what is known of the store
"""
