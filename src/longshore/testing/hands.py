"""What the test does to the market, as commands of the operator and of one house account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from longshore.engine.codes import MarketState, OrderType, Origin, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.explain.outcomes import refused
from longshore.practice.trial import refusal_of
from longshore.rulebooks import Catalog, MarketInfo
from longshore.venue.station import Station
from longshore.venue.views import open_orders
from longshore.venue.welcome import open_account

MINUTE_US = 60_000_000
SECOND_US = 1_000_000
HOUSE = "house"
HOUSE_USD = 100_000_000
"""What the house brings in of everything, in dollars."""
LEVELS = 5
APART_PPM = 100  # from the index to the best quote, and from one quote to the next
PPM = 1_000_000
QUOTE_USD = 100_000
"""How much it shows at each price."""


class TestingError(Exception):
    """What the test asked of the venue cannot be; the message says why."""

    __test__ = False  # its name begins like a test's


class Hands:
    """Acts on one venue, in the venue's own thread."""

    def __init__(self, station: Station) -> None:
        """Of a station whose clock is paused; `open` makes the house."""
        self.station = station
        self.venue = station.venue
        self.house_id = 0
        self.seen: list[Event] = []
        """What has happened since the last call of `look`."""
        station.venue.sequencer.on_commit(lambda batch: self.seen.extend(batch.events))

    @property
    def catalog(self) -> Catalog:
        """Symbols and units."""
        return self.venue.catalog

    @property
    def view(self) -> State:
        """The engine's state as it stands."""
        return self.venue.view

    def market(self, symbol: str) -> MarketInfo:
        """A market of this world. Raises TestingError."""
        if symbol not in self.catalog.markets:
            offered = ", ".join(self.catalog.markets)
            raise TestingError(f"no market {symbol!r}; this venue has {offered}")
        return self.catalog.market(symbol)

    async def open(self) -> None:
        """Let prices come, make the house and let it quote."""
        await self.step(2)
        self.house_id = await open_account(self.venue, HOUSE)
        for asset_id, wallet in self._house_wallets():
            asset = self.catalog.asset(asset_id)
            price = self.index_of(asset_id) or Decimal(1)
            await self.deposit(self.house_id, asset.symbol, HOUSE_USD / price, wallet)
        for symbol in self.catalog.markets:
            await self.quote(symbol)

    def _house_wallets(self) -> list[tuple[int, int]]:
        wanted: dict[tuple[int, int], None] = {}
        for market in self.catalog.markets.values():
            if not market.is_margined:
                wanted[market.base.asset_id, int(WalletKind.CASH)] = None
                wanted[market.quote.asset_id, int(WalletKind.CASH)] = None
            elif market.is_in_coins:
                wanted[market.settle.asset_id, WalletKind.COIN + market.settle.asset_id] = None
            else:
                wanted[market.settle.asset_id, int(WalletKind.FLEX)] = None
        return list(wanted)

    def index_of(self, asset_id: int) -> Decimal:
        """The index of an asset; 0 where it has none."""
        asset = self.catalog.asset(asset_id)
        return asset.price(int(self.view.assets[asset_id].index_subticks))

    def price_of(self, symbol: str) -> Decimal:
        """The mark of a contract; of a spot market, which has none, the index."""
        market = self.market(symbol)
        if not market.is_margined:
            return self.index_of(market.base.asset_id)
        return market.mark(int(self.view.markets[market.market_id].mark_subticks))

    async def step(self, seconds: int = 1) -> None:
        """Let world time pass, second by second, and all that falls due."""
        for _ in range(seconds):
            self.station.world.clock.step(SECOND_US)
            await self.submit(Command(kind=CommandKind.ADVANCE_TIME))

    async def submit(self, command: Command) -> list[Event]:
        """Carry out one command; its events, a refusal among them."""
        command.origin = command.origin or Origin.OPERATOR
        [events] = await self.venue.submit([command])
        return events

    async def command(self, command: Command) -> list[Event]:
        """One that must be carried out. Raises TestingError."""
        events = await self.submit(command)
        reject = refusal_of(events)
        if reject != Reject.NONE:
            raise TestingError(f"{reject.name}: {refused(reject)}")
        return events

    async def deposit(
        self, account_id: int, symbol: str, amount: Decimal, wallet: int = WalletKind.FLEX
    ) -> None:
        """Practice money for an account, cut to whole atoms."""
        asset = self.catalog.asset(symbol)
        atoms = int(amount.scaleb(asset.decimals))
        await self.command(
            Command(
                kind=CommandKind.DEPOSIT,
                account_id=account_id,
                asset_id=asset.asset_id,
                to_wallet=wallet,
                amount_atoms=atoms,
            )
        )

    async def publish(self, symbol: str, index: Decimal) -> None:
        """A new index of a market's coin, which stays until the next."""
        asset = self.market(symbol).base
        subticks = int(index.scaleb(asset.price_decimals))
        if subticks <= 0:
            raise TestingError(f"{symbol}: an index is above zero, not {index}")
        await self.command(
            Command(
                kind=CommandKind.PUBLISH_INDEX,
                asset_id=asset.asset_id,
                price_subticks=subticks,
                sources=5,
            )
        )

    async def set_state(self, symbol: str, state: MarketState) -> None:
        """Halt a market, or let it go on."""
        market_id = self.market(symbol).market_id
        await self.command(
            Command(kind=CommandKind.SET_MARKET_STATE, market_id=market_id, value=state)
        )

    async def plan_maintenance(self, times: tuple[int, int, int, int], reason: str) -> int:
        """Minutes of it, until it, before it and after it; its number."""
        down_us, ahead_us, closing_us, opening_us = (each * MINUTE_US for each in times)
        at_us = self.venue.now_us + max(ahead_us, closing_us)
        command = Command(
            kind=CommandKind.PLAN_DOWNTIME,
            origin=Origin.OPERATOR,
            value=at_us if ahead_us else 0,
            expire_us=at_us + down_us,
            other_value=closing_us,
            number=opening_us,
        )
        [events] = await self.venue.submit([command], {0: reason})
        if refusal_of(events) != Reject.NONE:
            raise TestingError(f"{refusal_of(events).name}: {refused(refusal_of(events))}")
        return int(events[0].type)

    async def end_maintenance(self, number: int) -> None:
        """Raises TestingError where there is none of this number any more."""
        await self.command(Command(kind=CommandKind.CALL_OFF_DOWNTIME, value=number))

    async def quote(self, symbol: str) -> list[Event]:
        """Replace the house's quotes by a ladder around the index; what came of them."""
        await self.unquote(symbol)
        commands = list(self._ladder(self.market(symbol)))
        made = await self.venue.submit(commands)
        return [event for events in made for event in events]

    async def unquote(self, symbol: str) -> None:
        """Take the house's quotes away."""
        market = self.market(symbol)
        if any(o.market_id == market.market_id for o in open_orders(self.view, self.house_id)):
            await self.command(
                Command(
                    kind=CommandKind.CANCEL_ALL,
                    account_id=self.house_id,
                    market_id=market.market_id,
                )
            )

    def _ladder(self, market: MarketInfo) -> Iterator[Command]:
        index = self.index_of(market.base.asset_id)
        for level in range(1, LEVELS + 1):
            apart = index * level * APART_PPM / PPM
            ticks = int(apart / market.tick_size) + 1
            near = int(index / market.tick_size)
            lots = max(1, self.lots_for(market, Decimal(QUOTE_USD), index))
            yield self.order(market, Side.BUY, lots, near - ticks)
            yield self.order(market, Side.SELL, lots, near + ticks)

    def lots_for(self, market: MarketInfo, usd: Decimal, price: Decimal) -> int:
        """How many lots are worth so many dollars."""
        worth = Decimal(1) if market.is_inverse else price
        return int(usd / (worth * market.lot_size))

    def order(
        self, market: MarketInfo, side: Side, lots: int, ticks: int, account_id: int = 0
    ) -> Command:
        """A limit order of the house, or of another account."""
        return Command(
            kind=CommandKind.PLACE_ORDER,
            origin=Origin.OPERATOR,
            account_id=account_id or self.house_id,
            market_id=market.market_id,
            side=side,
            type=OrderType.LIMIT,
            price_ticks=ticks,
            qty_lots=lots,
        )

    def look(self) -> list[Event]:
        """What has happened since the last look."""
        seen, self.seen = self.seen, []
        return seen


def of_kind(events: Sequence[Event], kind: EventKind, account_id: int) -> list[Event]:
    """An account's events of a kind."""
    return [event for event in events if event.kind == kind and event.account_id == account_id]
