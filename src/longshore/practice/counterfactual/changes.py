"""The one thing done otherwise: what it makes of an account's commands, and what it adds to them.

A change acts on what is held at the moment it begins with, and on every position opened later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from longshore.engine._table import NIL
from longshore.engine.codes import MarginMode, OrderType, Origin, Side, Signal, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.fees import taker_fee_atoms
from longshore.engine.ledger import cross_wallet
from longshore.engine.margin import equity_atoms, free_atoms, position_wallet
from longshore.engine.orders import find_order
from longshore.engine.rows import Command, Position
from longshore.engine.state import State, position_slot
from longshore.engine.value import value_at
from longshore.rulebooks import ConversionError, MarketInfo

PPM = 1_000_000
LEVERAGE_MAX = 1_000
WAYS = (
    'one of "leverage 5x", "stop at 58,000", "add margin 60", "isolated", "cross", "leave", '
    '"close", "close half"'
)


class ChangeError(ValueError):
    """A change that means nothing here; the message says why."""


class Change:
    """Nothing is done otherwise; the heirs say what is."""

    def __init__(self, account_id: int, market: MarketInfo) -> None:
        """About one account in one market."""
        self.account_id = account_id
        self.market = market
        self.paid_in_atoms = 0
        """Money that came from outside for it."""

    def begin(self, view: State) -> list[Command]:
        """What to send at the moment it begins with."""
        return self.on_open(view) if self.position(view).qty_lots != 0 else []

    def on_open(self, view: State) -> list[Command]:
        """What to send when a position is there, or has just been opened."""
        return []

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """What is sent instead of one of the account's own commands in the market."""
        return [command]

    def position(self, view: State) -> Position:
        """The account's position as it stands."""
        return view.positions[position_slot(self.account_id, self.market.market_id)]

    def concerns(self, command: Command, view: State) -> bool:
        """Whether one of the account's commands is in the market; of orders it names, too."""
        if command.market_id or not command.order_id:
            return bool(command.market_id == self.market.market_id)
        place = find_order(view, command.order_id)
        return place != NIL and bool(view.orders[place].market_id == self.market.market_id)

    def opens(self, command: Command, view: State) -> bool:
        """Whether an order goes the way of the position, or there is none yet."""
        held = self.position(view).qty_lots
        way = 1 if command.side == Side.BUY else -1
        return (
            command.kind == CommandKind.PLACE_ORDER
            and not (command.reduce_only or command.closes)
            and held * way >= 0
        )

    def command(self, kind: CommandKind, **fields: int) -> Command:
        """A command of the account."""
        made = {"origin": int(Origin.USER), "account_id": self.account_id} | fields
        return Command(kind=kind, **made)

    def shrinking(self, held_lots: int, kind: OrderType, **terms: int) -> Command:
        """An order that can only make a position smaller."""
        return self.command(
            CommandKind.PLACE_ORDER,
            market_id=self.market.market_id,
            side=int(Side.SELL if held_lots > 0 else Side.BUY),
            type=int(kind),
            reduce_only=1,
            **terms,
        )

    def set_leverage(self, mode: MarginMode, leverage_ppm: int) -> Command:
        """The account's margin mode and leverage."""
        return self.command(
            CommandKind.SET_LEVERAGE,
            market_id=self.market.market_id,
            leverage_ppm=leverage_ppm,
            value=int(mode),
        )


