"""F7: the way out of the house: mail and background jobs."""
