"""The deterministic core.

Reading order: units, limits, codes, rows, commands, events, state, then
ledger, book, positions, fees, prices, margin, matching, orders, triggers, funding, insurance, adl,
liquidation, lifecycle, invariants, apply, engine.
"""
