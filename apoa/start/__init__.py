"""F9: makes a machine without any set-up run the whole system: instance, database, processes."""
