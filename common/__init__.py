"""Everything of Passline that is not a screen."""
