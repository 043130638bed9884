"""F1: the database: session, row scope, unit of work, column types, job queue entry."""
