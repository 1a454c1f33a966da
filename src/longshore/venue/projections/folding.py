"""What every projection is told besides the event: whose it is, and the text beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from longshore.engine.codes import Origin
from longshore.engine.events import EventKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.engine.rows import Event, Market
    from longshore.venue.projections.records import OrderRecord

BY_REQUEST = (Origin.USER, Origin.OPERATOR)
"""Accounts made by these are customers; of agents' orders and fills no history is kept."""


class MarketUnits(NamedTuple):
    """What turns a market's ticks and lots into prices and money."""

    tick_subticks: int
    atoms_per_tick_lot: int
    inverse_factor: int = 0

    def value_atoms(self, price_ticks: int, qty_lots: int) -> int:
        """The value of a size at a price, without sign (CONT-001, CONT-002)."""
        if self.inverse_factor and price_ticks:
            return qty_lots * self.inverse_factor // (price_ticks * self.tick_subticks)
        return price_ticks * qty_lots * self.atoms_per_tick_lot


def units_of(market: Market) -> MarketUnits:
    """The units of a market as it stands in a state."""
    factor = int(market.inverse_factor)
    return MarketUnits(int(market.tick_subticks), int(market.atoms_per_tick_lot), factor)


@dataclass(slots=True)
class Folding:
    """What the projections share while they take the events of a batch in order."""

    markets: dict[int, MarketUnits]  # by market id
    time_us: int = 0  # of the last batch written before this start
    customers: set[int] = field(default_factory=set)
    open_orders: dict[int, OrderRecord] = field(default_factory=dict)  # of customers, by id
    origins: dict[int, int] = field(default_factory=dict)  # of the batch's commands, by seq
    texts: dict[int, str] = field(default_factory=dict)  # of the batch's commands, by seq

    def price_subticks(self, event: Event) -> int:
        """The price of a match in sub-ticks."""
        return event.price_ticks * self.markets[event.market_id].tick_subticks

    def value_atoms(self, event: Event) -> int:
        """The value of a match."""
        return self.markets[event.market_id].value_atoms(event.price_ticks, event.qty_lots)

    def client_id(self, event: Event) -> str:
        """The client id text of the order an event is about; empty when it had none.

        An order that has ended is held until it is written, and may be gone: what is refused about
        it afterwards has no text, however events fall into transactions.
        """
        order = self.open_orders.get(event.order_id)
        if order is None or (order.ended and event.kind == EventKind.REFUSED):
            return self.texts.get(event.seq, "")
        return order.client_id


class Projection(Protocol):
    """One table of history."""

    @property
    def kinds(self) -> frozenset[int] | None:
        """The kinds of events it takes; None: all."""

    def load(self, connection: Connection, folding: Folding) -> None:
        """Read back what must be remembered from one batch to the next."""

    def take(self, event: Event, folding: Folding) -> None:
        """Fold one event in memory."""

    def flush(self, connection: Connection) -> None:
        """Write what was folded since the last flush."""
