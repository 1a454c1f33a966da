"""Sentences that more than one screen says: liquidation, stake, funding, break-even, profit."""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain.figures import Figures
from longshore.explain.moves import DayMoves
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo

Direction = Literal["pay", "receive", "none"]


class LiquidationWords(msgspec.Struct, frozen=True):
    """The liquidation price as people read it; the state says whether there is one."""

    state: Literal["price", "none", "unknown"]
    price: str
    distance_pct: str = ""
    distance_usd: str = ""
    daily_moves: str = ""
    range_low: str = ""
    range_high: str = ""


class FundingWords(msgspec.Struct, frozen=True):
    """The next funding of a position, in money."""

    direction: Direction
    amount: str
    countdown: str
    at_ms: int
    per_day: str
    pct_margin: str


def side(held: Figures) -> str:
    """Long, short or nothing."""
    if held.qty_lots == 0:
        return say("flat")
    return say("side-long") if held.is_long else say("side-short")


def mode(held: Figures) -> str:
    """The margin mode, with its leverage if one was chosen."""
    if held.leverage_ppm == 0:
        return say("mode-cross")
    key = "mode-isolated" if held.is_isolated else "mode-cross-at"
    return say(key, lev=fmt.times(held.leverage_ppm, PPM))


def distance_ppm(held: Figures) -> int:
    """From mark to liquidation price, as a share of the mark."""
    gap = abs(held.mark_subticks - held.liquidation.subticks)
    return gap * PPM // max(1, held.mark_subticks)


def liquidation(held: Figures, market: MarketInfo, moves: DayMoves) -> LiquidationWords:
    """The liquidation price with its distance in money, in percent and in daily moves."""
    found = held.liquidation
    if found.state != "price":
        key = "no-liquidation" if found.state == "none" else "unknown"
        return LiquidationWords(found.state, say(key))
    gap = abs(held.mark_subticks - found.subticks)
    low, high = _range(held, market)
    return LiquidationWords(
        state="price",
        price=fmt.price(market, found.subticks),
        distance_pct=fmt.percent(gap, held.mark_subticks),
        distance_usd=fmt.price_step(market, gap),
        daily_moves=moves.moves(distance_ppm(held)),
        range_low=low,
        range_high=high,
    )


def _range(held: Figures, market: MarketInfo) -> tuple[str, str]:
    """Alone and with all marks moving alike; empty when that makes no difference."""
    alike = held.liquidation_together
    if held.is_isolated or alike.state != "price":
        return "", ""
    low, high = sorted((held.liquidation.subticks, alike.subticks))
    texts = fmt.price(market, low), fmt.price(market, high)
    return texts if texts[0] != texts[1] else ("", "")


def liquidation_sentences(held: Figures, market: MarketInfo, moves: DayMoves) -> list[str]:
    """T5 to T9: when the venue would close the position, and how unusual that is."""
    words = liquidation(held, market, moves)
    if words.state != "price":
        return [say(f"liquidation-{words.state}")]
    if held.liquidation.subticks == held.mark_subticks:
        return [say("liquidation-now")]
    falls = held.liquidation.subticks < held.mark_subticks
    said = [
        say(
            "liquidation-long" if falls else "liquidation-short",
            dist_pct=words.distance_pct,
            dist_usd=words.distance_usd,
            liq=words.price,
        )
    ]
    if words.range_low:
        said.append(
            say(
                "liquidation-range",
                coin=market.base.code,
                liq_lo=words.range_low,
                liq_hi=words.range_high,
            )
        )
    if words.daily_moves:
        said += _unusual(held, market, moves, words.daily_moves)
    return said


def _unusual(held: Figures, market: MarketInfo, moves: DayMoves, typical: str) -> list[str]:
    days = len(moves.days)
    falling = held.liquidation.subticks < held.mark_subticks
    beyond = moves.days_beyond(distance_ppm(held), falling=falling)
    return [
        say("liquidation-moves", moves=typical, days=str(days)),
        say(
            "liquidation-days",
            coin=market.base.code,
            side=side(held),
            days_n=str(beyond),
            days_m=str(days),
        ),
    ]


def at_stake(held: Figures, market: MarketInfo) -> str:
    """T3, T4: what can be lost."""
    if held.is_isolated:
        return say("at-stake-isolated", margin=fmt.amount(market, held.margin_atoms))
    return say("at-stake-cross", equity=fmt.amount(market, held.equity_atoms))


