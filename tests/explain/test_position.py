"""The card of a position: the engine's figures, in words that say who pays whom."""

import re

import pytest

from longshore.engine.codes import OrderType, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms
from longshore.engine.state import wallet_slot
from longshore.explain.figures import figures
from longshore.explain.moves import Day, DayMoves
from longshore.explain.position import position
from tests.explain.desk import ETHER, PERP, RULEBOOK, Desk
from tests.explain.test_risk import move_mark, opened

MOVES = DayMoves(tuple(Day(fall_ppm=20_000 + 1_000 * n, rise_ppm=10_000) for n in range(90)))


def card(desk, trader, moves=None, symbol=PERP):
    return position(desk.view, RULEBOOK, trader, symbol, moves)


def test_a_long_is_told_whole():
    """UX-12, T5, T7, T12, T14: what you own, stake, liquidation, cost to hold, break-even."""
    desk, trader = opened("buy", 10)
    shown = card(desk, trader, MOVES)
    text = " ".join(shown.sentences)
    assert shown.sentences[0] == (
        "You own no BTC. You hold a contract worth $3,000.00, backed by $300.05 of practice money."
    )
    assert "You are down $0.50 before costs: 0.17% of your margin, 0.017% of the price." in text
    assert "If the mark price falls 9.5% ($5,691) to 54,309, the venue closes this for you" in text
    assert "about 1.5 typical daily moves, measured over 90 days" in text
    assert "BTC has moved that far against a long in one day on 15 of the last 90 days" in text
    assert "The price must reach 60,070 for you to end at zero: $1.50 in fees" in text
    assert "The most this position can take is its margin, $300.05" in text


def test_side_words_change_with_the_side():
    desk, trader = opened("sell", 10)
    text = " ".join(card(desk, trader).sentences)
    assert "a contract that gains when BTC falls" in text
    assert "If the mark price rises" in text
    assert "The price must come down to" in text


def test_card_sentences_and_trees_hold_the_same_strings():
    """UX-03."""
    desk, trader = opened("buy", 5)
    shown = card(desk, trader)
    text = " ".join(shown.sentences)
    for value in (shown.liquidation.price, shown.margin, shown.value, shown.break_even):
        assert value in text
    tree = {node.label: node for node in shown.trees}
    assert tree["Liquidation price"].value == shown.liquidation.price
    assert tree["Safety buffer left"].value == shown.buffer


def test_every_leaf_of_the_tree_leads_to_an_article_or_a_source():
    desk, trader = opened("buy", 0, dollars="1000")
    desk.deposit(trader, "XBT", "0.01")
    leaves, nodes = [], list(card(desk, trader).trees)
    while nodes:
        node = nodes.pop()
        nodes += node.inputs
        leaves += [] if node.inputs else [node]
    assert all(n.article or n.source for n in leaves)
    haircut = next(node for node in leaves if node.label == "Haircut of BTC")
    assert haircut.value == "1%"
    assert "unverified" in haircut.source
    rate = next(node for node in leaves if node.key == "tier-rate")
    assert (rate.value, "2026-09-25" in rate.source) == ("0.5%", True)


def test_break_even_is_where_closing_ends_at_zero():
    """FEES-001, FUND-006, MRGN-010: close there; the account has what it began with."""
    for side, way in (("buy", "sell"), ("sell", "buy")):
        desk, trader = opened(side, 10)
        held = figures(desk.view, trader, 1)
        ticks = (
            -(-held.break_even_subticks // 10**10)
            if side == "buy"
            else (held.break_even_subticks // 10**10)
        )
        desk.order(desk.maker, side, "0.05", str(ticks))
        desk.order(trader, way, "0.05", reduce_only=1)
        flex = settlement_atoms(desk.view, wallet_slot(trader, WalletKind.FLEX))
        assert 0 <= flex - 1000 * 10**8 <= 5_000_000 + 100


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_funding_is_told_in_money_and_paid_to_the_cent(side):
    """UX-18, T10, T11; FUND-004, FUND-005, FUND-006: the amount told is the amount paid."""
    desk, trader = opened(side, 10)
    desk.quote("60100", "60120", "1")
    for _ in range(3):
        desk.index("XBT", "60000", seconds=1200)
    held = figures(desk.view, trader, 1)
    assert (held.next_funding_atoms < 0) == (side == "buy")
    text = " ".join(card(desk, trader).sentences)
    assert ("you pay about" if side == "buy" else "you receive about") in text
    assert "because longs are paying shorts" in text
    until = held.next_funding_us - desk.time_us
    desk.index("XBT", "60000", seconds=until // 1_000_000)
    paid = [e for e in desk.events if e.kind == EventKind.FUNDING_PAID and e.account_id == trader]
    assert paid[-1].funding_atoms == held.next_funding_atoms != 0


def test_buffer_levels_change_the_words():
    """UX-16."""
    desk, trader = opened("buy", 10)
    held = figures(desk.view, trader, 1)
    at, mark = held.liquidation.subticks, held.mark_subticks
    seen = []
    for left in (80, 40, 20, 5):
        move_mark(desk, at + (mark - at) * left // 100)
        shown = card(desk, trader)
        seen.append(shown.buffer_level)
        assert abs(shown.buffer_ppm - left * 10_000) < 20
        assert re.search(rf"Safety buffer left: (only )?{left - 1}|{left}%", shown.sentences[2])
    assert seen == ["over-half", "under-half", "under-quarter", "under-tenth"]


def test_funding_alone_empties_the_buffer():
    """UX-16, LIQD-001: the price does not fall, funding is charged."""
    desk = Desk()
    desk.quote("60500", "60520", "1")
    desk.index("XBT", "60000", seconds=3600)
    trader = desk.account("1000")
    desk.leverage(trader, 10)
    desk.order(trader, "buy", "0.05")
    mark = desk.view.markets[1].mark_subticks
    left = []
    for _ in range(3):
        desk.index("XBT", "60000", seconds=3600)
        left.append(card(desk, trader).buffer_ppm)
    assert desk.view.markets[1].mark_subticks >= mark
    assert 1_000_000 > left[0] > left[1] > left[2]


def test_cross_says_the_whole_account_and_a_range():
    """T4, T8."""
    desk, trader = opened("buy", 0, dollars="1000")
    desk.quote("2999", "3001", symbol=ETHER)
    desk.order(trader, "buy", "1", symbol=ETHER)
    shown = card(desk, trader)
    text = " ".join(shown.sentences)
    assert "This position can use your whole account" in text
    low, high = shown.liquidation.range_low, shown.liquidation.range_high
    assert f"when BTC reaches somewhere between {low} and {high}" in text
    assert float(low.replace(",", "")) < float(high.replace(",", ""))


def test_no_liquidation_price_is_said_in_words():
    """T9: none is not zero."""
    desk, trader = opened("buy", 0, dollars="100000")
    shown = card(desk, trader)
    assert shown.liquidation.state == "none"
    assert "Price alone cannot close this position" in " ".join(shown.sentences)
    assert shown.liquidation.price == "none"


def test_without_a_position_there_is_no_card():
    desk = Desk()
    trader = desk.account("1000")
    desk.order(trader, "buy", "0.01", "59000", type=OrderType.POST_ONLY)
    assert card(desk, trader) is None
