"""Kitchen screens; they come with the next change."""
