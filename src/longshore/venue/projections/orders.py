"""Orders of customers from placement to end, one row each, rewritten as they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import select

from longshore.engine.codes import OrderState, OrderType
from longshore.engine.events import EventKind
from longshore.engine.legs import leg_at
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.venue.projections.records import OrderRecord
from longshore.venue.projections.tables import from_event, of_market, put, read_span, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from longshore.engine.rows import Event, Order
    from longshore.engine.state import State
    from longshore.venue.history import Span
    from longshore.venue.projections.folding import Folding, MarketUnits

TABLE = table_of(
    "orders",
    OrderRecord,
    indexes=[("order_id",), ("account_id", "seq"), ("account_id", "client_id")],
)

WAITS = (OrderState.WAITING, OrderState.ASLEEP)
CHANGES = frozenset(
    (
        EventKind.ORDER_AMENDED,
        EventKind.ORDER_TRIGGERED,
        EventKind.TRADED,
        EventKind.ORDER_ENDED,
    )
)


class Orders:
    """Open orders are held in `folding.open_orders` until they have ended and been written."""

    kinds = CHANGES | {EventKind.ORDER_PLACED}

    def __init__(self) -> None:
        """No orders yet."""
        self._changed: dict[int, OrderRecord] = {}
        self._open: dict[int, OrderRecord] = {}

    def load(self, connection: Connection, folding: Folding) -> None:
        """The orders that are open."""
        self._open = folding.open_orders
        for row in connection.execute(select(TABLE).where(TABLE.c.ended == 0)).mappings():
            order = OrderRecord(**row)
            self._open[order.order_id] = order

    def take(self, event: Event, folding: Folding) -> None:
        """Place, change or end the order an event is about."""
        if event.kind == EventKind.ORDER_PLACED and event.account_id in folding.customers:
            self._keep(placed(event, _client_id(event, folding)))
        elif event.order_id in self._open:
            order = self._open[event.order_id]
            if _is_of(event, order):
                value_atoms = folding.value_atoms(event) if event.kind == EventKind.TRADED else 0
                self._keep(changed(order, event, value_atoms))

    def _keep(self, order: OrderRecord) -> None:
        self._open[order.order_id] = self._changed[order.order_id] = order

    def flush(self, connection: Connection) -> None:
        """Write what changed; forget what has ended."""
        put(connection, TABLE, list(self._changed.values()))
        for order in self._changed.values():
            if order.ended:
                del self._open[order.order_id]
        self._changed = {}


def _client_id(event: Event, folding: Folding) -> str:
    return folding.texts.get(event.seq, "") if event.client_hi or event.client_lo else ""


def placed(event: Event, client_id: str) -> OrderRecord:
    """An order as its ORDER_PLACED event tells it."""
    return from_event(
        OrderRecord,
        event,
        client_id=client_id,
        reduce_only=event.flag,
        linked_id=event.other_order_id,
        filled_lots=0,
        filled_value_atoms=0,
        triggered_us=0,
        updated_us=event.time_us,
        ended=0,
        reason=0,
        reject=0,
    )


def changed(order: OrderRecord, event: Event, value_atoms: int) -> OrderRecord:
    """An order after a later event of its own; `value_atoms` is a match's value."""
    if event.kind == EventKind.ORDER_TRIGGERED:
        return fired(replace(order, triggered_us=event.time_us, updated_us=event.time_us), event)
    changes = {"open_lots": event.open_lots, "updated_us": event.time_us}
    if event.kind == EventKind.ORDER_AMENDED:
        changes["price_ticks"] = event.price_ticks
        changes["trigger_ticks"] = event.trigger_ticks
        changes["qty_lots"] = event.open_lots + event.filled_lots
    elif event.kind == EventKind.TRADED:
        changes["filled_lots"] = event.filled_lots
        changes["filled_value_atoms"] = order.filled_value_atoms + value_atoms
    else:
        changes |= {"ended": 1, "reason": event.reason, "reject": event.reject}
    return replace(order, **changes)


def fired(order: OrderRecord, event: Event) -> OrderRecord:
    """What a waiting order is once it fired: a close has a size, one that rests is a limit."""
    if order.closes:
        return replace(order, qty_lots=event.open_lots, open_lots=event.open_lots)
    if order.rests:
        return replace(order, type=OrderType.LIMIT, trigger_ticks=0, signal=0, rests=0)
    return order


def standing(view: State, order: Order, client_id: str) -> OrderRecord:
    """An open order of the engine as history would keep it."""
    order_id = int(order.order_id)
    return OrderRecord(
        seq=order_id // ORDER_IDS_PER_COMMAND,
        index=0,
        time_us=int(order.placed_us),
        order_id=order_id,
        account_id=int(order.account_id),
        market_id=int(order.market_id),
        client_id=client_id,
        side=int(order.side),
        type=int(order.type),
        price_ticks=int(order.price_ticks),
        trigger_ticks=int(order.trigger_ticks),
        signal=int(order.signal),
        trail_ticks=int(order.trail_ticks),
        trail_ppm=int(order.trail_ppm),
        rests=int(order.rests),
        closes=int(order.closes),
        display_lots=int(order.display_lots),
        expire_us=int(order.expire_us),
        leg=leg_at(view, order.account_id, order.place),
        reduce_only=int(order.reduce_only),
        linked_id=int(order.linked_id),
        qty_lots=int(order.qty_lots + order.filled_lots),
        open_lots=int(order.qty_lots),
        filled_lots=int(order.filled_lots),
        filled_value_atoms=int(order.filled_value_atoms),
        triggered_us=0 if order.state in WAITS else int(order.placed_us),
        updated_us=int(order.placed_us),
        ended=0,
        reason=0,
        reject=0,
    )


def _is_of(event: Event, order: OrderRecord) -> bool:
    return bool(event.order_id == order.order_id and event.account_id == order.account_id)


def folded(events: Iterable[Event], client_id: str, units: MarketUnits) -> OrderRecord:
    """The order that a command placed, after all of the command's events."""
    mine = iter(events)
    order = placed(next(e for e in mine if e.kind == EventKind.ORDER_PLACED), client_id)
    for event in mine:
        if event.kind in CHANGES and _is_of(event, order):
            order = changed(order, event, units.value_atoms(event.price_ticks, event.qty_lots))
    return order


def one(connection: Connection, account_id: int, order_id: int) -> OrderRecord | None:
    """One order of an account."""
    query = select(TABLE).where(TABLE.c.order_id == order_id, TABLE.c.account_id == account_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else OrderRecord(**row)


def updated_us(connection: Connection, account_id: int, order_ids: list[int]) -> dict[int, int]:
    """When each of these orders of the account last changed."""
    query = select(TABLE.c.order_id, TABLE.c.updated_us)
    query = query.where(TABLE.c.order_id.in_(order_ids), TABLE.c.account_id == account_id)
    return {row.order_id: row.updated_us for row in connection.execute(query)}


def open_client_ids(connection: Connection) -> list[str]:
    """The texts of all open orders that have one."""
    query = select(TABLE.c.client_id).where(TABLE.c.ended == 0, TABLE.c.client_id != "")
    return list(connection.execute(query).scalars())


def many(connection: Connection, account_id: int, market_id: int, span: Span) -> list[OrderRecord]:
    """The account's orders by placement."""
    where = of_market(TABLE, account_id, market_id)
    return read_span(connection, TABLE, OrderRecord, span, *where)
