"""Other people's bots, unmodified, against a venue of their own: `python -m tools.bots`."""
