"""People who sign in: names and roles, passwords, sessions, classes. Only with `--accounts`."""
