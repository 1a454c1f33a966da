"""A position as its card tells it: one sentence list, the same numbers everywhere."""

from __future__ import annotations

import msgspec

from longshore.engine.state import State
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures, figures
from longshore.explain.moves import DayMoves
from longshore.explain.sentences import say
from longshore.explain.trees.ground import Ground
from longshore.explain.trees.node import Why
from longshore.explain.trees.positions import Held
from longshore.rulebooks import MarketInfo, Rulebook

CARD_TREES = ("liquidation", "buffer", "funding")


class PositionCard(msgspec.Struct):
    """Everything a card shows; every number is already written."""

    symbol: str
    coin: str
    side: str
    size: str
    mode: str
    leverage: str
    value: str
    margin: str
    entry: str
    mark: str
    pnl: str
    pnl_direction: str
    pnl_pct_margin: str
    pnl_pct_price: str
    buffer: str
    buffer_ppm: int
    buffer_level: str
    liquidation: words.LiquidationWords
    break_even: str
    fees_paid: str
    funding_so_far: str
    funding: words.FundingWords
    at_stake: str
    sentences: list[str]
    trees: list[Why]


def position(
    view: State,
    rulebook: Rulebook,
    account_id: int,
    symbol: str,
    moves: DayMoves | None = None,
) -> PositionCard | None:
    """The card of an account's position in a perpetual market; None when it has none."""
    market = rulebook.catalog.market(symbol)
    held = figures(view, account_id, market.market_id)
    if held.qty_lots == 0:
        return None
    return card(view, rulebook, held, moves or DayMoves())


def card(view: State, rulebook: Rulebook, held: Figures, moves: DayMoves) -> PositionCard:
    """The card of figures already taken."""
    market = rulebook.catalog.market(held.market_id)
    return PositionCard(
        symbol=market.symbol,
        coin=market.base.code,
        side="long" if held.is_long else "short",
        size=fmt.size(market, held.qty_lots),
        mode=words.mode(held),
        leverage=fmt.times(held.value_atoms, held.margin_atoms),
        value=fmt.amount(market, held.value_atoms),
        margin=fmt.amount(market, held.margin_atoms),
        entry=fmt.price(market, held.entry_subticks),
        mark=fmt.price(market, held.mark_subticks),
        pnl=fmt.amount(market, held.pnl_atoms),
        pnl_direction="up" if held.pnl_atoms > 0 else "down" if held.pnl_atoms < 0 else "even",
        pnl_pct_margin=fmt.percent(held.pnl_atoms, held.margin_atoms),
        pnl_pct_price=fmt.percent(held.pnl_atoms, abs(held.entry_value_atoms)),
        buffer=words.buffer_text(held),
        buffer_ppm=held.buffer_ppm,
        buffer_level=words.buffer_level(held),
        liquidation=words.liquidation(held, market, moves),
        break_even=break_even(held, market),
        fees_paid=fmt.amount(market, held.fees_atoms),
        funding_so_far=words.funding_part(held.funding_atoms, market),
        funding=words.funding(held, market, view.time_us),
        at_stake=words.at_stake(held, market),
        sentences=position_sentences(view, held, market, moves),
        trees=[Held(Ground(view, rulebook), held, held.market_id).tree(key) for key in CARD_TREES],
    )


def break_even(held: Figures, market: MarketInfo) -> str:
    """The break-even price, or that there is none."""
    if held.break_even_subticks == 0:
        return say("no-liquidation")
    return fmt.price(market, held.break_even_subticks)


def position_sentences(
    view: State, held: Figures, market: MarketInfo, moves: DayMoves
) -> list[str]:
    """What you own, how it stands, what closes it, what it costs, what is at stake."""
    return [
        owns_sentence(held, market),
        words.profit_sentence(held, market),
        words.buffer_sentence(held),
        *words.liquidation_sentences(held, market, moves),
        words.funding_sentence(held, market, view.time_us),
        words.break_even_sentence(held, market),
        words.at_stake(held, market),
    ]


def owns_sentence(held: Figures, market: MarketInfo) -> str:
    """What a perpetual is: a contract, not the coin."""
    return say(
        "own-long" if held.is_long else "own-short",
        coin=market.base.code,
        value=fmt.amount(market, held.value_atoms),
        margin=fmt.amount(market, held.margin_atoms),
    )
