"""Why was I liquidated: the parts add up to the atom and to the cent, whatever happened."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.engine.codes import Role, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import equity_atoms
from longshore.engine.rows import Event
from longshore.engine.state import wallet_slot
from longshore.explain import format as fmt
from longshore.explain.episode import Episode, NoLiquidationError
from longshore.explain.liquidation import deleveraged, liquidation
from longshore.explain.risk import liquidation as liquidation_price
from tests.explain.desk import ETHER, FLEX, RULEBOOK, Desk
from tests.explain.test_risk import opened

UNIT = 10**10


def told(desk, trader, last_ticks=0):
    assert desk.liquidated(trader)
    return liquidation(desk.events_of(trader), RULEBOOK, last_ticks)


def ticks_of(desk, trader):
    """The tick at or below the liquidation price."""
    return liquidation_price(desk.view, trader, 1).subticks // UNIT


def premium(desk):
    """What the mark stands above the index, in whole ticks."""
    return desk.view.markets[1].ema_subticks // UNIT


def check(story):
    """Parts, start and end agree in atoms and in the cents that are shown."""
    assert sum(part.amount_atoms for part in story.parts) == story.lost_atoms
    assert story.start_atoms - story.end_atoms == story.lost_atoms
    assert sum(map(cents, (part.amount for part in story.parts))) == cents(story.lost)
    assert cents(story.start) - cents(story.end) == cents(story.lost)
    assert sum(part.amount_atoms for part in story.put_in) == story.start_atoms


def cents(text):
    return Decimal(text.replace("$", "").replace(",", "")) * 100


def worth(desk, trader):
    return sum(equity_atoms(desk.view, wallet_slot(trader, kind)) for kind in range(1, 6))


def test_an_isolated_long_closed_whole():
    """LIQD-005, LIQD-009, LIQD-013, LIQD-014; T17, T19."""
    desk, trader = opened("buy", 10)
    desk.index("XBT", "55000", seconds=10)
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    story = told(desk, trader, last_ticks=54_500)
    check(story)
    [fill] = [e for e in desk.events if e.role == Role.UNWIND_BANKRUPT and e.pnl_atoms]
    back = fmt.money(story.end_atoms)
    assert story.sentences == [
        "At 12 Mar 2020 08:00:20 UTC your equity ($14.50) fell below the required $15.00. "
        f"The venue closed 0.05 BTC at {fill.price_ticks:,} for you (liquidation).",
        f"Where {story.lost} went: price $285.55, fees $1.50, liquidation {story.parts[2].amount}.",
        f"Of $301.55 you put in, {back} came back to you."
        if story.end_atoms
        else "Of $301.55 you put in, nothing came back.",
        "You were closed on the mark price, 54,299. The last trade was 54,500. "
        "This rule set uses the mark price so that one odd trade cannot close you.",
    ]
    assert 1000 * 10**8 - worth(desk, trader) == story.lost_atoms


def test_the_timeline_runs_from_the_opening_to_the_end():
    """UX-32."""
    desk, trader = opened("buy", 10)
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    texts = [moment.text for moment in told(desk, trader).timeline]
    assert texts[0] == "You bought 0.05 BTC at 60,010."
    assert texts[2] == "Equity $14.50 fell below the required $15.00 at mark 54,299."
    assert texts[3].startswith("Partial close: nothing to trade with at 54,0")
    assert texts[-1] == "Nothing is open any more."
    times = [moment.time_ms for moment in told(desk, trader).timeline]
    assert times == sorted(times)


def test_one_that_is_cured_and_falls_again_is_one_story():
    """LIQD-002: liquidations of the same position, told from the opening."""
    desk, trader = opened("buy", 10)
    for step in range(6):
        at = ticks_of(desk, trader)
        desk.quote(str(at - 30), str(at + 2000), "0.006")
        desk.index("XBT", at - 1, seconds=10)
        desk.withdraw_quotes()
        check(told(desk, trader))
        if step == 0:
            first = told(desk, trader)
    story = told(desk, trader)
    assert story.time == first.time
    assert story.lost_atoms > first.lost_atoms
    assert "began to close your position" in story.sentences[0]
    assert re.match(r"In \d liquidations until .* it closed 0\.0\d+ BTC at", story.sentences[1])
    assert sum("fell below" in moment.text for moment in story.timeline) > 1


def test_each_part_of_a_fall_tells_the_whole_of_it_and_nothing_of_the_next():
    """LIQD-002: what is asked for by one part is told to the last one."""
    desk, trader = opened("buy", 10)
    for _ in range(6):
        at = ticks_of(desk, trader)
        desk.quote(str(at - 30), str(at + 2000), "0.006")
        desk.index("XBT", at - 1, seconds=10)
        desk.withdraw_quotes()
    events = desk.events_of(trader)
    ends = [at for at, e in enumerate(events) if e.kind == EventKind.LIQUIDATION_ENDED]
    assert len(ends) > 1
    for end in ends:
        part = Episode(events[: end + 1], desk.catalog)
        assert end + 1 + len(part.further(events[end + 1 :])) == ends[-1] + 1
    anew = Event(kind=EventKind.TRADED, account_id=trader, wallet=part.wallet, side=Side.BUY)
    anew.market_id, anew.position_lots, anew.qty_lots = part.market_id, 5, 5
    assert part.further([anew, events[ends[0]]]) == []


def test_open_orders_that_end_are_told():
    """LIQD-003."""
    desk, trader = opened("buy", 10)
    desk.order(trader, "sell", "0.01", "70000", reduce_only=1)
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    texts = [moment.text for moment in told(desk, trader).timeline]
    assert "All open orders on the wallet ended." in texts


def test_a_cured_position_goes_on():
    """LIQD-002, LIQD-004: part closed, the rest counted as it stands."""
    desk, trader = opened("sell", 5)
    at = ticks_of(desk, trader)
    desk.quote(str(at - 20), str(at + 20), "3")
    desk.index("XBT", at + 200, seconds=10)
    story = told(desk, trader)
    check(story)
    assert "(partial liquidation)" in story.sentences[0]
    assert "is left; the position goes on" in story.sentences[2]
    assert 1000 * 10**8 - worth(desk, trader) == story.lost_atoms


def test_funding_has_its_part_and_moves_the_liquidation_price():
    """FUND-006: T19, and the price shown at the opening is no longer the one that acted."""
    desk, trader = opened("buy", 10)
    shown = ticks_of(desk, trader)
    desk.quote("60500", "60520", "1")
    for _ in range(3):
        desk.index("XBT", "60000", seconds=3600)
    desk.withdraw_quotes()
    desk.index("XBT", ticks_of(desk, trader) - premium(desk) - 100, seconds=1)
    story = told(desk, trader)
    check(story)
    parts = {part.key: part.amount_atoms for part in story.parts}
    paid = [e.funding_atoms for e in desk.events if e.account_id == trader
            and e.kind == EventKind.FUNDING_PAID]  # fmt: skip
    assert parts["funding"] == -sum(paid) > 0
    [moved] = [s for s in story.sentences if s.startswith("Costs after you opened")]
    old, new = (int(n.replace(",", "")) for n in re.findall(r"\d\d,\d{3}", moved))
    assert abs(old - shown) <= 1
    assert new > old


def test_collateral_sold_counts_as_put_in():
    """LEDG-008, MRGN-002: a cross wallet with bitcoin."""
    desk, trader = opened("buy", 0, dollars="100")
    desk.deposit(trader, "XBT", "0.01")
    desk.index("XBT", ticks_of(desk, trader) - 800, seconds=10)
    story = told(desk, trader)
    check(story)
    assert any(e.kind == EventKind.CONVERTED for e in desk.events)
    assert "Your wallet held" in story.sentences[2]


def test_two_markets_have_a_price_part_each():
    """LIQD-004: the flex wallet closes what has the most margin first."""
    desk, trader = opened("buy", 0, dollars="500")
    desk.quote("2999", "3001", symbol=ETHER)
    desk.order(trader, "buy", "1", symbol=ETHER)
    desk.withdraw_quotes()
    desk.index("ETH", "2900", seconds=1)
    desk.index("XBT", "50000", seconds=1)
    story = told(desk, trader)
    check(story)
    assert {p.label for p in story.parts} >= {"price of BTC", "price of ETH"}


def test_what_others_paid_is_a_part():
    """LIQD-008, LIQD-011: the pool pays what is worse than the zero-equity price."""
    desk, trader = opened("buy", 10)
    at = ticks_of(desk, trader)
    desk.quote(str(at - 600), str(at + 2000), "3")
    desk.index("XBT", at - 100, seconds=10)
    story = told(desk, trader)
    check(story)
    assert any(e.kind == EventKind.TRADED and e.role == Role.COVERED for e in desk.events)
    assert next(part for part in story.parts if part.key == "others").amount_atoms < 0


def test_added_margin_is_put_in():
    """MRGN-007: told as its own line, and no claim about a moved liquidation price."""
    from longshore.engine.commands import CommandKind

    desk, trader = opened("buy", 10)
    desk.run(
        CommandKind.TRANSFER,
        account_id=trader,
        asset_id=1,
        from_wallet=FLEX,
        to_wallet=3,
        amount_atoms=50 * 10**8,
    )
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    story = told(desk, trader)
    check(story)
    assert story.start == "$351.55"
    assert 1000 * 10**8 - worth(desk, trader) == story.lost_atoms


@pytest.mark.parametrize("eth_price", ["2900", "2000"])
def test_a_market_that_ended_is_part_of_the_story(eth_price):
    """LIFE-006, LIFE-009: at once where its loss is what liquidates, or long before."""
    desk, trader = opened("buy", 0, dollars="500", size="0.05")
    desk.quote("2999", "3001", symbol=ETHER)
    desk.order(trader, "buy", "0.5", symbol=ETHER)
    desk.withdraw_quotes()
    ether = desk.catalog.market(ETHER)
    price = ether.base.subticks(Decimal(eth_price))
    desk.time_us += 10 * 10**6
    desk.run(CommandKind.SETTLE_MARKET, market_id=ether.market_id, price_subticks=price)
    assert desk.liquidated(trader) == (eth_price == "2000")
    if not desk.liquidated(trader):
        desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    story = told(desk, trader)
    check(story)
    texts = [moment.text for moment in story.timeline]
    assert f"The market ended: 0.5 ETH was settled at {int(eth_price):,}.0." in texts


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["buy", "sell"]),
    st.sampled_from([0, 3, 10, 25]),
    st.integers(-900, 900),
    st.integers(0, 3_000),
    st.integers(0, 3),
)
def test_the_parts_add_up_whatever_the_book_and_the_price_do(side, leverage, away, wide, hours):
    """LEDG-001, LIQD-001 to LIQD-014 as they come."""
    desk, trader = opened(side, leverage, dollars="1000" if leverage else "300")
    desk.quote("60500", "60520", "1")
    for _ in range(hours):
        desk.index("XBT", "60000", seconds=3600)
    desk.withdraw_quotes()
    at = ticks_of(desk, trader)
    if wide:
        desk.quote(str(at - wide), str(at + wide), "0.03")
    desk.index("XBT", at + (-1000 if side == "buy" else 1000) + away, seconds=5)
    if desk.liquidated(trader):
        check(told(desk, trader))


def test_the_other_side_of_an_unwind_is_told_too():
    """LIQD-009; T20."""
    desk, trader = opened("buy", 10)
    desk.index("XBT", ticks_of(desk, trader) - 10, seconds=10)
    [event] = [
        e for e in desk.events if e.kind == EventKind.TRADED and e.role == Role.UNWIND_COUNTERPARTY
    ]
    text = deleveraged(event, RULEBOOK)
    px, kept = f"{event.price_ticks:,}", fmt.money(event.pnl_atoms)
    assert text.startswith(f"Your profitable short was reduced by 0.05 BTC at {px}")
    assert text.endswith(f"you kept {kept}.")


def test_without_a_liquidation_there_is_nothing_to_tell():
    desk = Desk()
    with pytest.raises(NoLiquidationError, match="LIQUIDATION_ENDED"):
        liquidation(desk.events, RULEBOOK)
