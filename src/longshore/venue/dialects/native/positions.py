"""Position cards: figures and sentences come from `explain`, here they are put on the wire."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType
from longshore.engine.limits import MARKETS_MAX
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures, figures
from longshore.explain.position import position_sentences
from longshore.explain.sentences import say
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.schema.account import (
    Distances,
    FundingNext,
    Liquidation,
    OrderReply,
    PositionCard,
)
from longshore.venue.dialects.native.schema.base import BufferLevel
from longshore.venue.dialects.native.schema.explain import Figure
from longshore.venue.views import position, positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.engine.state import State
    from longshore.explain.moves import DayMoves
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue

PPM = 1_000_000
LEVELS: dict[str, BufferLevel] = {
    "over-half": "full",
    "under-half": "half",
    "under-quarter": "quarter",
    "under-tenth": "tenth",
}


async def position_cards(
    venue: Venue, account_id: int, orders: Sequence[OrderReply]
) -> list[PositionCard]:
    """All perpetual positions of an account; `orders` are its open ones."""
    held = [place for place, _ in positions(venue.view, account_id)]
    infos = {place: venue.catalog.market(place % MARKETS_MAX) for place in held}
    moves = {
        info.symbol: await venue.moves.of(info.market_id, venue.now_us)
        for info in infos.values()
        if info.is_margined
    }
    return [
        card(venue.view, info, (account_id, place), moves[info.symbol], orders)
        for place, info in infos.items()
        if info.is_margined and position(venue.view, account_id, place).qty_lots
    ]


def card(
    view: State,
    info: MarketInfo,
    whose: tuple[int, int],
    moves: DayMoves,
    orders: Sequence[OrderReply],
) -> PositionCard:
    """One position, `whose` account and place; `orders` are the account's open ones."""
    held = figures(view, *whose)
    opened_us = int(position(view, *whose).opened_us)
    closing = [order for order in orders if (order.side == "sell") == held.is_long]
    stop = _protective(closing, info.symbol, render.TYPE_NAMES[OrderType.STOP])
    target = _protective(closing, info.symbol, render.TYPE_NAMES[OrderType.TAKE_PROFIT])
    return PositionCard(
        symbol=info.symbol,
        side="long" if held.is_long else "short",
        size=render.size(info, abs(held.qty_lots)),
        mode="isolated" if held.is_isolated else "cross",
        leverage=render.text(Decimal(held.leverage_ppm) / PPM) if held.is_isolated else None,
        opened_ms=render.ms(opened_us),
        sentences=position_sentences(view, held, info, moves),
        entry_price=_price(info, held.entry_subticks),
        mark_price=_price(info, held.mark_subticks),
        unit=info.settle.code if info.is_in_coins else None,
        value=amount(info, held.value_atoms),
        margin=amount(info, held.margin_atoms),
        unrealised=amount(info, held.pnl_atoms),
        unrealised_text=fmt.amount(info, held.pnl_atoms),
        unrealised_pct_margin=percent(held.pnl_atoms, held.margin_atoms),
        unrealised_pct_price=percent(held.pnl_atoms, abs(held.entry_value_atoms)),
        realised=amount(info, held.realised_atoms),
        fees=amount(info, held.fees_atoms),
        funding=amount(info, held.funding_atoms),
        buffer_pct=buffer_pct(held.buffer_ppm),
        buffer_text=words.buffer_text(held),
        buffer_level=LEVELS[words.buffer_level(held)],
        break_even=render.mark(info, held.break_even_subticks),
        liquidation=liquidation(held, info, moves),
        funding_next=_funding_next(held, info, int(view.time_us)),
        stop=stop,
        target=target,
        distances_pct=Distances(
            entry=percent(abs(held.entry_subticks - held.mark_subticks), held.mark_subticks),
            stop=_trigger_distance(stop, info, held),
            target=_trigger_distance(target, info, held),
        ),
    )


def _trigger_distance(order: OrderReply | None, info: MarketInfo, held: Figures) -> str | None:
    if order is None or order.trigger_price is None:
        return None
    mark = info.mark(held.mark_subticks)
    return plain(fmt.percent(abs(Decimal(order.trigger_price) - mark), mark))


def liquidation(held: Figures, info: MarketInfo, moves: DayMoves) -> Liquidation:
    """Where the venue would close the position, in numbers and in sentences."""
    said = words.liquidation(held, info, moves)
    known = said.state == "price"
    return Liquidation(
        state=said.state,
        price=plain(said.price) if known else None,
        price_text=said.price,
        distance_pct=plain(said.distance_pct) if known else None,
        distance_usd=plain(said.distance_usd) if known else None,
        daily_moves=said.daily_moves or None,
        text=" ".join(words.liquidation_sentences(held, info, moves)),
    )


def buffer_pct(buffer_ppm: int) -> str:
    """A number where the text says that less than one percent is left."""
    pct = Decimal(buffer_ppm) * 100 / PPM
    return f"{pct.quantize(Decimal(1) if pct >= 1 else Decimal('0.01'), ROUND_DOWN):f}"


def shown_figures(held: Figures, info: MarketInfo, moves: DayMoves) -> list[Figure]:
    """What is shown of a position in many places, as each of them writes it."""
    said = words.liquidation(held, info, moves)
    return [
        Figure(label=say("label-liquidation"), value=said.price),
        Figure(label=say("label-unrealised"), value=fmt.amount(info, held.pnl_atoms)),
        Figure(label=say("label-buffer"), value=words.buffer_text(held)),
    ]


def _funding_next(held: Figures, info: MarketInfo, time_us: int) -> FundingNext:
    return FundingNext(
        amount=amount(info, held.next_funding_atoms),
        next_ms=render.ms(held.next_funding_us),
        text=words.funding_sentence(held, info, time_us),
    )


def _protective(orders: Sequence[OrderReply], symbol: str, kind: str) -> OrderReply | None:
    """The newest waiting order of a kind that would reduce the position."""
    return next(
        (o for o in orders if o.symbol == symbol and o.type == kind and o.reduce_only), None
    )


def _price(info: MarketInfo, subticks: int) -> str:
    return render.mark(info, subticks) or "0"


def amount(info: MarketInfo, atoms: int) -> str:
    """Money of what the market settles in: dollars as above sentences, or a coin to the atom."""
    return render.text(info.settle.amount(atoms)) if info.is_in_coins else dollars(atoms)


def dollars(atoms: int) -> str:
    """Dollars rounded as sentences round them, so that both show the same number."""
    return plain(fmt.money(atoms))


def percent(part: int, whole: int) -> str:
    """A percentage rounded as sentences round it; 0 of nothing is 0."""
    return plain(fmt.percent(part, whole)) if whole else "0"


def plain(shown: str) -> str:
    """A number as people read it, as programs do."""
    return shown.replace("$", "").replace(",", "").replace("%", "")
