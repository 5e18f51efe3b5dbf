"""Sockets, transports, discovery and keys of the mesh."""
