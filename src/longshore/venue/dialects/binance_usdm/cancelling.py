"""`allOpenOrders`, `algoOpenOrders`, `countdownCancelAll`: many orders ended at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.dialects.binance_usdm import order_facts
from longshore.venue.dialects.binance_usdm.decode import Countdown, Symbol
from longshore.venue.dialects.binance_usdm.drafts import cancel_command, refused
from longshore.venue.dialects.binance_usdm.errors import rejected
from longshore.venue.dialects.binance_usdm.order_objects import WAITING
from longshore.venue.dialects.binance_usdm.values import US_PER_MS, Json

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

DONE = {"code": 200, "msg": "The operation of cancel all open order is done."}


async def cancel_all(api: Api, call: Call) -> Json:
    """DELETE allOpenOrders: those in the book of one market; conditional ones stay."""
    return await _cancel_all(api, call, waiting=False)


async def cancel_all_algo(api: Api, call: Call) -> Json:
    """DELETE algoOpenOrders: the conditional ones of one market."""
    return await _cancel_all(api, call, waiting=True)


async def _cancel_all(api: Api, call: Call, *, waiting: bool) -> Json:
    market = api.market(call.form(Symbol).symbol)
    await api.submit(
        [
            cancel_command(call.account_id, int(row.order_id))
            for row in order_facts.open_rows(api, call.account_id)
            if row.market_id == market.market_id and (row.type in WAITING) == waiting
        ]
    )
    return dict(DONE)


async def countdown(api: Api, call: Call) -> Json:
    """POST countdownCancelAll: the dead man's switch, which here is the whole account's."""
    asked = call.form(Countdown)
    market = api.market(asked.symbol)
    command = Command(
        kind=CommandKind.CANCEL_ALL_AFTER,
        origin=Origin.USER,
        account_id=call.account_id,
        value=asked.countdown_time * US_PER_MS,
    )
    reject = await refused(api, command)
    if reject != Reject.NONE:
        raise rejected(reject)
    return {"symbol": market.symbol, "countdownTime": str(asked.countdown_time)}
