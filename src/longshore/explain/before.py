"""What an order would do, in sentences: said before it is sent."""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.engine.codes import Side, Signal
from longshore.engine.state import State
from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures
from longshore.explain.moves import DayMoves
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo

Deed = Literal["open", "add", "reduce", "close", "flip"]


class Outcome(msgspec.Struct, frozen=True):
    """What became of an order when it was tried."""

    side: int
    asked_lots: int
    taken_lots: int
    left_lots: int
    price_ticks: int
    rests: bool
    signal: int
    trigger_ticks: int
    fee_atoms: int
    traded_atoms: int
    before: Figures
    after: Figures

    @property
    def waits(self) -> bool:
        """Whether nothing happens until a trigger price is reached."""
        return self.trigger_ticks != 0

    @property
    def deed(self) -> Deed:
        """What the order does to the position there was."""
        held, left = self.before.qty_lots, self.after.qty_lots
        if held == 0:
            return "open"
        if (held > 0) == (self.side == Side.BUY):
            return "add"
        if self.waits:
            return "close" if self.asked_lots >= abs(held) else "reduce"
        if left == 0:
            return "close"
        return "reduce" if (left > 0) == (held > 0) else "flip"


def before(view: State, market: MarketInfo, outcome: Outcome, moves: DayMoves) -> list[str]:
    """What would be held, what it could cost, and what would close it."""
    if outcome.waits:
        return [waits_sentence(market, outcome)]
    result = result_sentences(view, market, outcome.after, moves)
    fee = fee_sentences(market, outcome)
    if outcome.rests and outcome.taken_lots == 0:
        rests = say("before-rests", price=f"{market.price(outcome.price_ticks):,f}")
        return [rests, say("before-if-filled", sentence=result[0]), *result[1:], *fee]
    return [*part_sentences(market, outcome), *result, *fee]


def waits_sentence(market: MarketInfo, outcome: Outcome) -> str:
    """A stop or a take-profit does nothing yet."""
    signal = say(f"signal-{Signal(outcome.signal).name.lower()}")
    return say("before-waits", signal=signal, trigger=f"{market.price(outcome.trigger_ticks):,f}")


def part_sentences(market: MarketInfo, outcome: Outcome) -> list[str]:
    """What of the order would not trade now, when it is not all of it."""
    if outcome.left_lots == 0:
        return []
    return [
        say(
            "before-part-rests" if outcome.rests else "before-part-ends",
            taken=fmt.size(market, outcome.taken_lots),
            left=fmt.size(market, outcome.left_lots),
            price=f"{market.price(outcome.price_ticks):,f}",
        )
    ]


def result_sentences(view: State, market: MarketInfo, after: Figures, moves: DayMoves) -> list[str]:
    """The position there would be: T1, T2, the stake, liquidation, funding."""
    if after.qty_lots == 0:
        return [say("before-flat", market=market.symbol)]
    return [
        holds_sentence(market, after),
        *words.liquidation_sentences(after, market, moves),
        words.at_stake(after, market),
        words.funding_sentence(after, market, view.time_us),
    ]


def holds_sentence(market: MarketInfo, after: Figures) -> str:
    """T1, T2."""
    common = {
        "value": fmt.amount(market, after.value_atoms),
        "margin": fmt.amount(market, after.margin_atoms),
        "lev": fmt.times(after.value_atoms, after.margin_atoms),
    }
    if after.is_long:
        return say("before-long", coin=market.base.code, **common)
    return say("before-short", size=fmt.size(market, after.qty_lots), **common)


def fee_sentences(market: MarketInfo, outcome: Outcome) -> list[str]:
    """T13: the fee in money, of the value and of the margin."""
    fee, value = outcome.fee_atoms, outcome.traded_atoms
    if value == 0 or fee == 0:
        return []
    if fee < 0:
        return [say("fee-rebate", fee=fmt.amount(market, -fee), fee_rate=fmt.percent(-fee, value))]
    margin = outcome.after.margin_atoms or outcome.before.margin_atoms
    return [
        say(
            "fee-base",
            fee=fmt.amount(market, fee),
            fee_rate=fmt.percent(round(fee * PPM / value), PPM),
            fee_pct_margin=fmt.percent(fee, margin),
        )
    ]


def submit_label(market: MarketInfo, outcome: Outcome) -> str:
    """The button's words: what it does, and to how much."""
    held = outcome.after if outcome.deed == "open" else outcome.before
    side = "long" if held.is_long else "short"
    if held.qty_lots == 0:
        side = "long" if outcome.side == Side.BUY else "short"
    return say(f"submit-{outcome.deed}-{side}", size=fmt.size(market, outcome.asked_lots))
