"""The log and its projections in SQLite.

contract.py says what a log promises; log.py keeps it in `mirror.db` (rows.py, statements.py and
queries.py are its parts), memory_log.py in memory. mirror.py follows with the projections that
views.py shows and PROTOCOL.md documents; receipts.py has a file of its own. engine.py makes the
connections, migrations/ brings a file to the tables of schema.py.
"""
