"""`CancelOrder`, `CancelOrderBatch`, `CancelAll`, `CancelAllOrdersAfter`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.venue.dialects.kraken_spot import facts as order_facts
from longshore.venue.dialects.kraken_spot import refs
from longshore.venue.dialects.kraken_spot.decode import whole
from longshore.venue.dialects.kraken_spot.errors import UNKNOWN_ORDER, ApiError, invalid
from longshore.venue.dialects.kraken_spot.values import US_PER_SECOND, Json, iso_seconds

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

BATCH_MAX = 50
TIMEOUT_MAX_S = 86_400


class CancelOrder(msgspec.Struct):
    """An order by its id, its number or the caller's own name."""

    txid: str = ""
    cl_ord_id: str = ""


class CancelOrderBatch(msgspec.Struct):
    """Orders by any of these."""

    orders: list[str | dict[str, str]] = []
    cl_ord_ids: list[str] = []


class Timeout(msgspec.Struct):
    """In how many seconds; 0 disarms."""

    timeout: str


async def cancel_order(api: Api, call: Call) -> Json:
    """Private CancelOrder: one order, or all open ones of a `userref`."""
    asked = call.form(CancelOrder)
    if not asked.txid and not asked.cl_ord_id:
        raise invalid("txid")
    order_ids = [*named(api, call.account_id, asked.txid, asked.cl_ord_id)]
    return {"count": await cancelled(api, call.account_id, order_ids)}


async def cancel_order_batch(api: Api, call: Call) -> Json:
    """Private CancelOrderBatch: those that are open; refused when none is."""
    asked = call.form(CancelOrderBatch)
    if not 1 <= len(asked.orders) + len(asked.cl_ord_ids) <= BATCH_MAX:
        raise invalid("orders")
    texts = [each if isinstance(each, str) else each.get("txid", "") for each in asked.orders]
    by_id = [each for text in texts for each in named(api, call.account_id, text, "")]
    by_name = [each for text in asked.cl_ord_ids for each in named(api, call.account_id, "", text)]
    return {"count": await cancelled(api, call.account_id, by_id + by_name)}


def named(api: Api, account_id: int, text: str, cl_ord_id: str) -> list[int]:
    """The open orders that an id, a `userref` or a client id means."""
    if cl_ord_id:
        found = [order_facts.named_order_id(api, account_id, cl_ord_id)]
    elif refs.is_userref(text):
        found = order_facts.open_with_userref(api, account_id, int(text))
    else:
        found = [api.ids.order_id(text)]
    return [each for each in found if order_facts.find_row(api, account_id, each) is not None]


async def cancelled(api: Api, account_id: int, order_ids: list[int]) -> int:
    """Cancel orders together; how many. Refused when there is none."""
    commands = [
        Command(
            kind=CommandKind.CANCEL_ORDER,
            origin=Origin.USER,
            account_id=account_id,
            order_id=order_id,
        )
        for order_id in dict.fromkeys(order_ids)
    ]
    if not commands:
        raise ApiError(UNKNOWN_ORDER)
    rows = [order_facts.find_row(api, account_id, int(each.order_id)) for each in commands]
    placed = [(int(row.market_id), int(row.placed_us)) for row in rows if row is not None]
    api.limits.check_cancelled(account_id, placed)
    ended = _ended(await api.submit(commands), account_id)
    if not ended:  # all of them were filled or cancelled meanwhile
        raise ApiError(UNKNOWN_ORDER)
    return ended


def _ended(outcomes: list[list[Event]], account_id: int) -> int:
    events = [event for events in outcomes for event in events]
    ended = [event for event in events if event.kind == EventKind.ORDER_ENDED]
    return sum(event.account_id == account_id for event in ended)


async def cancel_all(api: Api, call: Call) -> Json:
    """Private CancelAll."""
    return {"count": await all_cancelled(api, call.account_id)}


async def all_cancelled(api: Api, account_id: int) -> int:
    """Cancel every order in a spot pair, none in another market; how many."""
    commands = [
        Command(
            kind=CommandKind.CANCEL_ALL,
            origin=Origin.USER,
            account_id=account_id,
            market_id=market.market_id,
        )
        for market in api.pairs
    ]
    return _ended(await api.submit(commands), account_id) if commands else 0


async def cancel_all_after(api: Api, call: Call) -> Json:
    """Private CancelAllOrdersAfter: the dead man's switch, in seconds of world time.

    An account has one, which ends its orders in every market.
    """
    return await armed(api, call.account_id, call.form(Timeout).timeout)


async def armed(api: Api, account_id: int, text: str) -> Json:
    """Set the switch, or clear it with 0; now, and when it goes off."""
    timeout_s = whole(text, "timeout")
    if timeout_s > TIMEOUT_MAX_S:
        raise invalid("timeout")
    command = Command(
        kind=CommandKind.CANCEL_ALL_AFTER,
        origin=Origin.USER,
        account_id=account_id,
        value=timeout_s * US_PER_SECOND,
    )
    (events,) = await api.submit([command])
    made = next(event for event in events if event.kind == EventKind.DEAD_MAN_SET)
    trigger = iso_seconds(made.amount_atoms) if made.amount_atoms else "0"
    return {"currentTime": iso_seconds(made.time_us), "triggerTime": trigger}
