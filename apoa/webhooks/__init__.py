"""F3: whom a lodging's own systems are told of events, and what became of each telling."""
