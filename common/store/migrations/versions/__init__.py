"""The steps, in the words of the day they were written: they are never changed afterwards."""
