"""History: one file per table, written from committed events, rebuilt from the journal."""
