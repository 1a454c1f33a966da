"""`editorder`: an amendment as a draft, and its `editStatus`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Event
from longshore.venue import views
from longshore.venue.dialects.kraken_futures import facts as order_facts
from longshore.venue.dialects.kraken_futures.drafts import (
    Draft,
    Refusal,
    deadline_us,
    lots,
    named,
    named_order_id,
    ticks,
)
from longshore.venue.dialects.kraken_futures.errors import (
    EDIT_STATUS,
    ORDER_STATUS,
    argument_invalid,
)
from longshore.venue.dialects.kraken_futures.order_events import refusal, reply_events
from longshore.venue.dialects.kraken_futures.values import Json, iso

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.decode import EditOrder
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts


def draft_edit(api: Api, account_id: int, edit: EditOrder) -> Draft:
    """An amendment as a draft. Raises Refusal, or ApiError where it cannot be read."""
    before = _before(api, account_id, edit)
    command = Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        order_id=before.order_id,
        before_us=deadline_us(edit.process_before),
        qty_lots=_lots(before, edit),
        price_ticks=_ticks(before, edit.limit_price, "limitPrice"),
        trigger_ticks=_ticks(before, edit.stop_price, "stopPrice"),
    )
    return Draft(command, "", lambda events: _told(api, before, events))


def _before(api: Api, account_id: int, edit: EditOrder) -> OrderFacts:
    """The order as it stands."""
    named_id = edit.order_id or edit.batch_order_id
    order_id = named_order_id(api, account_id, named_id, edit.cli_ord_id)
    row = views.find_order(api.view, account_id, order_id)
    if row is None:
        raise Refusal("orderForEditNotFound")
    before = order_facts.of_row(api, row)
    if edit.stop_price is not None and not before.is_waiting:
        raise Refusal("orderForEditNotAStop")
    if row.trail_ppm or row.trail_ticks:
        _check_trailing(edit)
    return before


def _check_trailing(edit: EditOrder) -> None:
    """The prices of a trailing stop are not the caller's to set."""
    if edit.stop_price is not None:
        raise Refusal("cannotEditTriggerPriceOfTrailingStop")
    if edit.limit_price is not None:
        raise Refusal("cannotEditLimitPriceOfTrailingStop")


def _lots(before: OrderFacts, edit: EditOrder) -> int:
    """The new open size; `ABSOLUTE` counts what was filled. Zero leaves the size as it is."""
    if edit.size is None:
        return 0
    if edit.qty_mode not in ("RELATIVE", "ABSOLUTE"):
        raise argument_invalid("qtyMode")
    asked = lots(before.market, edit.size)
    opened = asked - (before.filled_lots if edit.qty_mode == "ABSOLUTE" else 0)
    if opened <= 0:
        raise Refusal("invalidSize")
    return opened


def _ticks(before: OrderFacts, price: Decimal | None, argument: str) -> int:
    """The new price; zero leaves it as it is."""
    if price is None:
        return 0
    asked = ticks(before.market, price, argument)
    if asked <= 0:
        raise Refusal("invalidPrice")
    return asked


def _told(api: Api, before: OrderFacts, events: list[Event]) -> Json:
    """The `editStatus` of an edit, made or refused."""
    event = refusal(events)
    status = "edited"
    if event is not None:
        status = ORDER_STATUS[Reject(event.reject)]
        status = EDIT_STATUS.get(status, status)
    return {
        "orderId": api.ids.order(before.order_id),
        **named(before.client_id),
        "status": status,
        "receivedTime": iso(events[-1].time_us),
        "orderEvents": reply_events(api, events, before.order_id, before),
    }
