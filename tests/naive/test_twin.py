"""The twin against numbers worked out by hand, most of them printed in Kraken's own examples."""

from __future__ import annotations

import pytest

from longshore.engine.codes import OrderType, Reject, Side, Signal, System, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from tests.naive import funding, liquidation, margin, prices
from tests.naive.venue import Twin
from tests.property.markets import (
    DOLLAR,
    DOLLAR_SUBTICKS,
    HOUR_US,
    PF_XBT,
    SPOT_XBT,
    USD,
    XBT,
    terms,
)

FLEX, CASH, ISO = WalletKind.FLEX, WalletKind.CASH, WalletKind.ISOLATED + PF_XBT
ALICE, BOB, CAROL = 16, 17, 18


class Desk:
    """Sends commands and remembers the sequence number."""

    def __init__(self) -> None:
        self.twin, self.seq, self.time_us = Twin(terms()), 0, 10 * HOUR_US

    def do(self, kind: CommandKind, **fields: int) -> Reject:
        """One command at the present time."""
        self.seq += 1
        row = Command(kind=kind, seq=self.seq, time_us=self.time_us, **fields)
        return self.twin.apply(row).reject

    def fund(self, account_id: int, dollars: int, wallet: int = FLEX) -> None:
        """A deposit."""
        self.do(
            CommandKind.DEPOSIT,
            account_id=account_id,
            asset_id=USD,
            to_wallet=wallet,
            amount_atoms=dollars * DOLLAR,
        )

    def index(self, dollars: int) -> None:
        """A price of XBT."""
        price = dollars * DOLLAR_SUBTICKS
        self.do(CommandKind.PUBLISH_INDEX, asset_id=XBT, price_subticks=price, sources=1)

    def order(self, account_id: int, side: int, lots: int, ticks: int, **more: int) -> Reject:
        """A limit order in the perpetual unless told otherwise."""
        fields = {"market_id": PF_XBT, "type": OrderType.LIMIT, **more}
        return self.do(
            CommandKind.PLACE_ORDER,
            account_id=account_id,
            side=side,
            qty_lots=lots,
            price_ticks=ticks,
            **fields,
        )

    def trade(self, lots: int, ticks: int) -> None:
        """Alice buys from Bob."""
        assert self.order(BOB, Side.SELL, lots, ticks) == Reject.NONE
        assert self.order(ALICE, Side.BUY, lots, ticks) == Reject.NONE

    def usd(self, account_id: int, wallet: int = FLEX) -> int:
        """A dollar balance in atoms."""
        return self.twin.balance(account_id, wallet, USD)


@pytest.fixture
def desk() -> Desk:
    """Three customers; Bob and Carol are rich; XBT at 84,000."""
    made = Desk()
    for _ in (ALICE, BOB, CAROL):
        made.do(CommandKind.CREATE_ACCOUNT)
    made.fund(BOB, 1_000_000)
    made.fund(CAROL, 1_000_000)
    made.index(84_000)
    return made


def set_mark(desk: Desk, dollars: int) -> None:
    """Moves the mark and leaves the index."""
    market = desk.twin.s.markets[PF_XBT]
    market.premium_cap_ppm = 10**6
    market.ema_subticks = dollars * DOLLAR_SUBTICKS - desk.twin.s.index_of(market)
    prices.set_mark(desk.twin.s, market)


def test_wallet_example(desk: Desk) -> None:
    """MRGN-002, MRGN-003: kraken.md 3.1, less its fee and funding."""
    desk.fund(ALICE, 5_000)
    coins = {"account_id": ALICE, "asset_id": XBT, "to_wallet": FLEX, "amount_atoms": 20_000_000}
    desk.do(CommandKind.DEPOSIT, **coins)
    desk.trade(10_000, 84_000)
    desk.fund(ALICE, 42)
    assert desk.order(ALICE, Side.BUY, 5_000, 82_000) == Reject.NONE
    set_mark(desk, 83_000)
    s, market = desk.twin.s, desk.twin.s.markets[PF_XBT]
    assert margin.equity(s, ALICE, FLEX) == 20_632 * DOLLAR
    assert margin.wallet_initial(s, ALICE, FLEX) == 1_250 * DOLLAR
    assert margin.maintenance(s, ALICE, market) == 420 * DOLLAR
    market.funding_index_parts = 12 * 10**9
    assert margin.equity(s, ALICE, FLEX) == 20_630 * DOLLAR + 80_000_000


@pytest.mark.parametrize(
    ("dollars", "below", "zero"), [(10_000, 74_420, 74_000), (2_000, 82_420, 82_000)]
)
def test_liquidation_prices(desk: Desk, dollars: int, below: int, zero: int) -> None:
    """LIQD-001, LIQD-006: kraken.md 4, long 1 BTC at 84,000."""
    desk.fund(ALICE, dollars + 42)
    desk.trade(10_000, 84_000)
    set_mark(desk, below)
    wallet, market = (ALICE, int(FLEX)), desk.twin.s.markets[PF_XBT]
    assert not liquidation.is_liquidatable(desk.twin.s, wallet)
    set_mark(desk, below - 1)
    assert liquidation.is_liquidatable(desk.twin.s, wallet)
    assert liquidation.zero_equity_ticks(desk.twin.s, wallet, market) == zero


