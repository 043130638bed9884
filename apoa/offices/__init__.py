"""F3: immigration offices, regions, working areas."""
