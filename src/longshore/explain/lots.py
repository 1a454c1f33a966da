"""First in, first out: which opening each close is set against, with fees and funding of both.

A *lot* is what one fill opened, or coins that came in at once; what is closed or sold is taken
from the oldest. Over the life of a position its lots come to what the venue realised, to the atom,
though the venue closes at the mean entry (MRGN-010). Values are signed as the engine signs them:
what is bought is above zero in a linear market, what is sold below, the other way in an inverse.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from longshore.engine.codes import Reason, Side, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Event

OWN = frozenset((Reason.SPOT_BASE, Reason.SPOT_QUOTE, Reason.CONVERSION))
"""Moves of coins that an event of their own tells with its price."""


class Opening(msgspec.Struct, kw_only=True):
    """What is left of one opening; `value_atoms` None: what it cost nobody knows here."""

    time_us: int
    how: str
    size: int
    value_atoms: int | None
    fee_atoms: int = 0
    funding_atoms: int = 0

    def part(self, size: int) -> Opening:
        """Take so much out of it; the last part gets what sharing left over."""
        value = None if self.value_atoms is None else self.value_atoms * size // self.size
        part = Opening(
            time_us=self.time_us,
            how=self.how,
            size=size,
            value_atoms=value,
            fee_atoms=self.fee_atoms * size // self.size,
            funding_atoms=self.funding_atoms * size // self.size,
        )
        self.size -= size
        self.value_atoms = None if self.value_atoms is None else self.value_atoms - (value or 0)
        self.fee_atoms -= part.fee_atoms
        self.funding_atoms -= part.funding_atoms
        return part


class Disposed(msgspec.Struct, frozen=True, kw_only=True):
    """A lot, or a part of one, that is gone: `opened` None where history does not go back so far.

    Of a position `market_id` says which, of coins `asset_id`; sizes are lots, or atoms of the coin.
    `close` is the event, `value_atoms` its signed share and None where nothing was paid.
    """

    market_id: int = 0
    asset_id: int = 0
    is_long: bool = True
    opened: Opening | None
    size: int
    close: Event
    how: str = ""
    value_atoms: int | None
    fee_atoms: int

    @property
    def gain_atoms(self) -> int | None:
        """After fees and funding; None where one of the two prices is not known."""
        if self.opened is None or self.opened.value_atoms is None or self.value_atoms is None:
            return None
        costs = self.fee_atoms + self.opened.fee_atoms - self.opened.funding_atoms
        return -self.value_atoms - self.opened.value_atoms - costs


class Stock:
    """What is held of one thing, the oldest first."""

    def __init__(self) -> None:
        """Nothing."""
        self.openings: deque[Opening] = deque()

    def fund(self, amount_atoms: int) -> None:
        """Share funding by size."""
        left_atoms, left = amount_atoms, sum(each.size for each in self.openings)
        for each in self.openings:
            share = left_atoms * each.size // left
            each.funding_atoms += share
            left_atoms, left = left_atoms - share, left - each.size

    def take(self, size: int) -> Iterable[tuple[int, Opening | None]]:
        """The oldest so much, with their sizes; what was never seen to come in has no opening."""
        while size and self.openings:
            oldest = self.openings[0]
            if oldest.size > size:
                yield size, oldest.part(size)
                return
            size -= oldest.size
            yield oldest.size, self.openings.popleft()
        if size:
            yield size, None


class Lots:
    """An account's lots from its events, oldest first."""

    def __init__(
        self, account_id: int, dollars: int, coins: Callable[[int, int], tuple[int, int]]
    ) -> None:
        """`dollars` is the settlement asset.

        `coins` turns a spot market and lots into its coin and atoms.
        """
        self._account_id = account_id
        self._dollars = dollars
        self._coins = coins
        self._positions: dict[tuple[int, bool], Stock] = {}
        self._entries: dict[tuple[int, bool], int] = {}
        self._held: dict[int, Stock] = {}
        self.disposed: list[Disposed] = []

    def take_all(self, events: Iterable[Event]) -> Lots:
        """Fold events in their order."""
        for event in events:
            if event.kind == EventKind.TRANSFERRED:
                self._move(event)
            elif event.account_id == self._account_id:
                self._take(event)
        return self

    def _take(self, event: Event) -> None:
        if event.kind == EventKind.TRADED and event.wallet == WalletKind.CASH:
            self._swap(event)
        elif event.kind == EventKind.TRADED:
            self._trade(event)
        elif event.kind == EventKind.POSITION_SETTLED:
            key = (int(event.market_id), event.position_lots > 0)
            value = -self._entries.pop(key, 0) - int(event.pnl_atoms)
            self._close(key, abs(int(event.position_lots)), value, int(event.fee_atoms), event)
        elif event.kind == EventKind.FUNDING_PAID:
            key = (int(event.market_id), event.position_lots > 0)
            self._position(key).fund(int(event.funding_atoms))
        elif event.kind == EventKind.CONVERTED:
            asset_id, paid = int(event.asset_id), int(event.value_atoms)
            self._out(asset_id, int(event.amount_atoms), -paid, 0, event, "conversion")

    def _trade(self, event: Event) -> None:
        market_id, lots = int(event.market_id), int(event.qty_lots)
        after = int(event.position_lots)
        before = after - lots if event.side == Side.BUY else after + lots
        closed = min(abs(before), lots) if before * (after - before) < 0 else 0
        entry = self._entries.pop((market_id, (before or after) > 0), 0)
        entered = int(event.value_atoms)
        value = entered - entry - int(event.pnl_atoms)
        if after:
            self._entries[market_id, after > 0] = entered
        opened = lots - closed
        opened_value = (entered if closed else value) if opened else 0
        fee_atoms = int(event.fee_atoms)
        closing_fee = fee_atoms * closed // lots if lots else 0
        if closed:
            self._close((market_id, before > 0), closed, value - opened_value, closing_fee, event)
        if opened:
            self._open(event, opened, opened_value, fee_atoms - closing_fee)

    def _open(self, event: Event, size: int, value_atoms: int, fee_atoms: int) -> None:
        stock = self._position((int(event.market_id), event.position_lots > 0))
        stock.openings.append(
            Opening(
                time_us=int(event.time_us),
                how="opened",
                size=size,
                value_atoms=value_atoms,
                fee_atoms=fee_atoms,
            )
        )

    def _close(
        self, key: tuple[int, bool], size: int, value_atoms: int, fee_atoms: int, event: Event
    ) -> None:
        of = {"market_id": key[0], "is_long": key[1]}
        self._dispose(self._position(key), size, (value_atoms, fee_atoms), event, of)

    def _position(self, key: tuple[int, bool]) -> Stock:
        return self._positions.setdefault(key, Stock())

    def _swap(self, event: Event) -> None:
        """Spot: coins come in at what was paid, or go for it."""
        asset_id, atoms = self._coins(int(event.market_id), int(event.qty_lots))
        value, fee = int(event.value_atoms), int(event.fee_atoms)
        if event.side == Side.BUY:
            self._in(asset_id, atoms, event, "bought", (value, fee))
        else:
            self._out(asset_id, atoms, -value, fee, event, "sold")

    def _move(self, event: Event) -> None:
        """Coins that come or go without a price: from outside, as profit, as a fee."""
        asset_id, atoms = int(event.asset_id), int(event.amount_atoms)
        ends = (event.account_id == self._account_id, event.other_account_id == self._account_id)
        if asset_id == self._dollars or event.reason in OWN or all(ends):
            return
        how = Reason(event.reason).name.lower()
        if ends[1]:
            self._in(asset_id, atoms, event, how)
        elif ends[0]:
            self._out(asset_id, atoms, None, 0, event, how)

    def _in(
        self,
        asset_id: int,
        atoms: int,
        event: Event,
        how: str,
        paid: tuple[int | None, int] = (None, 0),
    ) -> None:
        value, fee = paid
        opening = Opening(
            time_us=int(event.time_us), how=how, size=atoms, value_atoms=value, fee_atoms=fee
        )
        self._held.setdefault(asset_id, Stock()).openings.append(opening)

    def _out(
        self, asset_id: int, atoms: int, value: int | None, fee: int, event: Event, how: str
    ) -> None:
        stock = self._held.setdefault(asset_id, Stock())
        self._dispose(stock, atoms, (value, fee), event, {"asset_id": asset_id, "how": how})

    def _dispose(
        self,
        stock: Stock,
        size: int,
        paid: tuple[int | None, int],
        event: Event,
        of: Mapping[str, Any],
    ) -> None:
        """Set a close against the openings it takes."""
        for part, opening, value, fee in _shared(stock, size, *paid):
            self.disposed.append(
                Disposed(
                    opened=opening, size=part, close=event, value_atoms=value, fee_atoms=fee, **of
                )
            )


def _shared(
    stock: Stock, size: int, value: int | None, fee: int
) -> Iterable[tuple[int, Opening | None, int | None, int]]:
    """Value and fee of a close over the openings it takes; the last part gets what is left."""
    left = size
    for part, opening in stock.take(size):
        share = None if value is None else value * part // left
        fee_share = fee * part // left
        yield part, opening, share, fee_share
        value = None if value is None else value - (share or 0)
        fee, left = fee - fee_share, left - part
