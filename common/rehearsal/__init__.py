"""The restaurant without hands: scenario, robots, report."""
