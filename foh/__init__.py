"""Front-of-house screens; they come with the next change."""
