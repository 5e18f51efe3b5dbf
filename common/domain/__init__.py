"""Pure rules of the house: events, commands, fold, decide, routing, timing."""
