"""Rows beside the markets: trees, hash tables, client ids, downtimes; `rows` names all."""

from __future__ import annotations

from longshore.engine._table import I64, Row, Slot


class Node(Row):
    """One entry of an ordered index (a treap): key, then id; value is whose entry it is."""

    key: I64
    tie: I64
    value: I64
    rank: I64
    left: Slot
    right: Slot


class HashEntry(Row):
    """One place of an open-addressing hash table: order id -> slot, or client id -> order id."""

    hi: I64
    lo: I64
    owner: I64
    value: I64
    taken: I64


class ClientKey(Row):
    """The ring of client ids in the order they came, so that the oldest can be forgotten."""

    hi: I64
    lo: I64
    account_id: I64


class Downtime(Row):
    """Maintenance of the whole venue that is planned, or under way: four times, in order."""

    number: I64  # the command that planned it; 0: the row is free
    closing_us: I64  # cancels alone are taken from then on
    down_us: I64  # nothing is taken
    opening_us: I64  # post-only orders and cancels
    active_us: I64  # all is as it was
    phase: I64  # Phase
    node: Slot  # its timer
