"""The venue that a test holds in its hand.

with open_venue() as venue:
    anna = venue.account(USD=10_000)
    exchange = venue.ccxt("krakenfutures", anna)
    exchange.create_order("BTC/USD:USD", "market", "buy", 0.5)
    venue.move_mark("PF_XBTUSD", "-12%")
    venue.liquidate(anna, "PF_XBTUSD")
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from longshore.engine.codes import MarketState, WalletKind
from longshore.practice.worlds.orders import Number, Position, decimal, position_of
from longshore.testing import moves
from longshore.testing.clients import ccxt_client
from longshore.testing.hands import Hands, TestingError
from longshore.testing.orders import OrderName, order_number
from longshore.testing.running import Running
from longshore.venue.station import Station
from longshore.venue.trouble import CALM, TroubleTerms
from longshore.venue.welcome import open_account

__all__ = ["Account", "TestingError", "Venue", "open_venue"]
MARKETS = ("PF_XBTUSD", "PF_ETHUSD")
PERMISSIONS = ("read", "trade", "transfer")
FIRST_DEPOSIT = {"USD": 10_000}
Limits = Literal["off", "generous", "real"]
Kind = Literal["sync", "async", "pro"]
T = TypeVar("T")


class Account(NamedTuple):
    """An account with practice money and one API key."""

    name: str
    account_id: int
    key: str
    secret: str


class Venue:
    """A running venue whose prices and clock stand still until the test moves them.

    A house account quotes around the index of each market and moves with it. Sizes and prices are
    decimals, or what `Decimal` takes.
    """

    def __init__(self, running: Running) -> None:
        """Of a venue that answers already; `open_venue` makes one."""
        self._running = running
        self.origin = running.origin
        """Where it answers: http://127.0.0.1 and its port."""
        self.tls_origin = running.tls_origin
        """The same over TLS, for clients that speak nothing else: https://127.0.0.1 and a port."""
        self.authority = running.authority
        """The file of the authority that those clients are to trust, while this venue lasts."""
        self._numbers = count(1)
        self._hands: Hands
        running.do(self._begin)

    async def _begin(self, station: Station) -> None:
        self._hands = Hands(station)
        await self._hands.open()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        async def done(_: Station) -> T:
            return await work

        return self._running.do(done)

    def account(
        self,
        name: str = "",
        permissions: Sequence[str] = PERMISSIONS,
        spot: Mapping[str, Number] | None = None,
        **deposits: Number,
    ) -> Account:
        """A new account: by symbol what it has in its multi-collateral wallet, else 10,000 USD.

        `spot` is what it has beside it, in the wallet that spot is bought and sold from.
        """

        async def made() -> Account:
            chosen = name or f"trader-{next(self._numbers)}"
            account_id = await open_account(self._hands.venue, chosen)
            for symbol, amount in (deposits or FIRST_DEPOSIT).items():
                await self._hands.deposit(account_id, symbol, decimal(amount))
            for symbol, amount in (spot or {}).items():
                cash = WalletKind.CASH
                await self._hands.deposit(account_id, symbol, decimal(amount), cash)
            key = self._hands.venue.accounts.create_key(chosen, tuple(permissions))
            return Account(chosen, account_id, key.key, key.secret)

        return self._do(made())

    def ccxt(
        self, name: str = "krakenfutures", account: Account | None = None, kind: Kind = "sync"
    ) -> Any:
        """A ccxt client, its class unchanged; without an account for public calls alone."""
        keys = {} if account is None else {"apiKey": account.key, "secret": account.secret}
        return ccxt_client(name, kind, self.origin, keys)

    def step(self, seconds: int = 1) -> None:
        """Let world time pass, and all that falls due: funding, expiries, triggers."""
        self._do(self._hands.step(seconds))

    def mark(self, symbol: str) -> Decimal:
        """The mark price; of a spot market the index."""
        self._hands.market(symbol)
        return self._hands.price_of(symbol)

    def move_mark(self, symbol: str, by: Number) -> Decimal:
        """Move a market's mark by a percentage ("-12%") or a part (-0.12); the new mark."""
        self._do(moves.move_price(self._hands, symbol, part(by)))
        return self.mark(symbol)

    def fill(self, order: OrderName, size: Number | None = None) -> Decimal:
        """Let somebody trade with a resting order, whole or so much; how much was filled.

        The order is the client's object with its "id", the id alone, or the engine's number.
        """
        number = order_number(self._hands.station.world.name, order)
        wanted = None if size is None else decimal(size)
        return self._do(moves.fill(self._hands, number, wanted))

    def fill_slowly(
        self, order: OrderName, sizes: Sequence[Number], every_s: int = 1
    ) -> list[Decimal]:
        """Let somebody trade with a resting order part by part, seconds of world time apart.

        How much each part was filled; the last may be less than asked for.
        """
        filled: list[Decimal] = []
        for size in sizes:
            if filled:
                self.step(every_s)
            filled.append(self.fill(order, size))
        return filled

    def liquidate(self, account: Account, symbol: str, *, whole: bool = False) -> None:
        """Move the mark until the account is liquidated there, and let the ladder end.

        Some rulebooks close a part at a time; `whole` goes on until nothing is left.
        """
        self._do(moves.liquidate(self._hands, account.account_id, symbol, whole))

    def adl(self, account: Account, symbol: str) -> Decimal:
        """Close the account's position out against those who go bankrupt; how large it was."""
        return self._do(moves.deleverage(self._hands, account.account_id, symbol))

    def halt(self, symbol: str) -> None:
        """No trading and no cancelling there until `resume`."""
        self._do(self._hands.set_state(symbol, MarketState.HALTED))

    def resume(self, symbol: str) -> None:
        """Trading goes on."""
        self._do(self._hands.set_state(symbol, MarketState.ACTIVE))

    def empty_book(self, symbol: str) -> None:
        """Take the house's quotes away until the next move of the mark, or `quote`."""
        self._do(self._hands.unquote(symbol))

    def quote(self, symbol: str) -> None:
        """Let the house quote around the index again."""
        self._do(self._hands.quote(symbol))

    @contextmanager
    def trouble(self, **terms: int) -> Iterator[None]:
        """Let things go wrong for clients in this block: `lost_percent=100`, `delay_ms=200`, ….

        See `longshore.venue.trouble.TroubleTerms` for what can. Raises TestingError: no such thing.
        """
        try:
            wanted = msgspec.convert(terms, TroubleTerms)
        except msgspec.ValidationError as error:
            raise TestingError(f"trouble: {error}") from None
        trouble = self._hands.venue.trouble
        trouble.become(wanted)
        try:
            yield
        finally:
            trouble.become(CALM)

    @contextmanager
    def maintenance(self) -> Iterator[None]:
        """The venue is down for maintenance in this block, as an operator plans it.

        Public answers go on and say so; whatever an account asks is refused in each API's own form.
        `plan_maintenance` has the steps before and after. For a venue that does not answer at all
        there is `away`.
        """
        number = self.plan_maintenance(60, closing_min=0, opening_min=0)
        try:
            yield
        finally:
            self.end_maintenance(number)

    def plan_maintenance(
        self,
        down_min: int = 30,
        in_min: int = 0,
        *,
        closing_min: int = 5,
        opening_min: int = 10,
        reason: str = "",
    ) -> int:
        """Announce maintenance, as soon as it has closed or in so many minutes; its number."""
        times = (down_min, in_min, closing_min, opening_min)
        return self._do(self._hands.plan_maintenance(times, reason))

    def end_maintenance(self, number: int) -> None:
        """Call off what is planned; bring to its end what is under way."""
        self._do(self._hands.end_maintenance(number))

    @contextmanager
    def away(self) -> Iterator[None]:
        """The venue does not answer in this block: 503, sockets are cut and none opens."""
        with self.trouble(away_percent=100):
            self.cut_sockets()
            yield

    def cut_sockets(self) -> int:
        """Cut every open socket now, as a restart of the server would; how many there were."""

        async def done() -> int:
            return self._hands.venue.trouble.cut()

        return self._do(done())

    def position(self, account: Account, symbol: str) -> Position | None:
        """What the account holds in a market, as the engine sees it; None for nothing."""
        market = self._hands.market(symbol)

        async def read() -> Position | None:
            return position_of(self._hands.view, market, account.account_id)

        return self._do(read())


