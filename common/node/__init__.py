"""The node: composition of store, wire and mesh into one process."""
