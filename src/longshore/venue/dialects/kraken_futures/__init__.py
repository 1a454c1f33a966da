"""Kraken Futures as a dialect: REST v3, history, charts and WebSocket v1, translated, nothing else.

A request is decoded strictly, turned into command rows and submitted; its events come back as
Kraken's JSON. Reads come from the engine's view and from history. No rule lives here.
"""
