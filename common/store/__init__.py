"""The log and its projections in SQLite."""
