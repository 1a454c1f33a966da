"""Wallets visited when the mark moves: a safe wallet must cost nothing.

Isolated: 10,000 and 100,000 accounts, each with one position of its own leverage. Cross: 10,000
accounts with 5 dollars, 3 in bitcoin, and positions of up to 210 dollars in three markets. The
index then moves by a thousandth of a percent at a time, too little to liquidate anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random

from benchmarks.engine import batches
from benchmarks.report import LESS, Aim, Report, seconds
from longshore import rulebooks
from longshore.engine.codes import OrderType, Origin, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.engine.rows import Command
from longshore.engine.state import position_slot

SYMBOLS = ("PF_XBTUSD", "PF_ETHUSD", "PF_SOLUSD")
PRICES_USD = (60_000, 3_000, 150)
SUBTICKS_PER_USD = 10**10
START_US = 1_790_000_000_000_000
STEP_US = 10
TICKS = 400
TICK_PPM = 10
OTHER_SIDE = ACCOUNTS_SYSTEM + 1
DEPOSIT_ATOMS = 5_000 * 10**8
THIN_ATOMS = 5 * 10**8
DEEP_ATOMS = 9 * 10**17
BITCOIN_ATOMS = 5_000
SMALL, LARGE = 10_000, 100_000


class Crowd:
    """A venue full of positions, built command by command."""

    def __init__(self, markets: int) -> None:
        rulebook = rulebooks.load("kraken")
        self.setup: Setup = rulebook.setup(list(SYMBOLS[:markets]))
        self.settlement = self.setup.settlement_asset_id
        self.engine = Engine(self.setup, mode="jit")
        self.seqs = count(1)
        self.random = Random(1)
        self.waiting: list[Command] = []

    def say(self, kind: CommandKind, **values: int) -> None:
        """Queue one command."""
        seq = next(self.seqs)
        time_us = START_US + seq * STEP_US
        self.waiting.append(
            Command(kind=kind, seq=seq, time_us=time_us, origin=Origin.USER, **values)
        )

    def apply(self) -> None:
        """Apply what is queued."""
        for batch in batches(self.waiting, 4_096):
            self.engine.apply(batch)
        self.waiting.clear()

    def deposit(self, account_id: int, asset_id: int, amount_atoms: int) -> None:
        """Money into the flex wallet."""
        self.say(
            CommandKind.DEPOSIT, account_id=account_id, asset_id=asset_id,
            to_wallet=WalletKind.FLEX, amount_atoms=amount_atoms,
        )  # fmt: skip

    def publish(self, market: int, price_subticks: int) -> None:
        """An index price of a market's base asset."""
        self.say(
            CommandKind.PUBLISH_INDEX, asset_id=self.setup.markets[market].base_asset_id,
            price_subticks=price_subticks, sources=5,
        )  # fmt: skip

    def order(self, account_id: int, market: int, side: Side, qty_lots: int) -> None:
        """A limit order near the index price, which the other side meets."""
        row = self.setup.markets[market]
        price_ticks = PRICES_USD[market] * SUBTICKS_PER_USD // row.tick_subticks
        self.say(
            CommandKind.PLACE_ORDER, account_id=account_id, market_id=row.market_id, side=side,
            type=OrderType.LIMIT, price_ticks=price_ticks, qty_lots=qty_lots,
        )  # fmt: skip

    def open(self) -> None:
        """Index prices, and one deep account that takes the other side of everybody."""
        self.say(CommandKind.CREATE_ACCOUNT)
        self.deposit(OTHER_SIDE, self.settlement, DEEP_ATOMS)
        for market in range(len(self.setup.markets)):
            self.publish(market, PRICES_USD[market] * SUBTICKS_PER_USD)
        self.apply()

    def trade(self, account_id: int, market: int, qty_lots: int) -> None:
        """The account gets a long or short position from the other side."""
        side = Side.BUY if account_id % 2 else Side.SELL
        self.order(OTHER_SIDE, market, Side.SELL if side == Side.BUY else Side.BUY, qty_lots)
        self.order(account_id, market, side, qty_lots)

    def positions(self) -> int:
        """How many users hold a position."""
        view, ids = self.engine.view, range(OTHER_SIDE + 1, self.engine.view.accounts_count + 1)
        markets = [row.market_id for row in self.setup.markets]
        slots = (position_slot(account_id, m) for account_id in ids for m in markets)
        return sum(view.positions[slot].qty_lots != 0 for slot in slots)


