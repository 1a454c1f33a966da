"""The world in which something untrue about a position were true, beside the one that is.

Both are run on a copy of the state by the engine's own rules (`practice/ahead.py`): a short gains
as a long does where the price goes the other way, a smaller position where it goes less far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from longshore.engine.units import PPM, mul_div_floor
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.ahead import Move, There

if TYPE_CHECKING:
    from longshore.practice.say_back import SayBack

Blank = Literal["holds", "side", "size", "risk", "ends", "funding"]
STEP_PPM = 10_000
"""How far the price is moved to see what a position makes of it."""
FAR_PPM = 900_000


class World(msgspec.Struct, frozen=True):
    """What is imagined, how it would go if the chip were true, and how it goes."""

    happens: str
    believed: str
    real: str


class BeliefWorlds:
    """Worlds in which something untrue about a position were true."""

    def __init__(self, said: SayBack) -> None:
        self._said = said
        self._held, self._market, self._ahead = said.held, said.market, said.ahead

    def of(self, blank: Blank, chip: str) -> World:
        """One of them, beside the one that is."""
        held = self._held
        match blank:
            case "side":
                happens = say("say-back-price-rises", pct=fmt.percent(STEP_PPM, PPM))
                return self._compared(happens, Move(mark_ppm=-STEP_PPM), Move(mark_ppm=STEP_PPM))
            case "size":
                share = mul_div_floor(held.margin_atoms, STEP_PPM, max(1, held.value_atoms))
                happens = say("say-back-price-rises", pct=fmt.percent(STEP_PPM, PPM))
                return self._compared(happens, Move(mark_ppm=share), Move(mark_ppm=STEP_PPM))
            case "funding":
                after_us = max(0, held.next_funding_us - self._said.time_us)
                turned = 0 if chip == "none" else -PPM
                believed = Move(after_us=after_us, funding_ppm=turned)
                return self._compared(
                    say("say-back-funding-comes"), believed, Move(after_us=after_us)
                )
            case "ends":
                return self._at(self._said.ends()[chip])
            case _:
                return self._at_the_end(blank)

    def _compared(self, happens: str, believed: Move, real: Move) -> World:
        """What two moves change in the result."""
        now = self._ahead.at(Move())
        return World(
            happens,
            say("say-back-believed", result=self._change(now, self._ahead.at(believed))),
            say("say-back-real", result=self._change(now, self._ahead.at(real))),
        )

    def _change(self, now: There, there: There) -> str:
        """What was gained or lost by price and funding."""
        atoms = there.price_atoms + there.funding_atoms - now.price_atoms - now.funding_atoms
        if atoms == 0:
            return say("say-back-nothing")
        key = "say-back-gain" if atoms > 0 else "say-back-loss"
        return say(key, amount=self._said.money(abs(atoms)))

    def _at(self, subticks: int) -> World:
        """The price goes where the position was thought to end."""
        mark = self._held.mark_subticks
        there = self._ahead.at(Move(mark_ppm=max(-FAR_PPM, (subticks - mark) * PPM // mark)))
        key = "closed" if there.closed else "open"
        return World(
            say("say-back-price-goes", price=self._said.price(subticks)),
            say("say-back-ends-believed"),
            say(f"say-back-ends-{key}", price=fmt.price(self._market, there.mark_subticks)),
        )

    def _at_the_end(self, blank: Blank) -> World:
        """The price goes against the position until the venue closes it, or nearly to nothing."""
        held, money = self._held, self._said.money
        there = self._ahead.at(Move(mark_ppm=-FAR_PPM if held.is_long else FAR_PPM))
        happens = say("say-back-price-goes", price=fmt.price(self._market, there.mark_subticks))
        if blank == "holds":
            key = "closed" if there.closed else "open"
            coins = fmt.size(self._market, abs(held.qty_lots))
            believed = say("say-back-holds-believed", coins=coins)
            return World(happens, believed, say(f"say-back-holds-{key}"))
        if held.is_isolated:
            values = {"margin": money(held.margin_atoms), "rest": money(max(0, held.free_atoms))}
            return World(
                happens,
                say("say-back-risk-all-believed"),
                say("say-back-risk-isolated-real", **values),
            )
        values = {"margin": money(held.margin_atoms), "equity": money(held.equity_atoms)}
        return World(
            happens,
            say("say-back-risk-part-believed", margin=values["margin"]),
            say("say-back-risk-cross-real", **values),
        )