def funding(held: Figures, market: MarketInfo, time_us: int) -> FundingWords:
    """The next funding in money: who pays is said in words, never by a sign."""
    amount = held.next_funding_atoms
    direction: Direction = "none" if amount == 0 else "pay" if amount < 0 else "receive"
    return FundingWords(
        direction=direction,
        amount=fmt.amount(market, abs(amount)),
        countdown=fmt.countdown(held.next_funding_us - time_us),
        at_ms=held.next_funding_us // 1000,
        per_day=fmt.amount(market, abs(held.day_funding_atoms)),
        pct_margin=fmt.percent(abs(held.day_funding_atoms), held.margin_atoms),
    )


def funding_sentence(held: Figures, market: MarketInfo, time_us: int) -> str:
    """T10, T11."""
    words = funding(held, market, time_us)
    if words.direction == "none":
        return say("funding-zero", countdown=words.countdown)
    longs_pay = (words.direction == "pay") == held.is_long
    payer, receiver = (say("longs"), say("shorts"))[:: 1 if longs_pay else -1]
    common = {"countdown": words.countdown, "amount": words.amount, "payer": payer}
    if words.direction == "receive":
        return say("funding-receive", receiver=receiver, **common)
    return say(
        "funding-pay",
        receiver=receiver,
        per_day=words.per_day,
        pct_margin=words.pct_margin,
        **common,
    )


def break_even_sentence(held: Figures, market: MarketInfo) -> str:
    """T12."""
    if held.break_even_subticks == 0:
        return say("break-even-none")
    return say(
        "break-even-long" if held.is_long else "break-even-short",
        breakeven=fmt.price(market, held.break_even_subticks),
        fees=fmt.amount(market, held.fees_atoms),
        funding=funding_part(held.funding_atoms, market),
    )


def funding_part(atoms: int, market: MarketInfo) -> str:
    """Funding so far, as a part of a sentence."""
    if atoms == 0:
        return say("funding-part-none")
    key = "funding-part-paid" if atoms < 0 else "funding-part-received"
    return say(key, amount=fmt.amount(market, abs(atoms)))


def funding_told(atoms: int, market: MarketInfo) -> str:
    """A funding payment in a list: who paid is said in words."""
    key = "funding-you-paid" if atoms < 0 else "funding-you-received"
    return say(key, amount=fmt.amount(market, abs(atoms)))


def profit_sentence(held: Figures, market: MarketInfo) -> str:
    """T14: profit in money, of margin and of price."""
    if held.pnl_atoms == 0:
        return say("profit-even")
    return say(
        "profit-up" if held.pnl_atoms > 0 else "profit-down",
        pnl=fmt.amount(market, abs(held.pnl_atoms)),
        pct_margin=fmt.percent(abs(held.pnl_atoms), held.margin_atoms),
        pct_price=fmt.percent(abs(held.pnl_atoms), abs(held.entry_value_atoms)),
    )


def added_margin_sentences(
    market: MarketInfo, before: Figures, after: Figures, added_atoms: int
) -> list[str]:
    """T15; nothing when margin was taken out, or where no price liquidates."""
    states = (before.liquidation.state, after.liquidation.state)
    if added_atoms <= 0 or states != ("price", "price"):
        return []
    return [
        say(
            "added-margin",
            amount=fmt.amount(market, added_atoms),
            liq_old=fmt.price(market, before.liquidation.subticks),
            liq_new=fmt.price(market, after.liquidation.subticks),
            dist_pct=fmt.percent(distance_ppm(after), PPM),
        )
    ]


BufferLevel = Literal["over-half", "under-half", "under-quarter", "under-tenth"]


def buffer_level(held: Figures) -> BufferLevel:
    """Which of the warning levels the safety buffer stands on."""
    if held.buffer_ppm < PPM // 10:
        return "under-tenth"
    if held.buffer_ppm < PPM // 4:
        return "under-quarter"
    return "under-half" if held.buffer_ppm < PPM // 2 else "over-half"


def buffer_sentence(held: Figures) -> str:
    """What is left of the way to liquidation."""
    return say(f"buffer-{buffer_level(held)}", buffer=buffer_text(held))


def buffer_text(held: Figures) -> str:
    """The buffer in percent; not 0% while something is left, nor 100% while something is gone."""
    return buffer_of(held.buffer_ppm)


def buffer_of(ppm: int) -> str:
    """The same of a share."""
    if 0 < ppm < PPM // 100:
        return "<1%"
    return f"{ppm * 100 // PPM}%"