def isolated(accounts: int) -> Crowd:
    """Accounts with one isolated position each, at leverages from 2 to 20."""
    crowd = Crowd(markets=1)
    crowd.open()
    market_id = crowd.setup.markets[0].market_id
    for account_id in range(OTHER_SIDE + 1, OTHER_SIDE + 1 + accounts):
        crowd.say(CommandKind.CREATE_ACCOUNT)
        crowd.deposit(account_id, crowd.settlement, DEPOSIT_ATOMS)
        leverage_ppm = crowd.random.randint(2, 20) * 1_000_000
        crowd.say(CommandKind.SET_LEVERAGE, account_id=account_id, market_id=market_id,
                  leverage_ppm=leverage_ppm)  # fmt: skip
        crowd.trade(account_id, 0, crowd.random.randint(1, 20))
    crowd.apply()
    return crowd


def cross(accounts: int) -> Crowd:
    """Accounts with dollars and bitcoin as collateral, and positions in three markets."""
    crowd = Crowd(markets=3)
    crowd.open()
    bitcoin = crowd.setup.markets[0].base_asset_id
    for account_id in range(OTHER_SIDE + 1, OTHER_SIDE + 1 + accounts):
        crowd.say(CommandKind.CREATE_ACCOUNT)
        crowd.deposit(account_id, crowd.settlement, THIN_ATOMS)
        crowd.deposit(account_id, bitcoin, BITCOIN_ATOMS)
        for market in range(3):
            crowd.trade(account_id, market, crowd.random.randint(1, 20))
    crowd.apply()
    return crowd


def ticks(crowd: Crowd) -> tuple[float, float]:
    """Seconds and wallets visited for one small move of an index price, on average."""
    moves = [crowd.random.choice((-TICK_PPM, TICK_PPM)) for _ in range(TICKS)]
    prices = [usd * SUBTICKS_PER_USD for usd in PRICES_USD]
    for number, move_ppm in enumerate(moves):
        market = number % len(crowd.setup.markets)
        prices[market] += prices[market] // 1_000_000 * move_ppm
        crowd.publish(market, prices[market])
    before = crowd.engine.view.wallets_visited
    elapsed_s = seconds(crowd.apply)
    return elapsed_s / TICKS, (crowd.engine.view.wallets_visited - before) / TICKS


def measure() -> Report:
    """Costs and visits of a tick that liquidates nobody."""
    report = Report("Wallets visited on a mark tick that liquidates nobody")
    costs = {}
    crowds: dict[str, tuple[Callable[[int], Crowd], int]] = {
        "isolated": (isolated, SMALL), "isolated, ten times as many": (isolated, LARGE),
        "cross, three markets, bitcoin collateral": (cross, SMALL),
    }  # fmt: skip
    for name, (build, accounts) in crowds.items():
        crowd = build(accounts)
        costs[name], visited = ticks(crowd)
        share = 100 * visited / accounts
        aim = Aim(LESS, 1) if build is cross else None
        report.add(
            f"{name}: {accounts:,} accounts, {crowd.positions():,} positions",
            f"{costs[name] * 1e6:.3g} µs, {visited:.2f} visited", value=share, unit="%", aim=aim,
            bound_by="bounds too close to the prices",
        )  # fmt: skip
    small_s, large_s, _ = costs.values()
    report.add("100,000 isolated against 10,000", "", value=large_s / small_s, aim=Aim(LESS, 2),
               bound_by="depth of the ordered index and the processor's cache")  # fmt: skip
    return report
