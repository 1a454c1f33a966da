"""One order as it stands, from an engine row or a record of history."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.clients import client_order
from longshore.engine.codes import OrderState
from longshore.rulebooks import MarketInfo
from longshore.venue import views
from longshore.venue.dialects.kraken_spot import refs

if TYPE_CHECKING:
    from longshore.engine.rows import Order
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.projections.records import OrderRecord


class OrderFacts(msgspec.Struct):
    """What every form of Kraken's order object is made of."""

    market: MarketInfo
    order_id: int
    client_text: str
    side: int
    type: int
    price_ticks: int
    open_lots: int
    filled_lots: int
    filled_value_atoms: int
    placed_us: int
    expire_us: int
    closed_us: int = 0  # 0: it is open
    reason: int = 0  # codes.Reason of its end

    @property
    def total_lots(self) -> int:
        """What is open, or was when it ended, and what was filled."""
        return self.open_lots + self.filled_lots

    @property
    def average_price(self) -> Decimal:
        """What was paid for one unit on average, 0 before the first fill."""
        if not self.filled_lots:
            return Decimal(0)
        value = self.market.quote.amount(self.filled_value_atoms)
        return value / self.market.size(self.filled_lots)


def of_row(api: Api, order: Order) -> OrderFacts:
    """An open order of the engine."""
    return OrderFacts(
        market=api.venue.catalog.market(int(order.market_id)),
        order_id=int(order.order_id),
        client_text=api.venue.client_ids.text_of(order),
        side=int(order.side),
        type=int(order.type),
        price_ticks=int(order.price_ticks),
        open_lots=int(order.qty_lots),
        filled_lots=int(order.filled_lots),
        filled_value_atoms=int(order.filled_value_atoms),
        placed_us=int(order.placed_us),
        expire_us=int(order.expire_us),
    )


def of_record(api: Api, record: OrderRecord) -> OrderFacts:
    """An order of the history, open or gone."""
    return OrderFacts(
        market=api.venue.catalog.market(record.market_id),
        order_id=record.order_id,
        client_text=record.client_id,
        side=record.side,
        type=record.type,
        price_ticks=record.price_ticks,
        open_lots=record.open_lots,
        filled_lots=record.filled_lots,
        filled_value_atoms=record.filled_value_atoms,
        placed_us=record.time_us,
        expire_us=record.expire_us,
        closed_us=record.updated_us if record.ended else 0,
        reason=record.reason,
    )


def open_rows(api: Api, account_id: int) -> Iterator[Order]:
    """The account's open orders in spot pairs, newest first."""
    for order in views.open_orders(api.view, account_id):
        if order.state != OrderState.ASLEEP and api.is_spot(int(order.market_id)):
            yield order


def find_row(api: Api, account_id: int, order_id: int) -> Order | None:
    """One open order of the account in a spot pair."""
    row = views.find_order(api.view, account_id, order_id) if order_id else None
    return row if row is not None and api.is_spot(int(row.market_id)) else None


def named_order_id(api: Api, account_id: int, cl_ord_id: str) -> int:
    """The order the account gave this client id; 0 when there is none."""
    client_hi, client_lo = api.venue.client_ids.digest(cl_ord_id)
    return client_order(api.view, account_id, client_hi, client_lo)


def open_with_userref(api: Api, account_id: int, userref: int) -> list[int]:
    """The account's open orders that carry this number."""
    texts = api.venue.client_ids
    return [
        int(row.order_id)
        for row in open_rows(api, account_id)
        if refs.userref_of(texts.text_of(row)) == userref
    ]
