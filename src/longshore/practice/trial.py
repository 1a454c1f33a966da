"""One order tried on a copy of the state: what it takes, what rests, and what if that fills."""

from __future__ import annotations

from longshore.engine.book import levels
from longshore.engine.codes import OrderType, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import AMOUNT_MAX_ATOMS
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.practice.whatif import WhatIf

RESTING = (OrderType.LIMIT, OrderType.POST_ONLY)


class Trial:
    """A place command carried out on a copy; `refusal` is NONE when it was accepted."""

    def __init__(self, view: State, command: Command, leverage_ppm: int | None) -> None:
        """Try it, after the change of leverage that goes with it."""
        self.what_if = WhatIf(view)
        self.command = command
        self.touch_ticks = _best(view, command.market_id, opposite(command.side))
        self.own_ticks = _best(view, command.market_id, command.side)
        self.refusal = self._set_leverage(leverage_ppm)
        self.events: list[Event] = []
        if self.refusal == Reject.NONE:
            self.events = self.what_if.run(copied(command))
            self.refusal = refusal_of(self.events)

    @property
    def after(self) -> State:
        """The state there would be."""
        return self.what_if.view

    @property
    def trades(self) -> list[Event]:
        """The order's own fills."""
        own = self.command.account_id
        return [
            event
            for event in self.events
            if event.kind == EventKind.TRADED and event.account_id == own
        ]

    @property
    def taken_lots(self) -> int:
        """How much traded at once."""
        return sum(int(event.qty_lots) for event in self.trades)

    @property
    def placed(self) -> Event:
        """The event that accepted the order; it states the size after a reduce-only cut."""
        return next(event for event in self.events if event.kind == EventKind.ORDER_PLACED)

    @property
    def left_lots(self) -> int:
        """How much of what was accepted did not trade at once."""
        return int(self.placed.open_lots) - self.taken_lots

    @property
    def rests(self) -> bool:
        """Whether the rest stays in the book."""
        return self.left_lots > 0 and self.command.type in RESTING

    def fill_rest(self) -> list[Event]:
        """Let somebody meet the resting rest at its price; the order's own fills.

        The rest is taken out, put first into an emptied book, and met there: so it is a maker and
        trades at its own price, by the rules.
        """
        command, left = copied(self.command), self.left_lots
        self.what_if.run(
            Command(
                kind=CommandKind.CANCEL_ORDER,
                account_id=command.account_id,
                order_id=self.placed.order_id,
            )
        )
        empty_book(self.after, command.market_id)
        command.qty_lots = left
        command.linked_id = command.client_hi = command.client_lo = 0
        if refusal_of(self.what_if.run(command)) != Reject.NONE:
            return []
        events = self.what_if.run(self._meeting(command, self._stranger()))
        own = command.account_id
        return [e for e in events if e.kind == EventKind.TRADED and e.account_id == own]

    def _set_leverage(self, leverage_ppm: int | None) -> Reject:
        if leverage_ppm is None:
            return Reject.NONE
        change = Command(
            kind=CommandKind.SET_LEVERAGE,
            account_id=self.command.account_id,
            market_id=self.command.market_id,
            leverage_ppm=leverage_ppm,
        )
        return refusal_of(self.what_if.run(change))

    def _stranger(self) -> int:
        """A new account on the copy, with more money than any order needs."""
        [created] = self.what_if.run(Command(kind=CommandKind.CREATE_ACCOUNT))
        stranger = int(created.account_id)
        self.what_if.run(
            Command(
                kind=CommandKind.DEPOSIT,
                account_id=stranger,
                asset_id=self.after.settlement_asset_id,
                to_wallet=WalletKind.FLEX,
                amount_atoms=AMOUNT_MAX_ATOMS,
            )
        )
        return stranger

    def _meeting(self, resting: Command, stranger: int) -> Command:
        return Command(
            kind=CommandKind.PLACE_ORDER,
            account_id=stranger,
            market_id=resting.market_id,
            side=opposite(resting.side),
            type=OrderType.IOC,
            price_ticks=resting.price_ticks,
            qty_lots=resting.qty_lots,
        )


def opposite(side: int) -> Side:
    """The other side."""
    return Side.SELL if side == Side.BUY else Side.BUY


def copied(command: Command) -> Command:
    """The same command anew, so that numbering a trial does not touch the caller's."""
    return Command.of(command.values())


def refusal_of(events: list[Event]) -> Reject:
    """The name of the refusal among a command's events, or NONE."""
    refusals = [event.reject for event in events if event.kind == EventKind.REFUSED]
    return Reject(refusals[0]) if refusals else Reject.NONE


def _best(view: State, market_id: int, side: int) -> int:
    found = levels(view, market_id, side, 1)
    return found[0][0] if found else 0


def empty_book(view: State, market_id: int) -> None:
    """Take all levels of a market of a copied state out of sight."""
    market = view.markets[market_id]
    market.bid_root = market.ask_root = market.best_bid = market.best_ask = 0
