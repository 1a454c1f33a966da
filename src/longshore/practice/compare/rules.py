"""Values of a rulebook as evidence: what, who says so and when, under the venue's own names."""

from __future__ import annotations

import msgspec

from longshore.engine.codes import Reject
from longshore.practice.compare.ground import Ground, fitted, own_market
from longshore.rulebooks import Rulebook
from longshore.rulebooks.report import text
from longshore.rulebooks.terms import Terms

REFUSED_BY: dict[Reject, tuple[str, ...]] = {
    Reject.QTY_TOO_LARGE: ("{perpetual}.order_max",),
    Reject.NO_PRICE: ("perpetual.market_band",),
    Reject.OUTSIDE_COLLAR: ("perpetual.collar",),
    Reject.IOC_UNFILLABLE: ("perpetual.market_band",),
    Reject.MAX_POSITION: ("{perpetual}.position_max",),
    Reject.INSUFFICIENT_MARGIN: ("{perpetual}.tiers.0", "fees.linear.tiers.0"),
    Reject.WOULD_LIQUIDATE: ("{perpetual}.tiers.0", "fees.linear.tiers.0"),
    Reject.LEVERAGE_TOO_HIGH: ("{perpetual}.tiers.0",),
}
"""The values a refusal of the entry rests on; `{perpetual}` is the market's own table."""


class Rule(msgspec.Struct, frozen=True):
    """One value with its source. `source` says "no source" where the value is a choice of ours."""

    path: str
    value: str
    unit: str
    source: str
    date: str
    verified: bool

    def cited(self) -> str:
        """The source with its day, and a mark where the value cannot be relied on."""
        parts = [self.source, self.date, "" if self.verified else "unverified"]
        return ", ".join(part for part in parts if part)


class Fitted(msgspec.Struct, frozen=True):
    """A rulebook put on a world's ground, and its own names for what the ground calls otherwise."""

    id: str
    title: str
    symbol: str
    terms: Terms
    own: dict[str, str]
    """Beginnings of paths: the world's and the rulebook's own."""

    def rules(self) -> dict[str, Rule]:
        """Every value by its path on the ground."""
        rulebook = Rulebook(self.terms)
        found = {}
        for entry in rulebook.entries():
            source = rulebook.source(entry.value)
            found[entry.path] = Rule(
                path=self.own_path(entry.path),
                value=text(entry.value.value),
                unit=entry.unit,
                source=f"{entry.value.source}: {source.what}" if source else "no source",
                date=str(entry.value.date or ""),
                verified=entry.value.verified,
            )
        return found

    def own_path(self, path: str) -> str:
        """A path as the rulebook's own file has it."""
        for here, there in self.own.items():
            if path.startswith(here):
                return there + path.removeprefix(here)
        return path

    def refused_by(self, reject: Reject, market: str) -> list[Rule]:
        """The values that a refusal of the entry rests on."""
        rules = self.rules()
        places = REFUSED_BY.get(reject, ())
        paths = [place.format(perpetual=f"perpetuals.{market}") for place in places]
        return [rules[path] for path in paths if path in rules]


def fit(rulebook: Rulebook, base: str, ground: Ground) -> Fitted:
    """The rulebook on the ground. Raises NoMarketError."""
    terms = fitted(rulebook, base, ground).terms
    market = own_market(rulebook, base)
    own = {f"perpetuals.{ground.market}.": f"perpetuals.{market.symbol}."}
    for here, there in zip(terms.assets, rulebook.terms.assets, strict=True):
        own[f"assets.{here}."] = f"assets.{there}."
    return Fitted(rulebook.id, rulebook.title, market.symbol, terms, own)
