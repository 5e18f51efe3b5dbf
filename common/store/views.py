"""The views: what other programs read. PROTOCOL.md, "Views", documents every column."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A view's name and its SELECT."""

    name: str
    sql: str


# hex() of null is the empty text, hence the nullif around what may be null.
#
# Numbers and duplicates are worked out by look-ups in the two indexes and not by window functions,
# which would have to read every order there ever was to tell one order's number.
_ORDER = """
SELECT
    lower(hex(o.order_id)) AS order_id,
    o.day,
    CASE
        WHEN o.prefix = '' THEN coalesce(nullif(o.provider, ''), o.door) || ' #' || o.pickup_no
        ELSE o.prefix || o.digits || CASE
            WHEN o.nth = 0 THEN ''
            WHEN o.nth < 26 THEN char(97 + o.nth)
            ELSE '-' || (o.nth + 1)
        END
    END AS number,
    o.prefix,
    o.digits,
    o.channel,
    o.provider,
    o.pickup_no,
    o.door,
    o.ref,
    nullif(lower(hex(nullif(o.first_with_ref, o.order_id))), '') AS duplicate_of,
    o.table_no,
    o.covers,
    o.due_at,
    o.note,
    o.allergies,
    o.priority,
    o.utensils,
    o.fees,
    o.currency,
    o.marks,
    nullif(lower(hex(o.side)), '') AS side,
    o.submitted_at,
    lower(hex(o.origin)) AS origin,
    o.state,
    o.rushes,
    o.fold_version,
    lower(hex(o.fold_hash)) AS fold_hash,
    o.payment,
    o.total,
    o.paid,
    o.due
FROM (
    SELECT
        this.*,
        (
            SELECT count(*)
            FROM p_order AS other
            WHERE other.day = this.day
                AND other.prefix = this.prefix
                AND other.digits = this.digits
                AND (other.lamport, other.origin, other.epoch, other.seq)
                    < (this.lamport, this.origin, this.epoch, this.seq)
        ) AS nth,
        (
            SELECT other.order_id
            FROM p_order AS other
            WHERE other.door = this.door
                AND other.ref = this.ref
                AND other.ref_day = this.ref_day
            ORDER BY other.lamport, other.origin, other.epoch, other.seq
            LIMIT 1
        ) AS first_with_ref
    FROM p_order AS this
) AS o
"""

_DELIVERY = """
SELECT
    lower(hex(o.order_id)) AS order_id,
    d.value ->> 0 AS station,
    d.value ->> 1 AS origin,
    d.value ->> 2 AS epoch,
    d.value ->> 3 AS seq,
    d.value ->> 4 AS shown_at,
    d.value ->> 5 AS seen_at
FROM p_order AS o, json_each(o.shown) AS d
"""

# An event is stored at a role when the first of its holders has it: this machine by its own log,
# another by its first ack that reaches the event.
_DELIVERY_STATE = """
SELECT
    lower(hex(order_id)) AS order_id,
    role,
    count(*) AS news,
    max(saved_at) AS saved_at,
    CASE WHEN count(stored_at) = count(*) THEN max(stored_at) END AS stored_at,
    CASE WHEN count(shown_at) = count(*) THEN max(shown_at) END AS shown_at,
    CASE WHEN count(seen_at) = count(*) THEN max(seen_at) END AS seen_at
FROM (
    SELECT
        sent.*,
        (
            SELECT min(
                CASE WHEN holder.here THEN (
                    SELECT g.stored_at
                    FROM chain AS c JOIN grp AS g ON g.chain_no = c.chain_no
                    WHERE c.origin = sent.origin
                        AND c.epoch = sent.epoch
                        AND g.first <= sent.seq
                        AND g.last >= sent.seq
                    ORDER BY g.first DESC
                    LIMIT 1
                ) ELSE (
                    SELECT s.stored_at
                    FROM p_stored AS s
                    WHERE s.node = holder.origin
                        AND s.origin = sent.origin
                        AND s.epoch = sent.epoch
                        AND s.seq >= sent.seq
                    ORDER BY s.seq
                    LIMIT 1
                ) END
            )
            FROM p_node AS holder, json_each(holder.roles) AS held
            WHERE held.value = sent.role
        ) AS stored_at
    FROM (
        SELECT
            o.order_id,
            n.value ->> 0 AS role,
            (
                SELECT maker.origin FROM p_node AS maker
                WHERE lower(hex(maker.origin)) = n.value ->> 1
            ) AS origin,
            n.value ->> 2 AS epoch,
            n.value ->> 3 AS seq,
            n.value ->> 4 AS saved_at,
            n.value ->> 5 AS shown_at,
            n.value ->> 6 AS seen_at
        FROM p_order AS o, json_each(o.sent) AS n
    ) AS sent
)
GROUP BY order_id, role
"""

