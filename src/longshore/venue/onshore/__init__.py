"""Who may trade what: the gates of a venue that knows its customers, with made-up identities."""
