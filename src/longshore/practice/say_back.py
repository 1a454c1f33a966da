"""A position said back from chips, blank by blank, held against what the account really holds.

Each blank has one chip that is so and some that are not, as they are often mistaken for it. For a
chip that is not so the world is run in which it were: on a copy, by the engine's rules.
"""

from __future__ import annotations

from typing import get_args

import msgspec

from longshore.engine.state import State
from longshore.engine.units import PPM, mul_div_floor
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures, figures
from longshore.explain.moves import DayMoves
from longshore.explain.position import owns_sentence
from longshore.explain.sentences import say
from longshore.practice.ahead import Ahead
from longshore.practice.believed import BeliefWorlds, Blank, World
from longshore.rulebooks import MarketInfo

BLANKS: tuple[Blank, ...] = get_args(Blank)


class Chip(msgspec.Struct, frozen=True):
    """Something that can be put into a blank."""

    id: str
    label: str


class Asked(msgspec.Struct, frozen=True):
    """A blank: how the sentence goes on to it, and its chips, in an order that tells nothing."""

    blank: Blank
    before: str
    chips: list[Chip]


class Graded(msgspec.Struct, frozen=True):
    """A blank that was filled: whether it is so, and what is."""

    blank: Blank
    chip: str
    right: bool
    because: str


class SayBack:
    """One position of an account, said back."""

    def __init__(self, view: State, account_id: int, place: int, market: MarketInfo) -> None:
        """Nothing of `view` is changed. The account holds a position there."""
        self.held: Figures = figures(view, account_id, place)
        self.market = market
        self.time_us = int(view.time_us)
        self.ahead = Ahead(view, account_id, place)

    def asked(self) -> list[Asked]:
        """All six blanks."""
        return [
            Asked(
                blank, say(f"say-back-{blank}"), sorted(self._chips(blank), key=lambda c: c.label)
            )
            for blank in BLANKS
        ]

    def graded(self, said: dict[Blank, str]) -> list[Graded]:
        """Each blank that was filled. Raises KeyError for a chip that the blank does not have."""
        return [
            Graded(blank, self._known(blank, chip), chip == self._true(blank), self._because(blank))
            for blank, chip in said.items()
        ]

    def if_true(self, blank: Blank, chip: str) -> World:
        """The world in which a chip were true, beside the one that is. Raises KeyError."""
        return BeliefWorlds(self).of(blank, self._known(blank, chip))

    def _known(self, blank: Blank, chip: str) -> str:
        if chip not in {each.id for each in self._chips(blank)}:
            raise KeyError(chip)
        return chip

    def _chips(self, blank: Blank) -> list[Chip]:
        match blank:
            case "ends":
                return [Chip(key, self.price(at)) for key, at in self.ends().items()]
            case "size":
                amounts = {"value": self.held.value_atoms, "margin": self.held.margin_atoms}
                return [Chip(key, self.money(atoms)) for key, atoms in amounts.items()]
            case "holds":
                keys = ["contract", "coins"]
            case "side":
                keys = ["rises", "falls"]
            case "risk":
                keys = ["margin", "account"]
            case "funding":
                keys = ["pay", "receive", "none"]
        return [
            Chip(key, say(f"say-back-{blank}-{key}", coin=self.market.base.code)) for key in keys
        ]

    def _true(self, blank: Blank) -> str:
        held = self.held
        match blank:
            case "holds":
                return "contract"
            case "side":
                return "rises" if held.is_long else "falls"
            case "size":
                return "value"
            case "risk":
                return "margin" if held.is_isolated else "account"
            case "ends":
                return "liquidation"
            case "funding":
                return words.funding(held, self.market, self.time_us).direction

    def _because(self, blank: Blank) -> str:
        held, market = self.held, self.market
        match blank:
            case "holds":
                return owns_sentence(held, market)
            case "side":
                return say("say-back-side-long" if held.is_long else "say-back-side-short")
            case "size":
                return say(
                    "say-back-size-because",
                    size=fmt.size(market, abs(held.qty_lots)),
                    mark=fmt.price(market, held.mark_subticks),
                    value=self.money(held.value_atoms),
                    margin=self.money(held.margin_atoms),
                )
            case "risk":
                return words.at_stake(held, market)
            case "ends":
                return words.liquidation_sentences(held, market, DayMoves())[0]
            case "funding":
                return words.funding_sentence(held, market, self.time_us)

    def ends(self) -> dict[str, int]:
        """Prices at which it might be thought to end, in sub-ticks; 0: at none by price alone.

        No two that read the same: then the real one stands for both.
        """
        held = self.held
        way = 1 if held.is_long else -1
        share = mul_div_floor(held.margin_atoms, PPM, max(1, held.value_atoms))
        gone = max(0, held.entry_subticks - way * mul_div_floor(held.entry_subticks, share, PPM))
        found = held.liquidation
        real = found.subticks if found.state == "price" else 0
        chips = {"liquidation": real, "entry": held.entry_subticks, "margin_gone": gone}
        first = {self.price(at): key for key, at in reversed(chips.items())}
        return {key: at for key, at in chips.items() if first[self.price(at)] == key}

    def price(self, subticks: int) -> str:
        """A price, or that there is none."""
        return fmt.price(self.market, subticks) if subticks else say("say-back-ends-never")

    def money(self, atoms: int) -> str:
        """An amount in what the market settles in."""
        return fmt.amount(self.market, atoms)
