"""F9: invented data for trying; never loaded in production."""
