"""Sockets, transports and keys of the mesh; the only room that imports zmq and nacl.

Read `transport` (what is promised), `keys`, `zap` and `curve` (who gets in), `sockets` (the loop),
`zmq_transport` and its fake `memory_transport`, `screen_link` (this machine's screens).
"""
