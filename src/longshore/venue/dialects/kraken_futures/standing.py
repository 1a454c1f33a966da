"""How an account stands in the venue: its place in the queue of unwinding, its self-trade mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, SelfTrade
from longshore.engine.commands import CommandKind
from longshore.engine.legs import market_at
from longshore.engine.rows import Command
from longshore.venue import views
from longshore.venue.dialects.kraken_futures.errors import argument_invalid
from longshore.venue.dialects.kraken_futures.values import Json
from longshore.venue.unwinding import percentile

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

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
            part = await percentile(state, call.account_id, place)
            queue.append({"symbol": market.symbol, "percentile": part})
    return {"queue": queue}


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
