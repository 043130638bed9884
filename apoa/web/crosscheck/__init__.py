"""How permits, matches and findings read on officers' pages."""
