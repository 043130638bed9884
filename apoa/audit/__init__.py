"""F2: what was done and read, by whom, when and for what purpose."""
