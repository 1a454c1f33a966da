"""What the largest tables cost: a million positions, a full trigger book, a wallet of all markets.

The tables end at 131,072 accounts, 15 markets and 262,144 orders. A million isolated positions are
therefore those of 125,000 accounts in eight markets on one index, so that one price moves them all;
a wallet has 15 positions, not 50; the trigger book has 250,000 orders, not a million.
"""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks.engine import MORE, batches
from benchmarks.report import LESS, Aim, Report, seconds
from benchmarks.wallets import (
    DEEP_ATOMS,
    DEPOSIT_ATOMS,
    OTHER_SIDE,
    PRICES_USD,
    SUBTICKS_PER_USD,
    TICK_PPM,
    Crowd,
)
from longshore.engine.codes import OrderType, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.rows import Market

MARKETS = 8
SMALL, LARGE = 1_250, 125_000  # accounts, each with a position in every market
CALM, TIGHT = 10, 50  # leverages: the tight ones are near their end
TIGHT_ONES = 25  # half of them are long, in eight markets: 104 positions
TICKS, TURNS = 50, 15
FALL_PPM = -18_000  # ends those at 50, and does not reach the bounds of those at 10
BID_PPM = -19_000  # below the mark then, above what they can bear
WALLET_MARKETS = 15
DEPOSITS = 20_000
TRIGGERS, TRIGGERS_EACH = 250_000, 19_000
LEVERAGE_UNIT = 1_000_000
FIRST_SUBTICKS = PRICES_USD[0] * SUBTICKS_PER_USD


class Many(Crowd):
    """A venue of one perpetual in several markets, filled without objects for events."""

    skipped_us = 0

    def __init__(self, markets: int) -> None:
        super().__init__(markets=1)
        first = self.setup.markets[0]
        self.setup = replace(
            self.setup, markets=[Market.of(first.values()) for _ in range(markets)]
        )
        for market_id, row in enumerate(self.setup.markets, 1):
            row.market_id = market_id
        self.engine = Engine(self.setup, mode="jit")
        self.price_subticks = FIRST_SUBTICKS

    def open(self) -> None:
        """An index price, and one deep account that takes the other side of everybody."""
        self.say(CommandKind.CREATE_ACCOUNT)
        self.deposit(OTHER_SIDE, self.settlement, DEEP_ATOMS)
        self.publish(0, self.price_subticks)
        self.apply()

    def fill(self) -> None:
        """Apply what is queued, events thrown away."""
        memory = self.engine._memory
        for batch in batches(self.waiting, 4_096):
            memory.load_inbox(batch)
            while self.engine._run(memory.entry(), len(batch)) == MORE:
                memory.set_scalar("events_count", 0)
            memory.set_scalar("events_count", 0)
        self.waiting.clear()

    def order(
        self, account_id: int, market: int, side: Side, qty_lots: int, off_ppm: int = 0
    ) -> None:
        """A limit order at the first price, which the other side meets, or a part of it away."""
        row = self.setup.markets[market]
        price_subticks = FIRST_SUBTICKS // LEVERAGE_UNIT * (LEVERAGE_UNIT + off_ppm)
        self.say(
            CommandKind.PLACE_ORDER, account_id=account_id, market_id=row.market_id, side=side,
            type=OrderType.LIMIT, qty_lots=qty_lots,
            price_ticks=price_subticks // row.tick_subticks,
        )  # fmt: skip

    def join(self, account_id: int, leverage: int) -> None:
        """An account with an isolated position in every market."""
        self.say(CommandKind.CREATE_ACCOUNT)
        self.deposit(account_id, self.settlement, DEPOSIT_ATOMS)
        for market in range(len(self.setup.markets)):
            self.say(CommandKind.SET_LEVERAGE, account_id=account_id, market_id=market + 1,
                     leverage_ppm=leverage * LEVERAGE_UNIT)  # fmt: skip
            self.trade(account_id, market, 10)

    def later(self, us: int) -> None:
        """Time passes."""
        self.skipped_us += us
        self.say(CommandKind.ADVANCE_TIME)

    def say(self, kind: CommandKind, **values: int) -> None:
        """Queue one command."""
        super().say(kind, **values)
        self.waiting[-1].time_us += self.skipped_us

    def move(self, ppm: int) -> None:
        """Another index price: a mark tick of every market."""
        self.price_subticks += self.price_subticks // LEVERAGE_UNIT * ppm
        self.publish(0, self.price_subticks)


def crowd_of(accounts: int, tight: int = 0) -> Many:
    """A venue with so many accounts, the first of them at a leverage near its end."""
    crowd = Many(MARKETS)
    crowd.open()
    for number in range(accounts):
        crowd.join(OTHER_SIDE + 1 + number, TIGHT if number < tight else CALM)
        if len(crowd.waiting) > 100_000:
            crowd.fill()
    crowd.fill()
    return crowd


def tick_s(crowd: Many) -> float:
    """Seconds of the processor for one price that moves every mark and hits nobody."""
    for _ in range(TICKS):
        crowd.move(crowd.random.choice((-TICK_PPM, TICK_PPM)))
    return seconds(crowd.apply, time.process_time) / TICKS


