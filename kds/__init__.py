"""The kitchen's screens: what cooks and the pass see and do, on a node of this machine."""
