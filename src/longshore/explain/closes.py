"""What positions came to: an account's fills, funding and settlements folded from flat to flat.

A position is one side of one market from its first fill to the one that leaves nothing. A fill that
turns it ends one and begins the other; its fee is shared by size, the odd atom with what it opens.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from longshore.engine.codes import Side, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Event


class Close(msgspec.Struct, frozen=True, kw_only=True):
    """A fill, or the settlement of its market, that made a position smaller or ended it.

    `role` and `type` are the fill's; both 0 where the market was settled. Fees above zero are paid,
    funding above zero is received; `funding_atoms` is what came since the position's last close.
    """

    seq: int
    index: int
    time_us: int
    market_id: int
    is_long: bool
    role: int
    type: int
    price_ticks: int
    mark_subticks: int
    qty_lots: int
    left_lots: int
    pnl_atoms: int
    fee_atoms: int
    funding_atoms: int


class Held(msgspec.Struct, kw_only=True):
    """One position and what it has come to; `closed_us` 0: it is still open.

    It began with the fill at (`opened_seq`, `opened_index`); `order_ids` are those that opened it
    or added to it, in order.
    """

    market_id: int
    is_long: bool
    opened_us: int
    opened_seq: int
    opened_index: int
    closed_us: int = 0
    opened_lots: int = 0
    pnl_atoms: int = 0
    fee_atoms: int = 0
    funding_atoms: int = 0
    closes: list[Close] = msgspec.field(default_factory=list)
    order_ids: list[int] = msgspec.field(default_factory=list)

    @property
    def result_atoms(self) -> int:
        """What its fills, fees and funding came to."""
        return self.pnl_atoms + self.funding_atoms - self.fee_atoms


class Folded:
    """Positions from an account's events, oldest first; sums count from `since_us` on."""

    def __init__(self, account_id: int, since_us: int = 0) -> None:
        """Nothing is held yet."""
        self._account_id = account_id
        self._since_us = since_us
        self._open: dict[tuple[int, bool], Held] = {}
        self._funding: dict[tuple[int, bool], int] = {}
        self.positions: list[Held] = []

    def take_all(self, events: Iterable[Event]) -> Folded:
        """Fold events in their order."""
        for event in events:
            # Spot, which is traded from the cash wallet, opens no position.
            if event.account_id == self._account_id and event.wallet != WalletKind.CASH:
                self._take(event)
        return self

    def _take(self, event: Event) -> None:
        if event.kind == EventKind.TRADED:
            self._trade(event)
        elif event.kind == EventKind.POSITION_SETTLED:
            lots = int(event.position_lots)
            self._close(event, lots > 0, abs(lots), left_lots=0, fee_atoms=int(event.fee_atoms))
        elif event.kind == EventKind.FUNDING_PAID:
            self._fund(event)

    def _trade(self, event: Event) -> None:
        after, lots = int(event.position_lots), int(event.qty_lots)
        before = after - lots if event.side == Side.BUY else after + lots
        closed = min(abs(before), lots) if before * (after - before) < 0 else 0
        fee_atoms = int(event.fee_atoms)
        share = fee_atoms * closed // lots if lots else 0
        if closed:
            left = abs(after) if before * after > 0 else 0
            self._close(event, before > 0, closed, left_lots=left, fee_atoms=share)
        if lots > closed:
            self._add(event, after > 0, lots - closed, fee_atoms - share)

    def _add(self, event: Event, is_long: bool, lots: int, fee_atoms: int) -> None:
        key = (int(event.market_id), is_long)
        held = self._open.get(key)
        if held is None:
            held = Held(
                market_id=key[0],
                is_long=is_long,
                opened_us=int(event.time_us),
                opened_seq=int(event.seq),
                opened_index=int(event.index),
            )
            self._open[key] = held
            self._funding[key] = 0
            self.positions.append(held)
        held.opened_lots += lots
        if event.order_id not in held.order_ids:
            held.order_ids.append(int(event.order_id))
        held.fee_atoms += fee_atoms if self._counts(event) else 0

    def _fund(self, event: Event) -> None:
        key = (int(event.market_id), event.position_lots > 0)
        held = self._open.get(key)
        if held is not None:
            self._funding[key] += int(event.funding_atoms)
            held.funding_atoms += int(event.funding_atoms) if self._counts(event) else 0

    def _close(
        self, event: Event, is_long: bool, lots: int, *, left_lots: int, fee_atoms: int
    ) -> None:
        key = (int(event.market_id), is_long)
        held = self._open[key]
        if left_lots == 0:
            held.closed_us = int(event.time_us)
            del self._open[key]
        if self._counts(event):
            held.pnl_atoms += int(event.pnl_atoms)
            held.fee_atoms += fee_atoms
        held.closes.append(
            Close(
                seq=int(event.seq),
                index=int(event.index),
                time_us=int(event.time_us),
                market_id=key[0],
                is_long=is_long,
                role=int(event.role),
                type=int(event.type),
                price_ticks=int(event.price_ticks),
                mark_subticks=int(event.mark_subticks),
                qty_lots=lots,
                left_lots=left_lots,
                pnl_atoms=int(event.pnl_atoms),
                fee_atoms=fee_atoms,
                funding_atoms=self._funding[key],
            )
        )
        self._funding[key] = 0

    def _counts(self, event: Event) -> bool:
        return bool(event.time_us >= self._since_us)

    @property
    def closes(self) -> list[Close]:
        """All closes of all positions, as they happened."""
        found = (close for held in self.positions for close in held.closes)
        return sorted(found, key=lambda close: (close.seq, close.index))
