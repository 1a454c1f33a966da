"""The deterministic core.

Reading order: units, limits, codes, rows, scratch, commands, events, state, then value, ledger,
premiums, rates, nodes, book, methods, margin, scales, bounds, wakes, prices, fees, isolated,
risk_limits, positions, estimate, risk, checks, orders, triggers, brackets, placing, matching, spot,
funding, peaks, insurance, ranks, adl, bankruptcy, cuts, sharing, liquidation, window, phases,
settlement, expiry, leverage, lifecycle, terms, changes, invariants, apply, engine.
"""
