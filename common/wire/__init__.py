"""Replication between nodes as a sans-I/O state machine."""