class Leverage(Change):
    """The same stake at another leverage: orders are as much smaller or larger.

    A position held already stays as it is, and its leverage is set, if the venue lets it.
    """

    def __init__(self, account_id: int, market: MarketInfo, times: Decimal) -> None:
        super().__init__(account_id, market)
        self.leverage_ppm = int(times * PPM)
        self._part: tuple[int, int] | None = None
        self._chosen_ppm = 0

    def begin(self, view: State) -> list[Command]:
        """Set the leverage of what is held; remember what was chosen before."""
        position = self.position(view)
        self._chosen_ppm = int(position.leverage_ppm)
        if position.qty_lots == 0:
            return []
        mode = MarginMode.ISOLATED if position.isolated else MarginMode.CROSS
        return [self.set_leverage(mode, self.leverage_ppm)]

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """Another leverage where one was set; sizes in proportion."""
        if command.kind == CommandKind.SET_LEVERAGE and command.leverage_ppm:
            self._chosen_ppm = int(command.leverage_ppm)
            command.leverage_ppm = self.leverage_ppm
        elif command.kind == CommandKind.PLACE_ORDER and not command.closes:
            new, old = self._part = self._part or self._proportion(command, view)
            command.qty_lots = command.qty_lots * new // old
        return [command]

    def _proportion(self, command: Command, view: State) -> tuple[int, int]:
        """The new leverage over the old; without one set, over value by equity at the order."""
        if self.position(view).qty_lots != 0:
            return 1, 1
        if self._chosen_ppm:
            return self.leverage_ppm, self._chosen_ppm
        market = view.markets[self.market.market_id]
        equity = int(equity_atoms(view, cross_wallet(view, self.account_id, market)))
        value = abs(int(value_at(market, market.mark_subticks, command.qty_lots)))
        return self.leverage_ppm * max(equity, 0), max(1, value * PPM)


class Stop(Change):
    """A stop on the mark: an opening order brings it along, what is held gets one."""

    def __init__(self, account_id: int, market: MarketInfo, price: Decimal) -> None:
        super().__init__(account_id, market)
        self.trigger_ticks = market.price_ticks(price)

    def begin(self, view: State) -> list[Command]:
        """A stop that closes the whole position."""
        held = int(self.position(view).qty_lots)
        if held == 0:
            return []
        terms = {"trigger_ticks": self.trigger_ticks, "signal": int(Signal.MARK), "closes": 1}
        return [self.shrinking(held, OrderType.STOP, **terms)]

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """With the stop, unless it brought one of its own."""
        if self.opens(command, view) and not command.stop_ticks and not command.trigger_ticks:
            command.stop_ticks = self.trigger_ticks
            command.signal = command.signal or int(Signal.MARK)
        return [command]


class AddMargin(Change):
    """Money from outside, once, as soon as a position is there: into whatever margins it."""

    def __init__(self, account_id: int, market: MarketInfo, amount: Decimal) -> None:
        super().__init__(account_id, market)
        self.amount_atoms = market.settle.atoms(amount)

    def on_open(self, view: State) -> list[Command]:
        """A deposit, and where the position has its own margin, on into that."""
        if self.paid_in_atoms:
            return []
        self.paid_in_atoms = self.amount_atoms
        settle = self.market.settle
        coin = WalletKind.COIN + settle.asset_id
        home = int(coin if self.market.is_in_coins else WalletKind.FLEX)
        paid = {"asset_id": settle.asset_id, "amount_atoms": self.amount_atoms, "to_wallet": home}
        made = [self.command(CommandKind.DEPOSIT, **paid)]
        if self.position(view).isolated:
            moved = paid | {
                "from_wallet": home,
                "to_wallet": WalletKind.ISOLATED + self.market.market_id,
            }
            made.append(self.command(CommandKind.TRANSFER, **moved))
        return made


