"""Binance USD-M futures as a dialect: REST `/fapi`, market and user-data streams, translated.

A request is decoded strictly, turned into command rows and submitted; its events come back as
Binance's JSON. Reads come from the engine's view and from history. No rule lives here.
"""
