"""What a position would come to somewhere else, in a sentence with parts that add up."""

from __future__ import annotations

from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain.came_to import Parts, told_parts
from longshore.explain.sentences import say
from longshore.practice.ahead import Move, There
from longshore.rulebooks import MarketInfo


def told(info: MarketInfo, move: Move, there: There) -> str:
    """Where it leads and what closing there leaves; or where the venue closes it on the way."""
    came = told_parts(info, Parts(there.price_atoms, there.funding_atoms, there.fees_atoms))
    price, time = fmt.price(info, there.mark_subticks), when(there.after_us)
    values = {"time": time, "result": came.result, "parts": came.listed}
    if there.closed:
        return say("ahead-closed", price=price, **values)
    return say("ahead-held", way=_way(move, price), **values)


def _way(move: Move, price: str) -> str:
    """How far the mark is moved, which way and to which price."""
    if move.mark_ppm == 0:
        return say("ahead-same", price=price)
    share = fmt.percent(abs(move.mark_ppm), PPM)
    return say("ahead-higher" if move.mark_ppm > 0 else "ahead-lower", pct=share, price=price)


def when(after_us: int) -> str:
    """Now, or in so much time."""
    return say("ahead-in", time=fmt.countdown(after_us)) if after_us else say("ahead-now")
