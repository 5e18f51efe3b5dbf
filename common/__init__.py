"""Passline, the part that every program shares. This page is the map; read in this order.

An order is a set of **events**. A **node** (one machine, one key, one SQLite file) turns commands
into events, commits them, and tells every other node; each node ends up with the same set and
folds it into the same picture. There is no server and no leader.

    tap → command → node: decide(house, order, command) → events | a reason why not
        → one FULL commit → peers (PUB/SUB) and this machine's screens → fold → rows

 1. `domain/`    what an order is. Pure: no clock, no file, no socket.
        `codec`      an event's envelope, the signed group, the side record: the bytes that stay
        `events`     everything that can have happened      `commands`  everything that can be asked
        `portions`   the one table of what a portion can go through
        `order`      the fold of one order, its `line`s     `house`     roster, menu, floor, numbers
        `delivery`   what of it a station was sent, showed and saw
        `bill`       what it costs, what was paid
        `decide`     commands → events (`picks`, `drafts`)  `freezing`  what a line keeps of a menu
        `order_file`, `menu`, `floor`, `fields`, `money`, `reasons`
                     reading from outside, refusing in words
        `CONFLICTS.md`   two people at once: what happens, who is told
 2. `wire/`      how nodes agree, one machine without I/O: (state, input, now) → (state, outputs)
        `PROTOCOL.md`    normative, with the public views: enough to write a second node from
        `messages`, `replica`
 3. `store/`     the log in SQLite: one writer, FULL commits; projections and public views behind it
        `contract`, `log`, `mirror`, `receipts`, `views`
 4. `mesh/`      sockets, and nothing else knows ZeroMQ
        `keys`, `zap`, `sockets`, `transport` (the promise), `zmq_transport`, `memory_transport`,
        `screen_link` (a node and the screens of its machine)
 5. `node/`      puts these together
        `bootstrap`  the one place of composition           `node`      the one loop, on one thread
        `writer`     a round: decide, commit, tell          `inbox`     what waits for the next
        `round`, `pen`  what a round is made of             `ledger`    what the node knows
        `behind`     projections, in slices between rounds
        `client`     a screen's or robot's end, without Qt  `reporting` what a screen has shown
        `questions`  what a screen may ask (`way`: an order's)
        `lock`       one process at a time on a folder
        `room`       how full the disk is, and the reserve for the last words
        `damage`     a file that is not what was written: set aside and made good
        `backup`     a node in one file, and back into a bare folder
        `supervisor`, `programs`, `setup`
 6. `rehearsal/` the whole restaurant without hands, on anyone's data, with a report
 7. `cli/`       one file a verb

`config`, `errors` and `log` lie under all of them. Each room imports only what stands above it in
this list (`pyproject.toml` holds the contracts). The screens, `kds` and `foh`, are programs of
their own that talk to a node through `node.client`.

Words: a **node** is a machine, a **station** a role such as `wok`. **Mesh time** is for people and
never decides an order of events; the Lamport counter does.
"""
