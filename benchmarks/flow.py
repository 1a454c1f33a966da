"""The canonical flow: what every benchmark of the engine is run on.

One linear perpetual (PF_XBTUSD), 10,000 accounts in cross margin, about

    50 %  limit orders that rest near the touch (thinly at it, more densely behind)
    40 %  cancels of one's own resting orders
     7 %  limit orders that take, through 1 to 5 price levels
     3 %  amendments: half shrink in place, half move to another price

over a steady number of resting orders: 5,000, or 100,000 when asked. Every thousandth command
publishes an index price; in a falling market every hundredth does, 0.005 % lower each time, and
nine takers in ten sell. Full margin check, fees, ledger and events. The generator keeps a bare book
beside it, so that it knows whose orders rest where; a given seed gives the same commands on every
machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.bare_book import BUY, SELL, BareBook
from longshore import rulebooks
from longshore.engine.codes import OrderType, Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import ACCOUNTS_SYSTEM, ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Command

SYMBOL = "PF_XBTUSD"
PRICE_USD = 60_000
SUBTICKS_PER_USD = 10**10
DEPOSIT_ATOMS = 500_000 * 10**8
STEP_US = 200
START_US = 1_790_000_000_000_000
LEVELS_WEIGHTS = (60, 20, 10, 6, 4)
QTY_MAX_LOTS = 100


@dataclass(frozen=True)
class Shape:
    """What flow to make."""

    commands: int = 100_000
    accounts: int = 10_000
    resting: int = 5_000
    falling: bool = False
    seed: int = 1


@dataclass
class Flow:
    """The commands of one run: `opening` builds accounts and book, `commands` are measured."""

    setup: Setup
    opening: list[Command] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)


class Generator:
    """Draws commands; the bare book beside it says what rests."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.random = Random(shape.seed)
        self.book = BareBook()
        self.owners: dict[int, int] = {}
        self.known: list[int] = []
        self.seq = 0
        self.rulebook = rulebooks.load("kraken")
        self.setup = self.rulebook.setup([SYMBOL])
        market = self.setup.markets[0]
        self.market_id, self.base_asset_id = market.market_id, market.base_asset_id
        self.index_subticks = PRICE_USD * SUBTICKS_PER_USD
        self.tick_subticks = market.tick_subticks
        self.width_ticks = self.middle_ticks // (30 if shape.resting > 10_000 else 120)

    @property
    def middle_ticks(self) -> int:
        """The price around which orders are placed: the index."""
        return self.index_subticks // self.tick_subticks

    def command(self, kind: CommandKind, **values: int) -> Command:
        """The next command in sequence."""
        self.seq += 1
        time_us = START_US + self.seq * STEP_US
        return Command(
            kind=kind, seq=self.seq, time_us=time_us, origin=Origin.USER, **values
        )  # fmt: skip

    def account(self, taker: bool) -> int:
        """One account in five only takes, so that nobody meets his own order."""
        drawn = self.random.randrange(self.shape.accounts // 5)
        return ACCOUNTS_SYSTEM + 1 + drawn * 5 + (0 if taker else self.random.randrange(1, 5))

    def open_account(self) -> list[Command]:
        """An account and its half a million dollars of practice money, in the flex wallet."""
        account_id = ACCOUNTS_SYSTEM + 1 + self.seq // 2
        return [
            self.command(CommandKind.CREATE_ACCOUNT),
            self.command(
                CommandKind.DEPOSIT, account_id=account_id, to_wallet=WalletKind.FLEX,
                asset_id=self.setup.settlement_asset_id, amount_atoms=DEPOSIT_ATOMS,
            ),
        ]  # fmt: skip

    def publish(self) -> Command:
        """An index price: a small random step, or one down in a falling market."""
        ppm = -50 if self.shape.falling else self.random.randrange(-50, 51)
        self.index_subticks += self.index_subticks // 1_000_000 * ppm
        return self.command(
            CommandKind.PUBLISH_INDEX, asset_id=self.base_asset_id, sources=5,
            price_subticks=self.index_subticks,
        )  # fmt: skip

    def order(self, account_id: int, side: int, price_ticks: int, qty_lots: int) -> Command:
        """A limit order, placed in the bare book too."""
        made = self.command(
            CommandKind.PLACE_ORDER, account_id=account_id, market_id=self.market_id, side=side,
            type=OrderType.LIMIT, price_ticks=price_ticks, qty_lots=qty_lots,
        )  # fmt: skip
        order_id = made.seq * ORDER_IDS_PER_COMMAND
        self.book.place(order_id, side, price_ticks, qty_lots)
        if order_id in self.book.places:
            self.owners[order_id] = account_id
            self.known.append(order_id)
        return made

    def add(self) -> Command:
        """An order that rests: never at or through the opposite best."""
        side = self.random.choice((BUY, SELL))
        price_ticks = self.resting_price_ticks(side)
        qty_lots = self.random.randint(1, QTY_MAX_LOTS)
        return self.order(self.account(taker=False), side, price_ticks, qty_lots)

    def resting_price_ticks(self, side: int) -> int:
        """Behind the index: the square root makes the book thin at the touch."""
        off_ticks = 1 + int(self.width_ticks * self.random.random() ** 0.5)
        best_ask, best_bid = self.book.best_ticks(SELL), self.book.best_ticks(BUY)
        if side == BUY:
            price_ticks = self.middle_ticks - off_ticks
            return min(price_ticks, best_ask - 1) if best_ask else price_ticks
        return max(self.middle_ticks + off_ticks, best_bid + 1)

    def take(self) -> Command:
        """An order that takes 1 to 5 whole levels."""
        side = BUY if self.random.random() < (0.1 if self.shape.falling else 0.5) else SELL
        other = SELL if side == BUY else BUY
        levels = self.random.choices(range(1, 6), LEVELS_WEIGHTS)[0]
        keys = self.book.prices[other][:levels]
        if not keys:
            return self.add()
        qty_lots = sum(sum(self.book.levels[other][key].values()) for key in keys)
        return self.order(self.account(taker=True), side, abs(keys[-1]), qty_lots)

    def resting_order(self) -> int:
        """A random order that still rests, 0 if none does."""
        while self.known:
            at = self.random.randrange(len(self.known))
            order_id = self.known[at]
            if order_id in self.book.places:
                return order_id
            self.known[at] = self.known[-1]
            self.known.pop()
        return 0

    def cancel(self) -> Command:
        """An owner's cancel."""
        order_id = self.resting_order()
        if not order_id:
            return self.add()
        self.book.cancel(order_id)
        return self.command(
            CommandKind.CANCEL_ORDER, account_id=self.owners[order_id], order_id=order_id
        )

    def amend(self) -> Command:
        """Half shrink in place, half move one tick away from the touch."""
        order_id = self.resting_order()
        if not order_id:
            return self.add()
        side, key = self.book.places[order_id]
        price_ticks, qty_lots = abs(key), self.book.qty_lots(order_id)
        if qty_lots > 1 and self.random.random() < 0.5:
            qty_lots -= 1
        else:
            price_ticks += -1 if side == BUY else 1
        self.book.amend(order_id, price_ticks, qty_lots)
        return self.command(
            CommandKind.AMEND_ORDER, account_id=self.owners[order_id], order_id=order_id,
            price_ticks=price_ticks, qty_lots=qty_lots,
        )  # fmt: skip

    def draw(self) -> Command:
        """One command of the mix; adds and cancels lean toward the steady number."""
        if self.seq % (100 if self.shape.falling else 1_000) == 0:
            return self.publish()
        lean = 10 * (self.shape.resting - len(self.book.places)) // self.shape.resting
        weights = (50 + 5 * lean, 40 - 5 * lean, 7, 3)
        return self.random.choices((self.add, self.cancel, self.take, self.amend), weights)[0]()

    def opening(self) -> list[Command]:
        """Accounts, a first price, and as many orders as shall rest."""
        accounts = [c for _ in range(self.shape.accounts) for c in self.open_account()]
        return [*accounts, self.publish(), *(self.add() for _ in range(self.shape.resting))]


def make(shape: Shape) -> Flow:
    """The flow of a shape."""
    generator = Generator(shape)
    opening = generator.opening()
    return Flow(generator.setup, opening, [generator.draw() for _ in range(shape.commands)])


def run_bare(book: BareBook, commands: list[Command]) -> None:
    """The same flow through the bare book."""
    for command in commands:
        if command.kind == CommandKind.PLACE_ORDER:
            order_id = command.seq * ORDER_IDS_PER_COMMAND
            book.place(order_id, command.side, command.price_ticks, command.qty_lots)
        elif command.kind == CommandKind.CANCEL_ORDER:
            book.cancel(command.order_id)
        elif command.kind == CommandKind.AMEND_ORDER:
            book.amend(command.order_id, command.price_ticks, command.qty_lots)