def liquidating_s(crowd: Many) -> tuple[float, int]:
    """Seconds for one price that ends the tight ones, and how many wallets it ended."""
    for market in range(MARKETS):
        crowd.order(OTHER_SIDE, market, Side.BUY, 100 * TIGHT_ONES, BID_PPM)
    crowd.apply()
    crowd.move(FALL_PPM)
    events: list[int] = []
    command, crowd.waiting = crowd.waiting, []
    took = seconds(lambda: events.extend(e.kind for e in crowd.engine.apply(command)))
    return took, events.count(EventKind.LIQUIDATION_STARTED)


def funding_s(crowd: Many) -> float:
    """Seconds in compiled code for one settlement of every market's funding."""
    interval_us = crowd.setup.markets[0].funding_interval_us
    for _ in range(2):  # the first may set a rate
        crowd.later(interval_us)
        took = seconds(crowd.fill)
    return took


def wallet_s(markets: int) -> float:
    """Seconds for one deposit into a cross wallet with a position in each market."""
    crowd = Many(markets)
    crowd.open()
    account_id = OTHER_SIDE + 1
    crowd.say(CommandKind.CREATE_ACCOUNT)
    crowd.deposit(account_id, crowd.settlement, DEPOSIT_ATOMS)
    for market in range(markets):
        crowd.trade(account_id, market, 10)
    crowd.fill()
    for _ in range(DEPOSITS):
        crowd.deposit(account_id, crowd.settlement, 1)
    return seconds(crowd.fill) / DEPOSITS


def triggers_s() -> tuple[float, float]:
    """Seconds for a price that reaches no trigger of a full book, and for one that reaches all."""
    crowd = Many(1)
    crowd.open()
    row = crowd.setup.markets[0]
    middle = crowd.price_subticks // row.tick_subticks
    for number in range(TRIGGERS):
        account_id = OTHER_SIDE + 1 + number // TRIGGERS_EACH
        if number % TRIGGERS_EACH == 0:
            crowd.say(CommandKind.CREATE_ACCOUNT)
            crowd.deposit(account_id, crowd.settlement, DEPOSIT_ATOMS)
        crowd.say(
            CommandKind.PLACE_ORDER, account_id=account_id, market_id=row.market_id,
            side=Side.SELL, type=OrderType.STOP, qty_lots=1, reduce_only=1, signal=Signal.INDEX,
            trigger_ticks=middle - middle * (20 + number % 60) // 10_000,
        )  # fmt: skip
    crowd.fill()
    waiting = crowd.engine.view.orders_count
    assert waiting >= TRIGGERS, f"only {waiting:,} triggers were taken"
    calm = tick_s(crowd)
    crowd.move(FALL_PPM)
    return calm, seconds(crowd.fill)


def measure() -> Report:
    """Each with what bounds it."""
    report = Report("The largest tables", __doc__.partition("\n\n")[2].replace("\n", " ").strip())
    small, large = crowd_of(SMALL), crowd_of(LARGE, TIGHT_ONES)
    turns = [(tick_s(small), tick_s(large)) for _ in range(TURNS)]
    ticks = dict(zip((SMALL, LARGE), map(min, zip(*turns, strict=True)), strict=True))
    for accounts, took in ticks.items():
        report.add(f"a mark tick over {accounts * MARKETS:,} isolated positions, nobody hit",
                   f"{took * 1e6:.3g} µs")  # fmt: skip
    report.add("1,000,000 against 10,000", "", value=ticks[LARGE] / ticks[SMALL], aim=Aim(LESS, 2),
               bound_by="depth of the ordered index and the processor's cache")  # fmt: skip
    funding = funding_s(large)
    report.add("funding settled over 1,000,000 positions", f"{funding:.3g} s, "
               f"{funding / LARGE / MARKETS * 1e6:.3g} µs each; bound by a step, an event and a "
               "look at its wallet for each")  # fmt: skip
    took, ended = liquidating_s(large)
    report.add(f"a mark tick that liquidates {ended} of 1,000,000", f"{took * 1e3:.3g} ms; bound "
               "by the ladder and the match of each")  # fmt: skip
    one, all_ = wallet_s(1), wallet_s(WALLET_MARKETS)
    report.add(f"a wallet of {WALLET_MARKETS} positions looked at, against one of 1",
               f"{all_ * 1e6:.3g} µs a deposit, {(all_ - one) / (WALLET_MARKETS - 1) * 1e9:.3g} ns "
               "a position more; bound by its value and tiers", value=all_ / one)  # fmt: skip
    calm, jump = triggers_s()
    report.add(f"a trigger book of {TRIGGERS:,}: a tick that reaches none", f"{calm * 1e6:.3g} µs")
    report.add("a jump that reaches all", f"{jump:.3g} s, {jump / TRIGGERS * 1e6:.3g} µs each; "
               "bound by the order each becomes")  # fmt: skip
    return report
