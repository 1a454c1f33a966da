"""Random states of accounts: every kind of contract, isolated, cross and hedge, under rulebooks.

A world is an engine under a rulebook with some markets, a rich maker, and one trader whose account
is changed again and again: coins as collateral, leverage, orders that fill and orders that rest,
prices and time that move on. Whatever is refused changes nothing, and the next state is as good.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from longshore import rulebooks
from longshore.engine.codes import Leg, MarketKind, OrderType, Side, System, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.legs import places
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Command
from longshore.engine.state import State, position_slot
from longshore.rulebooks import Rulebook

SECOND = 1_000_000
START_US = 1_790_000_000 * SECOND
PRICES = {"XBT": "60000", "ETH": "3000", "SOL": "150", "DOGE": "0.2"}
DEEP = Decimal(3_000_000)


@dataclass(frozen=True)
class Given:
    """One state, and whose account in it is looked at."""

    view: State
    rulebook: Rulebook
    account_id: int
    name: str

    def held(self) -> list[int]:
        """The places where the account holds a position."""
        last = int(places(self.view, self.account_id))
        return [place for place in range(1, last + 1) if self.lots(place)]

    def lots(self, place: int) -> int:
        """What it holds there."""
        number = place % MARKETS_MAX
        if number > self.view.markets_count or not number:
            return 0
        if self.view.markets[number].kind == MarketKind.SPOT:
            return 0
        return int(self.view.positions[position_slot(self.account_id, place)].qty_lots)


WORLDS = {
    "kraken-2026-09": ("PF_XBTUSD", "PF_ETHUSD", "FF_XBTUSD_261225", "XBT/USD"),
    "kraken-inverse-2026-09": (),
    "bitmex-2026-11": (),
    "binance-usdm-2026-11": (),
    "hyperliquid-2026-11": (),
    "dydx-v4-2026-11": (),
    "deribit-2026-11": (),
    "okx-swap-2026-11": (),
}
"""By id of a rulebook the markets that are traded; none: its first ones."""
MARKETS = 4


def rulebook_of(name: str) -> Rulebook:
    """A rulebook with few markets, so that a state is soon made."""
    full = rulebooks.load(name)
    wanted = WORLDS[name] or spread(full)
    return full.only(wanted)


def spread(rulebook: Rulebook) -> list[str]:
    """Some markets of each kind that there is."""
    kinds: dict[tuple[int, bool], list[str]] = {}
    for symbol, info in rulebook.catalog.markets.items():
        if info.kind != MarketKind.SPOT and info.base.symbol in PRICES:
            kinds.setdefault((int(info.kind), info.is_in_coins), []).append(symbol)
    found = [symbol for symbols in kinds.values() for symbol in symbols[:2]]
    return found[:MARKETS]


class World:
    """An engine that is pushed from one state to the next by chance."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.rulebook = rulebook_of(name)
        self.catalog = self.rulebook.catalog
        self.random = random.Random(f"{name} {seed}")
        self.engine = Engine(self.rulebook.setup(), mode="plain")
        self.time_us, self.seq = START_US, 0
        self.price = {
            symbol: Decimal(PRICES[symbol])
            for symbol, asset in self.catalog.assets.items()
            if symbol in PRICES and not asset.is_settlement
        }
        for account_id in (System.CONVERSION, System.POOL):
            self.deposit(account_id, self.catalog.settlement.symbol, Decimal(10**6))
        self.maker = self.account(Decimal(10**8))
        self.deposit(self.maker, self.catalog.settlement.symbol, Decimal(10**8), WalletKind.CASH)
        self.publish()
        self.fund_in_coins(self.maker, 10**8)

    def states(self, count: int) -> Iterator[Given]:
        """So many states in which the trader holds something."""
        while count:
            trader = self.trader()
            for _ in range(self.random.randint(4, 9)):
                self.push(trader)
            given = Given(self.engine.view, self.rulebook, trader, self.name)
            if given.held():
                count -= 1
                yield given

    def trader(self) -> int:
        """A new account, some of them in hedge mode, with dollars and with coins."""
        trader = self.account(Decimal(self.random.choice([2_000, 20_000, 200_000])))
        if self.random.random() < 0.6:
            self.run(CommandKind.SET_POSITION_MODE, account_id=trader, value=1)
        self.deposit(trader, self.catalog.settlement.symbol, Decimal(5_000), WalletKind.CASH)
        for symbol in self.price:
            if self.random.random() < 0.5:
                self.deposit(trader, symbol, self.worth(symbol, 3_000))
        self.fund_in_coins(trader, 30_000)
        return trader

    def fund_in_coins(self, account_id: int, dollars: int) -> None:
        """So many dollars' worth into the wallet of each coin that a market settles in."""
        for symbol in {info.settle.symbol for info in self.catalog.margined if info.is_in_coins}:
            wallet = WalletKind.COIN + self.catalog.asset(symbol).asset_id
            self.deposit(account_id, symbol, self.worth(symbol, dollars), wallet)

    def worth(self, symbol: str, dollars: int) -> Decimal:
        """So many dollars' worth of a coin."""
        return (dollars / self.price[symbol]).quantize(Decimal("0.0001"))

    def push(self, trader: int) -> None:
        """One thing happens."""
        symbol = self.random.choice(list(self.catalog.markets))
        kinds = [self.lever, self.take, self.take, self.rest, self.move, self.wait]
        self.random.choice(kinds)(trader, symbol)

    def lever(self, trader: int, symbol: str) -> None:
        leverage = self.random.choice([0, 2, 5, 10, 25])
        self.run(
            CommandKind.SET_LEVERAGE,
            account_id=trader,
            market_id=self.catalog.market(symbol).market_id,
            leverage_ppm=leverage * 1_000_000,
        )

    def take(self, trader: int, symbol: str) -> None:
        """The trader takes from a book that the maker fills."""
        side = self.random.choice([Side.BUY, Side.SELL])
        other = Side.SELL if side == Side.BUY else Side.BUY
        for step in (5, 8):
            self.order(self.maker, symbol, other, OrderType.LIMIT, step, DEEP / 1_000)
        dollars = Decimal(self.random.choice([50, 500, 4_000, 40_000]))
        self.order(trader, symbol, side, OrderType.IOC, 60, dollars)
        self.run(CommandKind.CANCEL_ALL, account_id=self.maker)

    def rest(self, trader: int, symbol: str) -> None:
        """An order of the trader that waits in the book."""
        side = self.random.choice([Side.BUY, Side.SELL])
        dollars = Decimal(self.random.choice([50, 900]))
        self.order(trader, symbol, side, OrderType.LIMIT, -80, dollars)

    def order(
        self, account_id: int, symbol: str, side: int, kind: int, step: int, dollars: Decimal
    ) -> None:
        """An order some ten-thousandths of the price beyond the price, toward the other side."""
        info = self.catalog.market(symbol)
        price = self.price[info.base.symbol]
        toward = step if side == Side.BUY else -step
        if account_id == self.maker:
            toward = step if side == Side.SELL else -step
        ticks = round(price * (1 + Decimal(toward) / 10_000) / info.tick_size)
        each = info.contract_value if info.is_inverse else price * info.contract_value
        if info.is_in_coins and not info.is_inverse:
            each *= self.price[info.settle.symbol]
        lots = max(1, round(dollars / each / info.lot_size))
        hedged = self.engine.view.accounts[account_id].hedged
        opens = Leg.LONG if side == Side.BUY else Leg.SHORT
        leg = self.random.choice([opens, opens, Leg.LONG, Leg.SHORT]) if hedged else Leg.ONE_WAY
        self.run(
            CommandKind.PLACE_ORDER,
            account_id=account_id,
            market_id=info.market_id,
            side=side,
            type=kind,
            qty_lots=lots,
            price_ticks=ticks,
            leg=leg if info.is_margined else Leg.ONE_WAY,
        )

    def move(self, _: int, symbol: str) -> None:
        """The price of a coin moves by up to three percent."""
        base = self.catalog.market(symbol).base.symbol
        self.price[base] *= 1 + Decimal(self.random.randint(-300, 300)) / 10_000
        self.publish()

    def wait(self, _: int, __: str) -> None:
        """Some seconds pass; now and then an hour ends."""
        self.time_us += self.random.choice([1, 7, 40]) * SECOND
        self.publish()

    def publish(self) -> None:
        self.time_us += SECOND
        for symbol, price in self.price.items():
            asset = self.catalog.asset(symbol)
            step = Decimal(1).scaleb(-min(asset.price_decimals, 6))
            self.run(
                CommandKind.PUBLISH_INDEX,
                asset_id=asset.asset_id,
                price_subticks=asset.subticks(price.quantize(step)),
                sources=3,
            )

    def account(self, dollars: Decimal) -> int:
        [event] = self.run(CommandKind.CREATE_ACCOUNT)
        self.deposit(int(event.account_id), self.catalog.settlement.symbol, dollars)
        return int(event.account_id)

    def deposit(
        self, account_id: int, symbol: str, amount: Decimal, wallet: int = WalletKind.FLEX
    ) -> None:
        info = self.catalog.asset(symbol)
        self.run(
            CommandKind.DEPOSIT,
            account_id=account_id,
            asset_id=info.asset_id,
            to_wallet=wallet,
            amount_atoms=info.atoms(amount),
        )

    def run(self, kind: CommandKind, **fields: int) -> list:
        self.seq += 1
        command = Command(kind=kind, seq=self.seq, time_us=self.time_us, origin=1, **fields)
        return self.engine.apply([command])


def states(count: int, seed: int = 5) -> Iterator[Given]:
    """So many states, spread over all worlds; each is to be looked at before the next is made."""
    for number, name in enumerate(WORLDS):
        share = count // len(WORLDS) + (number < count % len(WORLDS))
        if share:
            yield from World(name, seed).states(share)