_PAYMENT = """
SELECT
    lower(hex(o.order_id)) AS order_id,
    p.value ->> 0 AS origin,
    p.value ->> 1 AS epoch,
    p.value ->> 2 AS seq,
    p.value ->> 3 AS taken_at,
    p.value ->> 4 AS amount,
    p.value ->> 5 AS method,
    p.value ->> 6 AS check_id
FROM p_order AS o, json_each(o.payments) AS p
"""

_LINE = """
SELECT
    lower(hex(order_id)) AS order_id,
    line_id,
    position,
    sku,
    zh,
    en,
    said,
    category,
    qty,
    unit,
    price,
    station,
    nullif(batch, 0) AS batch,
    course,
    seat,
    note,
    modifiers,
    parent,
    combo,
    fire,
    plan_at,
    prep_s,
    warn_s,
    late_s,
    nullif(lower(hex(menu)), '') AS menu,
    ref,
    marks,
    state,
    added_at,
    changes,
    void_reason
FROM p_line
"""

_PORTION = """
SELECT
    lower(hex(l.order_id)) AS order_id,
    l.line_id,
    p.key AS nth,
    CASE p.value ->> 0
        WHEN 0 THEN 'held'
        WHEN 1 THEN 'fired'
        WHEN 2 THEN 'cooking'
        WHEN 3 THEN 'ready'
        WHEN 4 THEN 'served'
        WHEN 5 THEN 'void'
    END AS state,
    p.value ->> 1 AS fired_at,
    p.value ->> 2 AS started_at,
    p.value ->> 3 AS ready_at,
    p.value ->> 4 AS served_at,
    p.value ->> 5 AS voided_at
FROM p_line AS l, json_each(l.portions) AS p
"""

_EVENT = """
SELECT
    e.commit_no,
    lower(hex(c.origin)) AS origin,
    c.epoch,
    e.seq,
    e.lamport,
    e.at,
    e.kind,
    CASE
        WHEN e.subject = CAST('house' AS BLOB) THEN 'house'
        ELSE lower(hex(e.subject))
    END AS subject,
    lower(hex(e.cmd_id)) AS cmd_id,
    e.actor,
    e.roles,
    e.version,
    length(e.raw) AS size,
    lower(hex(g.checksum)) AS group_checksum,
    g.stored_at
FROM event AS e
JOIN chain AS c ON c.chain_no = e.chain_no
JOIN grp AS g ON g.chain_no = e.chain_no AND g.first = (
    SELECT max(first) FROM grp WHERE chain_no = e.chain_no AND first <= e.seq
)
"""

_PROGRESS = """
SELECT projected_commit, (SELECT coalesce(max(commit_no), 0) FROM event) AS last_commit
FROM progress
"""

_NODE = """
SELECT lower(hex(origin)) AS origin, name, roles, block, feed, router
FROM p_node
"""

_RECEIPT = """
SELECT
    lower(hex(node)) AS node,
    lower(hex(origin)) AS origin,
    epoch,
    seq,
    stored_at,
    acked_at
FROM receipt
"""

MIRROR_VIEWS = (
    View("v_order", _ORDER),
    View("v_line", _LINE),
    View("v_portion", _PORTION),
    View("v_delivery", _DELIVERY),
    View("v_delivery_state", _DELIVERY_STATE),
    View("v_payment", _PAYMENT),
    View("v_event", _EVENT),
    View("v_node", _NODE),
    View("v_progress", _PROGRESS),
)
LOCAL_VIEWS = (View("v_receipt", _RECEIPT),)
