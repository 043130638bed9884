"""Links files of guests and permits without a database, by the same keys and scores."""
