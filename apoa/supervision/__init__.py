"""F6: search and supervision of stays."""
