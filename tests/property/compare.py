"""Engine against twin, number by number."""

from __future__ import annotations

from longshore.engine.codes import OrderState, Reject
from longshore.engine.events import EventKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Event
from longshore.engine.state import State, position_slot
from tests.naive.margin import position_margin
from tests.naive.state import OUTSIDE, SHORT
from tests.naive.venue import Summary, Twin
from tests.property import view as read

MARKET_FIELDS = (
    "mark_subticks",
    "ema_subticks",
    "impact_premium_subticks",
    "last_ticks",
    "premium_e15",
    "rate_e18",
    "funding_rate_e18",
    "funding_interval_us",
    "funding_calm",
    "funding_lot_parts",
    "funding_index_parts",
    "residue_parts",
    "state",
    "initial_factor_ppm",
    "position_max_lots",
)
ORDER_FIELDS = (
    "account_id",
    "market_id",
    "side",
    "price_ticks",
    "qty_lots",
    "filled_lots",
    "reduce_only",
    "trigger_ticks",
    "trail_ppm",
    "trail_ticks",
    "rests",
    "expire_us",
    "slides",
    "closes",
    "display_lots",
    "linked_id",
    "stop_ticks",
    "target_ticks",
    "parent_id",
    "hold_atoms",
)


def differences(view: State, twin: Twin) -> list[str]:
    """Every number in which the two states differ."""
    return [
        *balances(view, twin),
        *positions(view, twin),
        *orders(view, twin),
        *markets(view, twin),
    ]


def unlike(name: str, engine: object, twin: object) -> list[str]:
    """One line when two things differ."""
    return [] if engine == twin else [f"{name}: engine {engine}, twin {twin}"]


def balances(view: State, twin: Twin) -> list[str]:
    """All wallets of customers and venue."""
    mine = read.balances(view)
    theirs = {k: v for k, v in twin.s.balances.items() if v and k[0] != OUTSIDE}
    found = []
    for key in sorted({*mine, *theirs}):
        name = f"balance of account {key[0]} wallet {key[1]} asset {key[2]}"
        found += unlike(name, mine.get(key, 0), theirs.get(key, 0))
    return found


def positions(view: State, twin: Twin) -> list[str]:
    """Size, entry value, order margin, leverage."""
    found = []
    for account_id in read.customers(view):
        modes = int(view.accounts[account_id].hedged), twin.s.accounts[account_id].hedged
        found += unlike(f"position mode of {account_id}", *modes)
        for market in read.perpetuals(view):
            number = int(market.market_id)
            mine = view.positions[position_slot(account_id, number)]
            lever = twin.s.leverage(account_id, number)
            alone = twin.s.isolated(account_id, number)
            margin = position_margin(twin.s, account_id, twin.s.markets[number]) if alone else 0
            for short in (0, 1):
                row = view.positions[position_slot(account_id, number + short * MARKETS_MAX)]
                theirs = twin.s.positions[account_id, number + short * SHORT]
                name = f"position of {account_id} in {number}, leg {short}"
                engine = (row.qty_lots, row.entry_value_atoms, row.margin_atoms)
                plain = (theirs.qty_lots, theirs.entry_atoms, 0 if short else margin)
                found += unlike(name, tuple(map(int, engine)), plain)
            steps = twin.s.accounts[account_id].risk_steps[number]
            found += unlike(f"risk limit of {account_id} in {number}", int(mine.risk_steps), steps)
            chosen = int(mine.leverage_ppm), bool(mine.isolated), bool(mine.tops_up)
            theirs_chosen = lever, alone, number in twin.s.accounts[account_id].topped_up
            found += unlike(f"leverage of {account_id} in {number}", chosen, theirs_chosen)
    return found


def orders(view: State, twin: Twin) -> list[str]:
    """The same orders with the same fields; the same queue."""
    mine = {number: row_of(order) for number, order in read.orders(view).items()}
    theirs = {o.order_id: row_of(o) for o in twin.resting()}
    found = []
    for number in sorted({*mine, *theirs}):
        found += unlike(f"order {number}", mine.get(number), theirs.get(number))
    return found + unlike("queue", queue(read.orders(view).values()), queue(twin.resting()))


def row_of(order: object) -> dict[str, int]:
    """An order's compared fields."""
    return {f: int(getattr(order, f)) for f in (*ORDER_FIELDS, "state")}


def queue(orders: object) -> list[int]:
    """Resting orders by priority."""
    resting = [o for o in orders if o.state == OrderState.RESTING]  # type: ignore[attr-defined]
    return [int(o.order_id) for o in sorted(resting, key=lambda o: o.priority)]


def markets(view: State, twin: Twin) -> list[str]:
    """Prices, premiums, rates."""
    found = []
    for number, market in twin.s.markets.items():
        for field in MARKET_FIELDS:
            name = f"market {number} {field}"
            found += unlike(name, int(getattr(view.markets[number], field)), getattr(market, field))
    return found


def outcomes(events: list[Event], summary: Summary) -> list[str]:
    """The refusal, and which orders ended for which reason, and who entered the ladder."""
    refused = [Reject(int(e.reject)) for e in events if e.kind == EventKind.REFUSED]
    found = unlike("refusal", refused[0] if refused else Reject.NONE, summary.reject)
    ended = [(int(e.order_id), int(e.reason)) for e in events if e.kind == EventKind.ORDER_ENDED]
    found += unlike("ended orders", sorted(ended), sorted(summary.ended))
    ladders = [e for e in events if e.kind == EventKind.LIQUIDATION_STARTED]
    entered = [(int(e.account_id), int(e.wallet)) for e in ladders]
    return found + unlike("liquidated wallets", entered, summary.ladders)
