"""The kitchen's screens: what a cook sees and does, on a node of this machine."""