class Isolated(Change):
    """A margin of its own, at a leverage: without one named, the least that what is free allows."""

    def __init__(self, account_id: int, market: MarketInfo, times: Decimal | None) -> None:
        super().__init__(account_id, market)
        self._asked_ppm = 0 if times is None else int(times * PPM)

    def begin(self, view: State) -> list[Command]:
        """Ask for it where there is a position: whether it may be is the venue's to say."""
        position = self.position(view)
        if position.qty_lots == 0:
            return []
        leverage_ppm = self._leverage_ppm(view, abs(int(position.qty_lots)))
        return [self.set_leverage(MarginMode.ISOLATED, leverage_ppm)]

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """Before each opening, instead of whatever mode was set."""
        if command.kind == CommandKind.SET_LEVERAGE:
            return []
        if self.opens(command, view) and self.position(view).qty_lots == 0:
            leverage_ppm = self._leverage_ppm(view, int(command.qty_lots))
            return [self.set_leverage(MarginMode.ISOLATED, leverage_ppm), command]
        return [command]

    def _leverage_ppm(self, view: State, lots: int) -> int:
        """value / (free money - taker fee), up to a whole number."""
        if self._asked_ppm:
            return self._asked_ppm
        market = view.markets[self.market.market_id]
        value = abs(int(value_at(market, market.mark_subticks, lots)))
        home = cross_wallet(view, self.account_id, market)
        spare = int(free_atoms(view, home, market.settle_asset_id))
        if self.position(view).qty_lots != 0:
            wallet = position_wallet(view, self.account_id, self.market.market_id)
            spare = int(equity_atoms(view, wallet))
        spare -= int(taker_fee_atoms(view, self.account_id, market, value))
        if spare <= 0 or value == 0:
            return PPM
        whole = -(-value // spare)
        return max(1, min(whole, LEVERAGE_MAX)) * PPM


class Cross(Change):
    """Margined by all the account has, instead of a margin of its own."""

    def begin(self, view: State) -> list[Command]:
        """Ask for it where there is a position."""
        position = self.position(view)
        return [] if position.qty_lots == 0 else [self.set_leverage(MarginMode.CROSS, 0)]

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """Whatever mode was set, it is cross."""
        if command.kind == CommandKind.SET_LEVERAGE:
            return [self.set_leverage(MarginMode.BY_LEVERAGE, 0)]
        return [command]


class Leave(Change):
    """Nothing more is sent: stops and targets stay as they are at that moment."""

    def concerns(self, command: Command, view: State) -> bool:
        """An end of all orders would take them out too; an order that is gone is not named."""
        everywhere = command.kind == CommandKind.CANCEL_ALL and not command.market_id
        gone = bool(command.order_id) and find_order(view, command.order_id) == NIL
        return everywhere or gone or super().concerns(command, view)

    def rewrite(self, command: Command, view: State) -> list[Command]:
        """Not sent; other markets are left as they were."""
        return []


class Close(Leave):
    """A part of what is held is closed at market, and nothing more is sent."""

    def __init__(self, account_id: int, market: MarketInfo, divisor: int) -> None:
        super().__init__(account_id, market)
        self._divisor = divisor

    def begin(self, view: State) -> list[Command]:
        """One order that can only shrink the position."""
        held = int(self.position(view).qty_lots)
        lots = -(-abs(held) // self._divisor)
        if lots == 0:
            return []
        return [self.shrinking(held, OrderType.MARKET, qty_lots=lots)]


Make = Callable[[int, MarketInfo, Decimal | None], Change]
_NUMBER = r"(?P<number>[0-9][0-9,_ ]*(?:\.[0-9]+)?)"
_FORMS: tuple[tuple[re.Pattern[str], Make], ...] = (
    (re.compile(rf"leverage {_NUMBER} ?x?"), lambda a, m, n: Leverage(a, m, n or Decimal(0))),
    (re.compile(rf"stop at \$?{_NUMBER}"), lambda a, m, n: Stop(a, m, n or Decimal(0))),
    (re.compile(rf"add margin \$?{_NUMBER}"), lambda a, m, n: AddMargin(a, m, n or Decimal(0))),
    (re.compile(rf"isolated(?: (?:at )?{_NUMBER} ?x?)?"), Isolated),
    (re.compile(r"cross"), lambda a, m, n: Cross(a, m)),
    (re.compile(r"leave"), lambda a, m, n: Leave(a, m)),
    (re.compile(r"close"), lambda a, m, n: Close(a, m, 1)),
    (re.compile(r"close half"), lambda a, m, n: Close(a, m, 2)),
)


def read_change(text: str, account_id: int, market: MarketInfo) -> Change:
    """A change from its words; no words: nothing is changed. Raises ChangeError."""
    words = " ".join(text.lower().split())
    if not words:
        return Change(account_id, market)
    for form, make in _FORMS:
        found = form.fullmatch(words)
        if found is not None:
            return _made(make, found.groupdict().get("number"), account_id, market)
    raise ChangeError(f"a change is {WAYS}, not {text!r}")


def _made(make: Make, digits: str | None, account_id: int, market: MarketInfo) -> Change:
    number = None if digits is None else Decimal(re.sub("[,_ ]", "", digits))
    if number is not None and number <= 0:
        raise ChangeError("the number of a change is above zero")
    try:
        return make(account_id, market, number)
    except ConversionError as error:
        raise ChangeError(str(error)) from error
