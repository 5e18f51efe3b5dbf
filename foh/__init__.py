"""The front of house: the counter's screen, where orders are taken and tables are watched."""
