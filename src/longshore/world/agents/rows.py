"""The rows of the crowd: traders, what they have on their way, and what each kind remembers.

A kind's row has its terms first, under the names of its `Terms`, then what it remembers. Money in
terms is whole dollars (`_usd`); all else is in the engine's units.
"""

from __future__ import annotations

from longshore.engine._table import I64, Row, Slot


class Agent(Row):
    """One trader: an account, a pace, a latency, and what is on its way to the venue."""

    kind: I64  # Kind
    place: Slot  # its row in the table of its kind
    account_id: I64
    market_id: I64  # the first of its markets
    markets_count: I64
    interval_us: I64  # the usual time from one decision to the next
    latency_us: I64
    deposit_usd: I64
    key_hi: I64  # its stream of chance, in halves of 32 bits
    key_lo: I64
    step: I64  # how many decisions it has made
    next_us: I64  # when it decides next
    arrives_us: I64  # when what is on its way arrives
    due_us: I64  # the earlier of both: whatever is on its way comes before a new decision
    purse_count: I64  # what it was given; 0: nothing yet
    sent_count: I64
    first_sent: Slot
    last_sent: Slot


class Place(Row):
    """One market of a trader."""

    market_id: I64


class Purse(Row):
    """What a trader was given of one asset in one wallet, and is filled up to again."""

    asset_id: I64
    wallet: I64
    want_atoms: I64


class Sent(Row):
    """A command on its way."""

    kind: I64  # CommandKind
    market_id: I64
    asset_id: I64
    order_id: I64
    side: I64
    type: I64
    price_ticks: I64
    trigger_ticks: I64
    signal: I64
    qty_lots: I64
    reduce_only: I64
    amount_atoms: I64
    to_wallet: I64
    next: Slot


class Turn(Row):
    """The trader of a part of the crowd who is due first."""

    agent: Slot


class Word(Row):
    """64 random bits in halves."""

    hi: I64
    lo: I64


class Noise(Row):
    """Somebody who trades for reasons of his own."""

    size_usd: I64
    doublings: I64
    hold_usd: I64


class Trend(Row):
    """Somebody who follows, or fades, the distance between two averages of the mark."""

    fast_steps: I64
    slow_steps: I64
    full_ppm: I64
    hold_usd: I64
    slice_usd: I64
    fast_subticks: I64
    slow_subticks: I64


class Arbitrage(Row):
    """Somebody who holds one market against another."""

    gap_ppm: I64
    back_ppm: I64
    slice_usd: I64
    hold_usd: I64


class Provider(Row):
    """Somebody who takes over liquidated positions."""

    assign_max_lots: I64
    slice_usd: I64


class Metaorder(Row):
    """Somebody who works large orders in pieces."""

    size_usd: I64
    doublings: I64
    piece_usd: I64
    rest_s: I64
    hold_usd: I64
    left_atoms: I64  # of the order in hand; above zero: to be bought


class Hedger(Row):
    """Somebody who has sold options."""

    hold_usd: I64
    width_ppm: I64
    band_usd: I64
    strike_s: I64
    strike_subticks: I64
    strike_us: I64


class Hunter(Row):
    """Somebody who goes with liquidations."""

    react_us: I64
    slice_usd: I64
    hold_usd: I64
    stay_s: I64
    agent: Slot
    way: I64  # 1: shorts were liquidated last, so the price rises
    until_us: I64


class Retail(Row):
    """Somebody with much leverage."""

    slow_steps: I64
    enter_ppm: I64
    stay_steps: I64
    stops_permille: I64
    lives: I64
    back_steps: I64
    slow_subticks: I64
    since_step: I64
    lives_spent: I64


class Maker(Row):
    """Somebody who quotes."""

    levels: I64
    half_spread_ppm: I64
    skew_ppm: I64
    skew_max_ppm: I64
    opinion_ppm: I64
    calm_ppm: I64
    fear_max_ppm: I64
    stir_ppm: I64
    react_us: I64
    root_ppm: I64
    habit_s: I64
    follow_ppm: I64
    leave_ppm: I64
    away_s: I64
    first_step: Slot  # the shape of its ladder: so many levels from this row on
    agent: Slot
    asset_id: I64  # whose index it watches; 0: it has not begun
    seen_subticks: I64
    wander_ppm: I64  # where its opinion has wandered to
    fear_ppm: I64
    decided_us: I64
    habit_atoms: I64
    away_until_us: I64


class Step(Row):
    """One level of a ladder: how far from the touch, and how large."""

    offset_ppm: I64
    size_atoms: I64


class Quote(Row):
    """One of a trader's own resting orders; best first along `next`."""

    order_id: I64
    price_ticks: I64
    qty_lots: I64
    next: Slot


class Rung(Row):
    """A price to be quoted, how far off an order may stand and still do, and its size."""

    price_ticks: I64
    slack_ticks: I64
    qty_lots: I64


class Change(Row):
    """The n-th of each: order out of place, rung without one, order run low and its rung."""

    spare: Slot
    empty: Slot
    low: Slot
    low_rung: Slot
