"""Trades that are passed on: a closed one as a text and a link, and one that opens as a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.sentences import say
from longshore.practice.guardrails import copied
from longshore.practice.guardrails.copied import NoTradeError, Trade
from longshore.venue.dialects.native import debriefs, draft, render
from longshore.venue.dialects.native.errors import ApiError, bad_value, not_found
from longshore.venue.dialects.native.schema.guardrails import CopiedTrade, CopyBody, TradeText
from longshore.venue.dialects.native.wire import Call, decimal

if TYPE_CHECKING:
    from longshore.practice.plan import Plan
    from longshore.rulebooks import MarketInfo

HOUR_US = 3_600_000_000


async def get_trade(call: Call) -> TradeText:
    """A closed position's plan, to be passed on; without a plan there is nothing to pass on."""
    plan = await debriefs.plan_of(call)
    if plan is None:
        raise not_found("plan", "id")
    trade = _trade(call.venue.catalog.market(plan.market_id), plan)
    return TradeText(text=copied.written(trade), link=copied.link(trade))


def _trade(info: MarketInfo, plan: Plan) -> Trade:
    return Trade(
        symbol=info.symbol,
        side="buy" if plan.is_long else "sell",
        stop_price=render.price(info, plan.stop_ticks),
        target_price=render.price_or_none(info, plan.target_ticks),
        hours=render.text(decimal(str(plan.hold_us), "hours") / HOUR_US) if plan.hold_us else None,
    )


async def copy_trade(call: Call, body: CopyBody) -> CopiedTrade:
    """A plan to begin from somebody's trade: its reason and its limit are empty."""
    try:
        trade = copied.read(body.text)
        info = draft.market_of(call.venue.catalog, trade.symbol)
    except (NoTradeError, ApiError) as error:
        raise bad_value(say("copied-none"), "text") from error
    if not info.is_margined:
        raise bad_value(say("copied-none"), "text")
    prices = [price for price in (trade.stop_price, trade.target_price) if price is not None]
    if any(draft.ticks(info, price, "text") <= 0 for price in prices):
        raise bad_value(say("copied-none"), "text")
    if trade.hours is not None and decimal(trade.hours, "text") <= 0:
        raise bad_value(say("copied-none"), "text")
    side = say("side-long" if trade.side == "buy" else "side-short")
    return CopiedTrade(
        symbol=info.symbol,
        side=trade.side,
        stop_price=trade.stop_price,
        target_price=trade.target_price,
        hours=trade.hours,
        text=say("copied-told", side=side, market=info.symbol, stop=trade.stop_price),
    )
