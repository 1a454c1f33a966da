"""Watching the market: detectors that read events in order, and what they found.

Nothing here decides anything: an alert is for people. The rules are in `articles/17-watching.md`.
"""
