"""What history gives back: one struct per table, in the engine's whole units.

Every record carries the (seq, index) of the event that made it, so that two reads, or a database
and its rebuilt twin, can be compared row for row.
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every history row has."""

    seq: int
    index: int
    time_us: int


class Customer(Record, frozen=True, kw_only=True):
    """An account somebody asked for, unlike the agents' and the venue's own."""

    account_id: int
    name: str


class OrderRecord(Record, frozen=True, kw_only=True):
    """One order from placement to its end. `seq`, `index`, `time_us` are those of its placement."""

    order_id: int
    account_id: int
    market_id: int
    client_id: str  # the caller's own text, empty when none was given
    side: int
    type: int
    price_ticks: int
    trigger_ticks: int
    signal: int
    trail_ticks: int
    trail_ppm: int
    rests: int  # 1: it becomes a limit order when it fires
    closes: int  # 1: for the whole position
    display_lots: int  # what an iceberg shows at a time; 0: all
    expire_us: int
    leg: int  # codes.Leg
    reduce_only: int
    linked_id: int
    qty_lots: int  # asked
    open_lots: int  # not filled yet, or never filled when the order has ended
    filled_lots: int
    filled_value_atoms: int
    triggered_us: int  # 0: never
    updated_us: int
    ended: int  # 1: the order is gone
    reason: int  # codes.Reason of its end
    reject: int  # codes.Reject, when a triggered order was refused


class OrderEvent(Record, frozen=True, kw_only=True):
    """One thing that happened to an order: placed, amended, triggered, filled, ended, refused."""

    kind: int  # EventKind
    account_id: int
    market_id: int
    order_id: int
    client_id: str
    side: int
    type: int
    price_ticks: int
    trigger_ticks: int
    signal: int
    reduce_only: int
    qty_lots: int  # asked when placed; the match's size when filled
    open_lots: int
    filled_lots: int
    reason: int
    reject: int
    role: int


class FillRecord(Record, frozen=True, kw_only=True):
    """One side of a match, as its account booked it."""

    account_id: int
    market_id: int
    wallet: int
    order_id: int
    other_order_id: int
    client_id: str
    side: int
    leg: int  # codes.Leg
    type: int
    role: int
    price_ticks: int
    qty_lots: int
    open_lots: int  # of the order, after
    filled_lots: int  # of the order, after
    position_lots: int  # signed, after
    entry_value_atoms: int  # signed, of the position, after
    value_atoms: int  # of this match
    fee_atoms: int
    pnl_atoms: int
    funding_atoms: int
    balance_atoms: int  # settlement balance of the wallet, after
    mark_subticks: int


class Execution(Record, frozen=True, kw_only=True):
    """One match as the public sees it."""

    market_id: int
    taker_order_id: int
    maker_order_id: int
    side: int  # the taker's
    role: int  # the taker's
    price_ticks: int
    qty_lots: int
    value_atoms: int
    mark_subticks: int
    index_subticks: int


class LedgerRecord(Record, frozen=True, kw_only=True):
    """Money that came into (above zero) or left (below zero) one balance of an account."""

    leg: int  # 0: the balance the event names first, 1: the other one
    account_id: int
    wallet: int
    asset_id: int
    amount_atoms: int
    balance_atoms: int  # after
    other_account_id: int
    other_wallet: int
    reason: int
    origin: int  # codes.Origin of the command: a user's own deposit is a fresh start
    order_id: int
    market_id: int


class FundingPayment(Record, frozen=True, kw_only=True):
    """Funding realised by one position; received above zero, paid below."""

    account_id: int
    market_id: int
    wallet: int
    position_lots: int
    funding_atoms: int
    rate_e18: int
    balance_atoms: int
    index_subticks: int


class FundingRate(Record, frozen=True, kw_only=True):
    """The rate of the interval that began at `time_us`."""

    market_id: int
    rate_e18: int
    index_subticks: int
    mark_subticks: int
    lot_parts: int  # what one long lot pays over the whole interval


class DowntimePhase(Record, frozen=True, kw_only=True):
    """A phase of a maintenance that began at `time_us`."""

    number: int
    phase: int
    down_us: int
    opening_us: int
    expire_us: int  # when the phase is over; 0: it was the last
    reason: str  # as the operator told it; empty but for the first


class MarketStateChange(Record, frozen=True, kw_only=True):
    """A market's state from `time_us` on."""

    market_id: int
    state: int


class LiquidationRecord(Record, frozen=True, kw_only=True):
    """One walk down the ladder. Its events, and those that led to it, are in the account's."""

    account_id: int
    wallet: int
    market_id: int
    equity_atoms: int  # at the start
    margin_atoms: int  # at the start
    mark_subticks: int
    position_lots: int
    ended_us: int  # 0: the ladder is not left yet
    ended_seq: int
    ended_index: int
    closed: int  # 1: nothing is open any more


class AccountEvent(Record, frozen=True, kw_only=True):
    """One event as the engine gave it, that names a customer on either side."""

    account_id: int
    other_account_id: int
    fields: dict[str, int]  # fields that are zero are left out


class Candle(msgspec.Struct, frozen=True):
    """Open, high, low, close over [start, start + interval), in sub-ticks."""

    start_us: int
    open_subticks: int
    high_subticks: int
    low_subticks: int
    close_subticks: int
    volume_lots: int
    value_atoms: int
    trades: int = 0  # how many; of a minute before the world's start it is not known
    buy_lots: int = 0  # bought by who took, of the volume; nor are these
    buy_value_atoms: int = 0


class Stats(msgspec.Struct, frozen=True):
    """The last 24 hours of a market. Prices are 0 before the first trade."""

    open_subticks: int
    high_subticks: int
    low_subticks: int
    last_subticks: int
    volume_lots: int
    value_atoms: int
    trades: int
    last_us: int
    last_lots: int
    last_side: int
