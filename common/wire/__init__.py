"""Replication as a machine without I/O: PROTOCOL.md is its law, `replica` its only door."""
