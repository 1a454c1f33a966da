"""How an account stands in the venue: its place in the queue of unwinding, its self-trade mode."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, SelfTrade
from longshore.engine.commands import CommandKind
from longshore.engine.legs import market_at
from longshore.engine.ranks import rank_score
from longshore.engine.rows import Command
from longshore.venue import views
from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

AT_ONCE = 1_000
BAND = 20
WHOLE = 100
"""Percentiles are told in fifths; 100 is who is unwound first. The direction is not published."""
STRATEGIES = {
    "REJECT_TAKER": SelfTrade.REJECT_TAKER,
    "CANCEL_MAKER_SELF": SelfTrade.CANCEL_MAKER,
    "CANCEL_MAKER_CHILD": SelfTrade.CANCEL_MAKER_CHILD,
    "CANCEL_MAKER_ANY": SelfTrade.CANCEL_MAKER_ANY,
}


class Strategy(msgspec.Struct):
    """`self-trade-strategy` as it is set."""

    strategy: str


async def unwind_queue(api: Api, call: Call) -> Json:
    """GET unwindqueue: in which fifth of its side each position ranks."""
    state = api.view
    queue = []
    for place, _ in views.positions(state, call.account_id):
        market = api.venue.catalog.market(int(market_at(state, place).market_id))
        if market.is_dollar_perpetual:
            percentile = await _percentile(api, call.account_id, place)
            queue.append({"symbol": market.symbol, "percentile": percentile})
    return {"queue": queue}


async def _percentile(api: Api, account_id: int, place: int) -> int:
    """The share of its side that ranks at most as high, in whole fifths, upward."""
    state = api.view
    is_long = views.position(state, account_id, place).qty_lots > 0
    own = rank_score(state, account_id, place)
    count = below = 0
    for other in range(1, state.accounts_count + 1):
        if other % AT_ONCE == 0:
            await asyncio.sleep(0)  # many accounts: others are served in between
        held = views.position(state, other, place).qty_lots
        if held and (held > 0) == is_long:
            count += 1
            below += rank_score(state, other, place) <= own
    return -(-below * WHOLE // (max(1, count) * BAND)) * BAND


async def strategy(api: Api, call: Call) -> Json:
    """GET self-trade-strategy."""
    mode = api.view.accounts[call.account_id].self_trade
    return {"strategy": next(name for name, each in STRATEGIES.items() if each == mode)}


async def set_strategy(api: Api, call: Call) -> Json:
    """PUT self-trade-strategy."""
    asked = call.form(Strategy)
    if asked.strategy not in STRATEGIES:
        raise argument_invalid("strategy")
    command = Command(
        kind=CommandKind.SET_SELF_TRADE,
        origin=Origin.USER,
        account_id=call.account_id,
        value=STRATEGIES[asked.strategy],
    )
    await api.submit([command])
    return {"strategy": asked.strategy}
