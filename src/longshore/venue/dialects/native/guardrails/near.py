"""Near liquidation: four choices, each with what would be left, and the one that was made kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Leg
from longshore.engine.limits import MARKETS_MAX
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures, figures
from longshore.explain.sentences import say
from longshore.practice.guardrails.log import Chosen, is_asked
from longshore.practice.guardrails.near import Option, options
from longshore.venue.dialects.native import draft, render, trading
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.positions import LEVELS, buffer_pct
from longshore.venue.dialects.native.schema.base import LegName
from longshore.venue.dialects.native.schema.bodies import CloseBody, MarginBody
from longshore.venue.dialects.native.schema.guardrails import (
    NearBody,
    NearDone,
    NearOption,
    NearReply,
)
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.views import position

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo


class LegQuery(Query):
    """In hedge mode: which of the two."""

    leg: LegName | None = None


async def get_near(call: Call, query: LegQuery) -> NearReply:
    """How near liquidation a position is, and what each choice would leave."""
    info, place, held = _held(call, query.leg)
    level = LEVELS[words.buffer_level(held)]
    opened_us = int(position(call.venue.view, call.account_id, place).opened_us)
    log = call.venue.guardrails.log(call.account_id)
    return NearReply(
        symbol=info.symbol,
        side="long" if held.is_long else "short",
        level=level,
        text=say(f"near-{level}", market=info.symbol, buffer=words.buffer_text(held)),
        asked=is_asked(log, (held.market_id, held.is_long), level, opened_us),
        options=[
            _option(info, held, each) for each in options(call.venue.view, call.account_id, place)
        ],
    )


async def choose_near(call: Call, body: NearBody) -> NearDone:
    """Do one of the four and put it on record."""
    info, _, held = _held(call, body.leg)
    said = Chosen(
        **call.venue.stamp(),
        market_id=held.market_id,
        is_long=held.is_long,
        level=LEVELS[words.buffer_level(held)],
        buffer_ppm=held.buffer_ppm,
        choice=body.choice,
    )
    await _done(call, body)
    call.venue.guardrails.note(call.account_id, said)
    return NearDone(choice=body.choice, text=told(said, info))


def told(said: Chosen, info: MarketInfo) -> str:
    """A choice as it is kept."""
    return say(
        "near-chosen",
        market=info.symbol,
        buffer=words.buffer_of(said.buffer_ppm),
        choice=say(f"near-chose-{said.choice}"),
    )


async def _done(call: Call, body: NearBody) -> None:
    if body.choice == "add":
        if body.amount is None:
            raise bad_value("Say how much margin is added.", "amount")
        await trading.add_margin(call, MarginBody(amount=body.amount))
    elif body.choice != "keep":
        if body.choice == "reduce" and body.size is None:
            raise bad_value("Say how much is closed.", "size")
        size = body.size if body.choice == "reduce" else None
        closing = CloseBody(size=size, leg=body.leg, client_id=body.client_id)
        await trading.close_position(call, closing)


def _held(call: Call, leg: LegName | None) -> tuple[MarketInfo, int, Figures]:
    info = draft.market_of(call.venue.catalog, call.path["symbol"])
    place = info.market_id + (MARKETS_MAX if draft.LEGS[leg] == Leg.SHORT else 0)
    if not info.is_margined or not position(call.venue.view, call.account_id, place).qty_lots:
        raise not_found("position", "symbol")
    return info, place, figures(call.venue.view, call.account_id, place)


def _option(info: MarketInfo, held: Figures, option: Option) -> NearOption:
    after = option.after
    size, amount = fmt.size(info, option.lots), fmt.amount(info, option.margin_atoms)
    return NearOption(
        choice=option.choice,
        label=say(f"near-{option.choice}", size=size, amount=amount),
        after=_why_not(held, option) if after is None else _after(info, after),
        buffer_pct=buffer_pct(after.buffer_ppm) if after is not None and after.qty_lots else None,
        size=render.size(info, option.lots) if option.lots else None,
        amount=render.text(info.settle.amount(option.margin_atoms))
        if option.margin_atoms
        else None,
        possible=after is not None,
    )


def _after(info: MarketInfo, after: Figures) -> str:
    """What would be left of the buffer, in percent and in money, and how far liquidation is."""
    if not after.qty_lots:
        return say("near-after-nothing")
    spare = fmt.amount(info, after.equity_atoms - after.maintenance_atoms)
    buffer = words.buffer_text(after)
    if after.liquidation.state != "price":
        return say("near-after-far", buffer=buffer, spare=spare)
    away = fmt.percent(words.distance_ppm(after), 1_000_000)
    return say("near-after", buffer=buffer, spare=spare, away=away)


def _why_not(held: Figures, option: Option) -> str:
    if option.choice == "add":
        return say("near-no-add" if held.is_isolated else "near-no-add-cross")
    return say("near-no-close")
