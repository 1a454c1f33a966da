"""A preview is the engine itself on a copy: it says what then happens, and changes nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine.codes import OrderType, Reject, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.engine.state import position_slot
from longshore.explain.figures import figures
from longshore.practice.preview import preview
from longshore.practice.receipt import Draft
from tests.explain.desk import CASH, PERP, RULEBOOK, SPOT, Desk
from tests.explain.test_risk import opened


def trading_desk(dollars="1000", leverage=10):
    desk = Desk()
    desk.quote("59990", "60010", "0.03")
    desk.quote("59950", "60060", "20")
    trader = desk.account(dollars)
    if leverage:
        desk.leverage(trader, leverage)
    return desk, trader


def shown(desk, trader, *args, leverage=None, stop=0, **more):
    fields = desk.order_fields(trader, *args, **more)
    command = Command(kind=CommandKind.PLACE_ORDER, **fields)
    return preview(desk.view, RULEBOOK, Draft(command, leverage, stop))


def cells(made):
    return {row.key: (row.before, row.after) for row in made.rows}


orders = st.tuples(
    st.sampled_from(["buy", "sell"]),
    st.integers(1, 900),
    st.sampled_from([None, 59_900, 59_990, 60_000, 60_010, 60_200]),
    st.sampled_from([OrderType.LIMIT, OrderType.POST_ONLY, OrderType.IOC, OrderType.FOK]),
    st.integers(0, 1),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(orders, min_size=1, max_size=5), st.sampled_from([0, 3, 20]))
def test_what_is_shown_is_what_happens(drafts, leverage):
    """ORDR-001, MRGN-004: refusal, fee, size, entry, margin and liquidation price."""
    desk, trader = trading_desk(leverage=leverage)
    for side, lots, price, kind, reduce_only in drafts:
        more = {"type": kind if price else OrderType.MARKET, "reduce_only": reduce_only}
        args = (side, str(Decimal(lots) / 1000), str(price) if price else None)
        digest = desk.engine.digest()
        made = shown(desk, trader, *args, **more)
        assert desk.engine.digest() == digest
        events = desk.order(trader, *args, **more)
        reject = next((e.reject for e in events if e.kind == EventKind.REFUSED), Reject.NONE)
        assert made.reject == ("" if reject == Reject.NONE else Reject(reject).name)
        own = [e for e in events if e.kind == EventKind.TRADED and e.account_id == trader]
        resting = desk.view.positions[position_slot(trader, 1)].orders_count
        if made.ok and own and not resting:
            assert made.held == figures(desk.view, trader, 1)
            assert made.costs[0].amount_atoms == sum(e.fee_atoms for e in own)


def test_before_a_first_long():
    """UX-11, UX-13, T1, T3, T5, T13."""
    desk, trader = trading_desk()
    made = shown(desk, trader, "buy", "0.05")
    assert made.ok
    assert made.submit_label == "Open long: buy 0.05 BTC"
    assert made.sentences[0] == (
        "You would hold a contract worth $3,000.00, using $300.15 of practice money (10 times). "
        "You gain when the price rises and lose when it falls. You would not own any BTC."
    )
    assert cells(made)["size"] == ("nothing", "long 0.05 BTC")
    assert cells(made)["entry"] == ("–", "60,030")
    assert cells(made)["liquidation"][1] in " ".join(made.sentences)
    assert "The fee is $1.50: 0.05% of the position value" in " ".join(made.sentences)


@pytest.mark.parametrize(
    ("side", "size", "label", "after"),
    [
        ("buy", "0.05", "Add to long: buy 0.05 BTC", "long 0.1 BTC"),
        ("sell", "0.025", "Reduce long: sell 0.025 BTC", "long 0.025 BTC"),
        ("sell", "0.05", "Close long: sell 0.05 BTC", "nothing"),
        ("sell", "0.08", "Turn short: sell 0.08 BTC", "short 0.03 BTC"),
    ],
)
def test_the_receipt_shows_old_and_new(side, size, label, after):
    """UX-13; MRGN-010, MRGN-011."""
    desk, trader = opened("buy", 10)
    desk.quote("59990", "60010")
    made = shown(desk, trader, side, size)
    assert made.submit_label == label
    assert cells(made)["size"] == ("long 0.05 BTC", after)
    desk.order(trader, side, size)
    assert made.held == figures(desk.view, trader, 1)


def test_costs_are_the_fee_half_the_spread_and_what_is_worse_than_the_best():
    """UX-19: 0.03 at 60,010 and 0.02 at 60,060; mid 60,000."""
    desk, trader = trading_desk()
    made = shown(desk, trader, "buy", "0.05")
    costs = {cost.key: cost.amount for cost in made.costs}
    assert costs == {"fee": "$1.50", "spread": "$0.50", "slippage": "$1.00", "funding": "$0.00"}


def test_a_resting_order_is_shown_as_if_somebody_met_it():
    """ORDR-003, FEES-001: as a maker, at its own price."""
    desk, trader = trading_desk()
    made = shown(desk, trader, "buy", "0.05", "59900")
    assert "rests in the book at 59,900" in made.sentences[0]
    assert made.sentences[1].startswith("If it fills: You would hold")
    assert cells(made)["entry"][1] == "59,900"
    assert made.costs[0].amount == "$0.60"
    desk.order(trader, "buy", "0.05", "59900")
    desk.order(desk.account("10000000"), "sell", "20.08", "59900")
    assert made.held.entry_value_atoms == figures(desk.view, trader, 1).entry_value_atoms
    assert made.held.margin_atoms == figures(desk.view, trader, 1).margin_atoms


def test_what_a_partly_filled_order_leaves_is_told():
    """ORDR-003, ORDR-006."""
    desk, trader = trading_desk()
    rests = shown(desk, trader, "buy", "0.05", "60010").sentences[0]
    assert rests.startswith("0.03 BTC would trade now; the rest, 0.02 BTC, waits in the book")
    ends = shown(desk, trader, "buy", "0.05", "60010", type=OrderType.IOC).sentences[0]
    assert "so it ends" in ends


def test_a_stop_waits_and_is_named_for_what_it_would_do():
    """ORDR-009."""
    desk, trader = opened("buy", 10)
    fields = {"type": OrderType.STOP, "trigger_ticks": 58_000, "signal": Signal.MARK}
    made = shown(desk, trader, "sell", "0.05", reduce_only=1, **fields)
    assert made.sentences == [
        "Nothing happens now: the order waits until the mark price reaches 58,000."
    ]
    assert made.submit_label == "Close long: sell 0.05 BTC"


def test_a_refusal_has_the_engines_name_and_a_reason():
    """MRGN-004, MRGN-008."""
    desk, trader = opened("buy", 10)
    desk.quote("59990", "60010")
    made = shown(desk, trader, "buy", "5")
    assert (made.ok, made.reject) == (False, "INSUFFICIENT_MARGIN")
    assert made.reason.startswith("Your free practice money does not cover")
    assert shown(desk, trader, "buy", "0.01", leverage=5_000_000).reject == "HAS_OPEN_RISK"
    unknown = Command(kind=CommandKind.PLACE_ORDER, account_id=trader, market_id=9)
    assert preview(desk.view, RULEBOOK, Draft(unknown)).reject == "UNKNOWN_MARKET"


def test_leverage_is_tried_with_the_order():
    """UX-13, MRGN-007: half the leverage, twice the margin, and liquidation further away."""
    desk, trader = trading_desk(dollars="10000", leverage=0)
    ten = shown(desk, trader, "buy", "0.03", leverage=10_000_000)
    five = shown(desk, trader, "buy", "0.03", leverage=5_000_000)
    assert five.held.margin_atoms == 2 * ten.held.margin_atoms
    assert five.held.liquidation.subticks < ten.held.liquidation.subticks
    assert desk.view.positions[position_slot(trader, 1)].leverage_ppm == 0


@pytest.mark.parametrize(
    ("stop", "reject", "words"),
    [
        (59_000, "", ""),
        (54_000, "STOP_BEYOND_LIQUIDATION", "would come after liquidation at 54,"),
        (61_000, "STOP_WRONG_SIDE", "wrong side"),
    ],
)
def test_a_stop_that_could_not_act_is_refused(stop, reject, words):
    """T16."""
    desk, trader = trading_desk()
    made = shown(desk, trader, "buy", "0.05", stop=stop)
    assert made.ok == (not reject)
    assert made.reject == reject
    assert words in made.reason


def test_spot_is_owned_and_nobody_closes_it():
    """ORDR-017."""
    desk = Desk()
    desk.deposit(desk.maker, "USD", "1000000", wallet=CASH)
    desk.deposit(desk.maker, "XBT", "10", wallet=CASH)
    desk.quote("59990", "60010", "1", symbol=SPOT)
    trader = desk.account()
    desk.deposit(trader, "USD", "5000", wallet=CASH)
    made = shown(desk, trader, "buy", "0.05", symbol=SPOT)
    assert made.submit_label == "Buy 0.05 BTC"
    assert made.sentences == [
        "You would own 0.05 BTC for $3,000.50. It can lose value, but nobody can close it for you."
    ]
    assert cells(made)["owned"] == ("0 BTC", "0.05 BTC")
    assert cells(made)["dollars"] == ("$5,000.00", "$1,987.50")
    assert shown(desk, trader, "buy", "1", symbol=SPOT).reject == "INSUFFICIENT_FUNDS"
    rests = shown(desk, trader, "buy", "0.05", "50000", symbol=SPOT)
    assert rests.sentences[1].startswith("If it fills: You would own 0.05 BTC for $2,500.00")


def test_the_compiled_engines_view_gives_the_same_preview():
    """One source: a record read as a state."""
    plain, trader = trading_desk()
    record = Desk.__new__(Desk)
    record.__dict__.update(plain.__dict__)
    from longshore.engine.engine import Engine

    record.engine = Engine.restore(plain.engine.snapshot(), "jit")
    for args in (("buy", "0.05"), ("sell", "0.02", "61000")):
        assert shown(record, trader, *args) == shown(plain, trader, *args)


def test_perpetual_is_the_symbol_under_test():
    assert RULEBOOK.catalog.market(1).symbol == PERP
