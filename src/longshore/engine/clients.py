"""Client ids: which an account has used, the oldest forgotten when the table fills.   ORDR-011"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.hashes import hash_get, hash_put, hash_remove
from longshore.engine.limits import CLIENT_IDS_MAX
from longshore.engine.rows import Order
from longshore.engine.state import State
from longshore.engine.units import larger


@rule
def client_order(state: State, account_id: I64, hi: I64, lo: I64) -> I64:
    """The id of the order a client id named, or 0.   ORDR-011"""
    return hash_get(state.client_ids, account_id, hi, lo)


@rule
def remember_client(state: State, order: Order) -> None:
    """Keep a client id; forget the oldest when the ring is full."""
    if state.clients_count == CLIENT_IDS_MAX - 1:
        old = state.clients[state.clients_first]
        hash_remove(state.client_ids, old.account_id, old.hi, old.lo)
        state.clients_first = (state.clients_first + 1) % CLIENT_IDS_MAX
        state.clients_count -= 1
    at = (state.clients_first + state.clients_count) % CLIENT_IDS_MAX
    key = state.clients[at]
    state.clients_high = larger(state.clients_high, at)
    key.account_id = order.account_id
    key.hi = order.client_hi
    key.lo = order.client_lo
    state.clients_count += 1
    hash_put(state.client_ids, order.account_id, order.client_hi, order.client_lo, order.order_id)
