"""Kraken Spot as a dialect: REST under /0 and WebSocket v2 and v1, translated, nothing else.

A request is decoded strictly, turned into command rows and submitted; its events come back as
Kraken's JSON. Reads come from the engine's view and from history. No rule lives here.
"""
