"""Rows that hold what is being worked out; `rows` names them with the rest.

Units as there.
"""

from __future__ import annotations

from longshore.engine._table import I64, Row


class Estimate(Row):
    """What an order would take from the book right now."""

    qty_lots: I64
    value_atoms: I64
    closing_lots: I64  # how much of its position an order on this side could close
    closing_value_atoms: I64  # the value of that much, taken first
    worst_ticks: I64
    meets_own: I64
    halts: I64  # 1: a part of it is priced where the market would stop
    own_lots: I64  # what the account's own orders would take off it without a trade
    before_atoms: I64  # initial margin of its market before the order; netted: of its wallet


class Scale(Row):
    """A wallet weighed in one pass: what it has, what it must keep, what hangs on prices."""

    equity_atoms: I64
    maintenance_atoms: I64
    initial_atoms: I64  # with orders
    exposure_atoms: I64  # twice where margin moves with the mark too
    payable_atoms: I64  # funding its paying positions may still owe in their interval
    interval_left_us: I64  # the shortest of those positions' intervals
    rounded_atoms: I64  # what rounding may take beyond a share of the exposure
    adds: I64  # 1: an open order could add risk
    bends: I64  # 1: an inverse position loses faster than its share of the price


class Net(Row):
    """What a wallet's positions on one coin ask for, by side."""

    long_atoms: I64
    short_atoms: I64


class Match(Row):
    """The match in hand, with what one of its sides realised."""

    market_id: I64
    price_ticks: I64
    qty_lots: I64
    value_atoms: I64
    fee_atoms: I64
    pnl_atoms: I64
    funding_atoms: I64
    opened_lots: I64


class Source(Row):
    """A price among others: a constituent of an index, or a candidate of a mark."""

    last_subticks: I64  # 0: none
    bid_subticks: I64
    ask_subticks: I64
    age_us: I64  # since it was last heard of
    weight: I64
    price_subticks: I64  # what counts; 0: nothing does
    fate: I64  # Fate


class MarkInputs(Row):
    """What a mark is made of, and how; a price of 0: there is none."""

    method: I64  # MarkMethod
    candidates: I64  # MarkCandidate, added up
    index_subticks: I64
    smoothed_subticks: I64  # the basis
    rate_e18: I64  # of the interval
    left_us: I64  # of the interval
    interval_us: I64
    last_subticks: I64
    bid_subticks: I64
    ask_subticks: I64
    external_subticks: I64
    band_subticks: I64  # how far from the index it may be


class Task(Row):
    """Work in hand, innermost last; a place to go on from when the event buffer is full."""

    kind: I64  # Task kinds are in apply.py
    a: I64
    b: I64
    c: I64
    d: I64
