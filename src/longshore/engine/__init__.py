"""The deterministic core.

Reading order: units, limits, codes, meanings, rows, scratch, entries, commands, events, state,
legs, then value, ledger, premiums, rates, nodes, book, methods, nets, margin, scales, bounds,
wakes, prices, fees, isolated, risk_limits, positions, estimate, risk, checks, orders, triggers,
brackets, placing, matching, spot, funding, peaks, insurance, ranks, adl, bankruptcy, cuts,
sharing, liquidation, window, phases, settlement, expiry, leverage, topups, lifecycle, terms,
changes, invariants, apply, engine.
"""
