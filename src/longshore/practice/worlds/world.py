"""A world driven from Python: no server, no clock but your own, everything in its journal.

with World.create("march-2020") as world:
    anna = world.account("anna", USD=1_000)
    world.place("anna", "PF_XBTUSD", "buy", size="0.1")
    world.run_until(liquidation="anna")
    print(world.explain("anna").sentences)
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, Self, Unpack

from longshore.engine._compile import Mode
from longshore.engine.codes import Origin, Reject, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.explain.board import Notice
from longshore.explain.episode import NoLiquidationError
from longshore.explain.liquidation import LiquidationStory, liquidation
from longshore.explain.outcomes import refused, withdrawals_stopped
from longshore.explain.position import PositionCard, position
from longshore.journal.batch import Batch
from longshore.practice.counterfactual import Answer, Question, what_if
from longshore.practice.counterfactual.ending import worth_atoms
from longshore.practice.trial import refusal_of
from longshore.practice.worlds.asked import Asked
from longshore.practice.worlds.errors import WorldError
from longshore.practice.worlds.frames import arrow
from longshore.practice.worlds.going import Going
from longshore.practice.worlds.orders import (
    Draft,
    MarginName,
    Number,
    OrderTerms,
    Placed,
    Position,
    SideName,
    TypeName,
    decimal,
    leverage_command,
    place_command,
    placed,
    position_of,
)
from longshore.rulebooks import MarketInfo, Rulebook
from longshore.world import scenario as scenarios
from longshore.world import world as worlds
from longshore.world.acts import stopped_since
from longshore.world.branch import branch
from longshore.world.fitting import fitted, with_line
from longshore.world.moment import moment_at
from longshore.world.parcel import Manifest, bring_in, export
from longshore.world.scenario import microseconds
from longshore.world.shelf import Shelf
from longshore.world.telling import events_of
from longshore.world.until import (
    ANYTHING,
    FILL,
    FUNDING,
    LIQUIDATION,
    Crosses,
    Happens,
    Never,
    Signal,
    price_subticks,
)

if TYPE_CHECKING:
    import pyarrow as pa


Step = Literal["event", "fill", "funding", "minute"]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class World:
    """One world and its folder. Use it with `with`, or close it."""

    def __init__(self, world: worlds.World, kept: TemporaryDirectory[str] | None = None) -> None:
        """Of a world already open; `create`, `open` and `load` make one."""
        self._world = world
        self._kept = kept
        self._events: list[Event] = []
        self._from_seq = world.engine.seq
        self._branches: list[World] = []
        self._going = Going(self, world, self._heed)

    @classmethod
    def create(
        cls,
        scenario: str = "live",
        folder: Path | str | None = None,
        *,
        rulebook: str = "",
        seed: int | None = None,
        mode: Mode = "plain",
    ) -> Self:
        """A new world of a shipped scenario, a scenario's file or its text.

        Without a folder it lives until it is closed. Raises ScenarioError, RulebookError,
        JournalError: there is a world already.
        """
        text = scenario if "\n" in scenario else scenarios.read(scenario)
        if rulebook:
            text = fitted(with_line(text, "rulebook", f'"{rulebook}"'))
        if seed is not None:
            text = with_line(text, "seed", str(seed))
        kept = TemporaryDirectory(prefix="longshore-") if folder is None else None
        try:
            place = Path(folder) if kept is None and folder else Path(kept.name if kept else "")
            made = cls(worlds.World.create(place / "world" if kept else place, text, mode), kept)
        except BaseException:
            if kept is not None:
                kept.cleanup()
            raise
        made._from_seq = 0
        made._write()
        made._going.to(made._world.scenario.opens_us)
        return made

    @classmethod
    def open(cls, folder: Path | str, mode: Mode = "plain") -> Self:
        """The world of a folder as it was left. Raises JournalError."""
        return cls(worlds.World.open(Path(folder), mode))

    @classmethod
    def load(cls, file: Path | str, folder: Path | str, mode: Mode = "plain") -> Self:
        """A world brought in from one file, below a folder. Raises ParcelError, ShelfError."""
        name = bring_in(Shelf(Path(folder)), Path(file)).name
        return cls.open(Path(folder) / name, mode)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Save it and let go of its files, its branches first; without a folder it is gone."""
        for each in self._branches:
            each.close()
        self._branches = []
        if self._world.journal.seq and not self._closed:
            self._world.save()
            self._world.close()
        self._closed = True
        if self._kept is not None:
            self._kept.cleanup()

    _closed = False

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self._world.journal.path.parent

    @property
    def name(self) -> str:
        """Its folder's name: what branches of it say they come from."""
        return self.folder.name

    @property
    def time(self) -> datetime:
        """World time."""
        return datetime.fromtimestamp(self._world.stepper.reached_us // 10**6, UTC) + timedelta(
            microseconds=self._world.stepper.reached_us % 10**6
        )

    @property
    def end(self) -> datetime | None:
        """When its scenario or its recording ends; None: never."""
        ends_us = self._world.end_us
        never = ends_us > microseconds(datetime(9999, 1, 1, tzinfo=UTC))
        return None if never else datetime.fromtimestamp(ends_us / 10**6, UTC)

    @property
    def seq(self) -> int:
        """The number of its last command."""
        return self._world.engine.seq

    @property
    def digest(self) -> str:
        """The state digest: equal digests, equal states."""
        return self._world.engine.digest()

    @property
    def view(self) -> State:
        """The engine's state, for reading."""
        return self._world.engine.view

    @property
    def rulebook(self) -> Rulebook:
        """Its rules, with their sources."""
        return self._world.rulebook

    @property
    def scenario(self) -> scenarios.Scenario:
        """What it was made of."""
        return self._world.scenario

    @property
    def start(self) -> datetime:
        """World time at its first command."""
        return datetime.fromtimestamp(self.scenario.start_us / 10**6, UTC)

    @property
    def markets(self) -> list[str]:
        """The symbols of its markets."""
        return list(self._world.catalog.markets)

    @property
    def accounts(self) -> list[str]:
        """The names of people's accounts and of agents'."""
        return list(self._world.accounts)

    def account(self, name: str, /, **deposits: Number) -> str:
        """An account of this name, made where there is none, with deposits; its name.

        Raises WorldError for an amount that cannot be moved.
        """
        if name not in self._world.accounts:
            made = Command(kind=CommandKind.CREATE_ACCOUNT, origin=Origin.OPERATOR)
            self._send([made], {0: name})
        for symbol, amount in deposits.items():
            self.deposit(name, symbol, amount)
        return name

    def number(self, account: str) -> int:
        """The engine's number of an account. Raises WorldError."""
        number = self._world.accounts.get(account)
        if number is None:
            raise WorldError(f"there is no account {account!r}")
        return number

    def deposit(self, account: str, asset: str, amount: Number) -> None:
        """Practice money into the wallet that margins everything. Raises WorldError."""
        found = self._world.catalog.asset(asset)
        command = Command(
            kind=CommandKind.DEPOSIT,
            origin=Origin.OPERATOR,
            account_id=self.number(account),
            asset_id=found.asset_id,
            to_wallet=WalletKind.FLEX,
            amount_atoms=found.atoms(decimal(amount)),
        )
        self._check(self._send([command]))

    def withdraw(self, account: str, asset: str, amount: Number) -> None:
        """Practice money from that wallet to the outside.

        Raises WorldError: it is not free, or the operator has stopped withdrawals.
        """
        since_us = stopped_since(self._world.parts.stops, self._world.stepper.reached_us)
        if since_us is not None:
            raise WorldError(withdrawals_stopped(since_us))
        found = self._world.catalog.asset(asset)
        command = Command(
            kind=CommandKind.WITHDRAW,
            origin=Origin.USER,
            account_id=self.number(account),
            asset_id=found.asset_id,
            from_wallet=WalletKind.FLEX,
            amount_atoms=found.atoms(decimal(amount)),
        )
        self._check(self._send([command]))

    @property
    def notices(self) -> list[Notice]:
        """What befell its markets and indexes, and what the venue did: the newest, oldest first."""
        return list(self._world.board.notices)

    def worth(self, account: str) -> Decimal:
        """All the account has, at mark and index, in what the venue settles in."""
        catalog = self._world.catalog
        atoms = worth_atoms(self.view, catalog, self.number(account))
        return catalog.settlement.amount(atoms)

    def set_leverage(
        self,
        account: str,
        symbol: str,
        leverage: Number | None,
        margin: MarginName | None = None,
    ) -> None:
        """Leverage and margin mode; None: cross without one. Raises WorldError."""
        market = self._world.catalog.market(symbol)
        command = leverage_command(market, self.number(account), leverage, margin)
        self._check(self._send([command]))

    def place(
        self,
        account: str,
        symbol: str,
        side: SideName,
        size: Number,
        type: TypeName = "market",  # noqa: A002 - the field's word
        **terms: Unpack[OrderTerms],
    ) -> Placed:
        """An order, carried out now; what came of it, refusals too. Its terms: `OrderTerms`.

        Raises ConversionError for a size or price that is no multiple of the market's steps.
        """
        market = self._world.catalog.market(symbol)
        account_id = self.number(account)
        draft = Draft(side=side, size=size, type=type, **terms)
        events = self._send([place_command(market, account_id, draft)])
        return placed(market, account_id, events, self.seq)

    def cancel(self, account: str, order_id: int) -> None:
        """End an order. Raises WorldError."""
        command = Command(
            kind=CommandKind.CANCEL_ORDER,
            origin=Origin.USER,
            account_id=self.number(account),
            order_id=order_id,
        )
        self._check(self._send([command]))

    def price(self, symbol: str, signal: Signal = "mark") -> Decimal | None:
        """Mark, index or last price; None where there is none yet."""
        market = self._world.catalog.market(symbol)
        subticks = price_subticks(self.view, market.market_id, signal)
        return market.mark(subticks) if subticks else None

    def position(self, account: str, symbol: str) -> Position | None:
        """What the account holds in a market with margin."""
        return position_of(self.view, self._margined(symbol), self.number(account))

    def join(self, account: str, trader: object, every: timedelta = timedelta(seconds=1)) -> None:
        """Let a trader of your own act for an account while time passes.

        `trader.on_time(world)` is called `every` so often in world time, `trader.on_event(world,
        event)` at the end of the moment in which an event names its account; it has one of them, or
        both. What it raises comes out of `advance`, with the world at that moment. It is not part
        of the world: what it did is in the journal, as anyone's. Raises WorldError.
        """
        self._going.join(self.number(account), trader, every)

    def advance(
        self, by: timedelta | None = None, /, *, to: datetime | None = None, **units: float
    ) -> None:
        """Go on by a time (`minutes=5`, `hours=2`), or to one. Raises WorldError."""
        self._going.to(self._going.target_us(by, to, units))

    def run_until(
        self,
        *,
        fill: str | None = None,
        liquidation: str | Literal[True] | None = None,
        price: tuple[str, Number] | None = None,
        signal: Signal = "mark",
        limit: timedelta = DAY,
    ) -> bool:
        """Go on until an account's next fill, its (or any) liquidation, or a market's price.

        Whether it came before the limit, or before the world's end. Raises WorldError.
        """
        wanted = [w for w in (fill, liquidation, price) if w is not None]
        if len(wanted) != 1:
            raise WorldError("run until one thing: a fill, a liquidation, or a price")
        if price is not None:
            return self._going.until(self._crosses(*price, signal), limit)
        kinds = FILL if fill is not None else LIQUIDATION
        whose = 0 if wanted[0] is True else self.number(str(wanted[0]))
        return self._going.until(Happens(kinds, whose), limit)

    def step(self, to: Step = "event") -> bool:
        """One event, fill, funding or minute on; whether it came within a day."""
        if to == "minute":
            return not self._going.until(Never(), MINUTE)
        kinds = {"event": ANYTHING, "fill": FILL, "funding": FUNDING}[to]
        return self._going.until(Happens(kinds), DAY)

    def branch(self, name: str = "", at: int | datetime | None = None) -> World:
        """A new world beside this one, from a seq, a time, or now; this one is left as it is.

        Raises MomentError, ShelfError.
        """
        shelf = Shelf(self.folder.parent)
        wanted = name or shelf.free_name(f"{self.name}-branch")
        shelf.check_new(wanted)
        made = World(
            branch(self.folder, self.folder.parent / wanted, moment_at(at), self._world.mode)
        )
        if self._kept is not None:
            self._branches.append(made)
        return made

    def what_if(self, change: str = "", *, account: str, **asked: Unpack[Asked]) -> Answer:
        """How it would have gone for an account, had one thing been otherwise (`Asked`).

        `change`: "leverage 5x", "stop at 58,000", "add margin 60", "isolated", "cross". Without one
        and without a rulebook the past is run again as it was. Raises ChangeError, MomentError.
        """
        question = Question(account=account, change=change, **asked)
        return what_if(self.folder, question, self._world.mode)

    def events(self, account: str = "", after_seq: int = 0) -> pa.Table:
        """What happened since this object has the world, as an Arrow table; one account's only."""
        found = self.happened(after_seq)
        if account:
            number = self.number(account)
            found = [e for e in found if number in (e.account_id, e.other_account_id)]
        return arrow(found, self._world.catalog, self._world.accounts)

    def happened(self, after_seq: int = 0) -> list[Event]:
        """The engine's events since this object has the world, as they are; see `events`."""
        return self._events[bisect_right(self._events, after_seq, key=lambda e: int(e.seq)) :]

    def explain(self, account: str, symbol: str = "") -> LiquidationStory | PositionCard | None:
        """With a symbol, the position there in words; without, the last liquidation.

        Where there was none, any position; None where there is neither.
        """
        number = self.number(account)
        told = None if symbol else self._liquidation(account, number)
        if told is not None:
            return told
        symbols = [symbol] if symbol else [m.symbol for m in self._world.catalog.margined]
        cards = (position(self.view, self._world.rulebook, number, each) for each in symbols)
        return next((card for card in cards if card is not None), None)

    def export(self, file: Path | str) -> Manifest:
        """Write the world to one file, its parents' rows included."""
        return export(Shelf(self.folder.parent), self.name, Path(file))

    def delete(self) -> None:
        """Close it and remove its folder; branches of it are made whole first."""
        self._world.close()
        self._closed = True
        Shelf(self.folder.parent).delete(self.name)

    def _liquidation(self, account: str, number: int) -> LiquidationStory | None:
        try:
            events, notices = self._events_of(account, number), self._world.board.notices
            return liquidation(events, self._world.rulebook, notices=notices)
        except NoLiquidationError:
            return None

    def _events_of(self, account: str, number: int) -> list[Event]:
        if self._from_seq:
            return events_of(self.folder, account).events[account]
        return [e for e in self._events if number in (e.account_id, e.other_account_id)]

    def _crosses(self, symbol: str, level: Number, signal: Signal) -> Crosses:
        market = self._world.catalog.market(symbol)
        return Crosses(market.market_id, market.base.subticks(decimal(level)), signal)

    def _margined(self, symbol: str) -> MarketInfo:
        market = self._world.catalog.market(symbol)
        if not market.is_margined:
            raise WorldError(f"{symbol} is spot: it has no positions")
        return market

    def _send(self, commands: list[Command], texts: dict[int, str] | None = None) -> list[Event]:
        stepper = self._world.stepper
        stepper.advance(stepper.reached_us)  # what is due at this moment comes first
        for command in commands:
            command.time_us = max(stepper.reached_us, self._world.engine.time_us)
        events = stepper.carry_out(commands, texts)
        self._write()
        return events

    def _check(self, events: list[Event]) -> None:
        reject = refusal_of(events)
        if reject != Reject.NONE:
            raise WorldError(refused(reject))

    def _write(self) -> None:
        self._world.write(self._heed)

    def _heed(self, batch: Batch) -> None:
        self._events += batch.events