def test_funding_example(desk: Desk) -> None:
    """FUND-002 to FUND-007: kraken.md 2.2; long 2 BTC pays 3.15 an hour, 1.3125 in 25 minutes."""
    desk.fund(ALICE, 100_000)
    market = desk.twin.s.markets[PF_XBT]
    desk.trade(20_000, 84_000)
    desk.twin.s.premiums[PF_XBT] = [15 * 10**10] * 3
    funding.close_interval(desk.twin.s, market)
    assert market.funding_rate_e18 == 18_750_000_000_000
    before = desk.usd(ALICE)
    desk.twin.s.funding_next[PF_XBT] += HOUR_US
    desk.twin.s.sample_next[PF_XBT] += HOUR_US * 2
    desk.time_us += 25 * 60 * 1_000_000
    desk.order(CAROL, Side.BUY, 20_000, 84_000)
    desk.order(ALICE, Side.SELL, 20_000, 84_000, reduce_only=1)
    assert desk.usd(ALICE) - before == -131_250_000 - 84 * DOLLAR
    assert (
        funding.accrued_parts(desk.twin.s, BOB, market, desk.time_us + 35 * 60 * 10**6)
        == 315 * 10**12
    )


def test_partial_then_cured(desk: Desk) -> None:
    """LIQD-004: kraken.md 4; at 82,419 a tenth is sold at 82,400, again until cured."""
    desk.fund(ALICE, 2_042)
    desk.trade(10_000, 84_000)
    desk.order(CAROL, Side.BUY, 10_000, 82_400)
    set_mark(desk, 82_419)
    desk.do(CommandKind.ADVANCE_TIME)
    position = desk.twin.s.positions[ALICE, PF_XBT]
    assert position.qty_lots == 9_000
    assert position.entry_atoms == 75_600 * DOLLAR
    # 2,000 less 160 lost on a tenth less the taker fee of 4.12
    assert desk.usd(ALICE) == 1_840 * DOLLAR - 412_000_000


def test_bankrupt_is_unwound(desk: Desk) -> None:
    """LIQD-009, LIQD-011: with an empty book the seller is closed at the zero-equity price."""
    desk.fund(ALICE, 2_042)
    desk.trade(10_000, 84_000)
    desk.index(80_000)
    assert desk.twin.s.positions[ALICE, PF_XBT].qty_lots == 0
    assert desk.usd(ALICE) == 0
    assert desk.usd(BOB) == 1_000_000 * DOLLAR - 1_680_000_000 + 2_000 * DOLLAR
    assert desk.twin.clearing_balance(PF_XBT) == 0


def test_isolated_life(desk: Desk) -> None:
    """MRGN-007: margin and fee leave the flex wallet with the order, come back with the close."""
    desk.fund(ALICE, 10_000)
    lever = {"account_id": ALICE, "market_id": PF_XBT, "leverage_ppm": 10_000_000}
    assert desk.do(CommandKind.SET_LEVERAGE, **lever) == Reject.NONE
    desk.order(ALICE, Side.BUY, 10_000, 80_000)
    assert desk.usd(ALICE, ISO) == 8_000 * DOLLAR + 40 * DOLLAR
    desk.order(BOB, Side.SELL, 10_000, 80_000)
    assert desk.usd(ALICE, ISO) == 8_000 * DOLLAR
    assert desk.usd(ALICE) == 2_000 * DOLLAR - 16 * DOLLAR
    desk.order(BOB, Side.BUY, 5_000, 82_000)
    desk.order(ALICE, Side.SELL, 5_000, 0, type=OrderType.MARKET, reduce_only=1)
    assert desk.usd(ALICE, ISO) == 4_000 * DOLLAR
    assert desk.usd(ALICE) == 1_984 * DOLLAR + 5_000 * DOLLAR - 2_050_000_000
    lever["leverage_ppm"] = 0
    assert desk.do(CommandKind.SET_LEVERAGE, **lever) == Reject.HAS_OPEN_RISK


def test_stop_and_target_are_linked(desk: Desk) -> None:
    """ORDR-009, ORDR-010: the stop fires at the mark, the target ends."""
    desk.fund(ALICE, 20_000)
    desk.trade(10_000, 84_000)
    leg = {"reduce_only": 1, "signal": Signal.MARK}
    stop = {"type": OrderType.STOP, "trigger_ticks": 83_000, **leg}
    target = {"type": OrderType.TAKE_PROFIT, "trigger_ticks": 90_000, **leg}
    desk.order(ALICE, Side.SELL, 10_000, 0, **stop)
    linked = desk.twin.resting()[0].order_id
    assert desk.order(ALICE, Side.SELL, 10_000, 0, linked_id=linked, **target) == Reject.NONE
    desk.order(CAROL, Side.BUY, 10_000, 83_000)
    desk.index(82_999)
    assert desk.twin.s.positions[ALICE, PF_XBT].qty_lots == 0
    assert desk.twin.resting() == []


def test_spot_hold(desk: Desk) -> None:
    """ORDR-017: what a buy keeps; what the better price did not need is free again."""
    desk.fund(ALICE, 10_000, CASH)
    coins = {"account_id": BOB, "asset_id": XBT, "to_wallet": CASH, "amount_atoms": 10**8}
    desk.do(CommandKind.DEPOSIT, **coins)
    assert (
        desk.order(ALICE, Side.BUY, 1_000, 996_016, market_id=SPOT_XBT) == Reject.INSUFFICIENT_FUNDS
    )
    desk.order(BOB, Side.SELL, 1_000, 800_000, market_id=SPOT_XBT)
    desk.order(ALICE, Side.BUY, 1_000, 990_000, market_id=SPOT_XBT)
    assert desk.usd(ALICE, CASH) == 2_000 * DOLLAR - 32 * DOLLAR
    assert desk.usd(BOB, CASH) == 8_000 * DOLLAR - 20 * DOLLAR
    assert desk.twin.balance(System.VENUE, FLEX, USD) == 52 * DOLLAR