def part(by: Number) -> Decimal:
    """A percentage with its sign, or a part of one. Raises TestingError."""
    text = str(by).strip()
    try:
        number = decimal(text.removesuffix("%"))
    except ArithmeticError:
        raise TestingError(f'{text!r} is neither like "-12%" nor like -0.12') from None
    return number / 100 if text.endswith("%") else number


@contextmanager
def open_venue(
    rulebook: str = "kraken",
    markets: Sequence[str] = MARKETS,
    limits: Limits = "off",
    **prices: Number,
) -> Iterator[Venue]:
    """A venue on a free port of this machine, gone when the block ends.

    `limits` are the rate limits of the imitated APIs: off, generous or the real ones. `prices` puts
    the index of assets somewhere by symbol (`XBT=60_000`). Raises ScenarioError for
    markets or prices that the rulebook does not know.
    """
    listed = ", ".join(f'"{symbol}"' for symbol in markets)
    given = "".join(f'{symbol} = "{decimal(price)}"\n' for symbol, price in prices.items())
    scenario = SCENARIO.format(rulebook=rulebook, markets=listed, limits=limits, prices=given)
    with TemporaryDirectory(prefix="longshore-") as folder:
        running = Running(Path(folder), scenario)
        try:
            yield Venue(running)
        finally:
            running.stop()


SCENARIO = """
name = "testing"
rulebook = "{rulebook}"
markets = [{markets}]
limits = "{limits}"
start = 2026-01-05T12:00:00Z
[feed]
kind = "held"
[feed.prices]
{prices}
[genesis]
conversion = {{ USD = "1000000000" }}
pool = {{}}
"""
"""No pool and no insurance: who goes bankrupt is closed out against others at once."""
