"""What a position came to, in parts: price, funding, fees, slippage, what else; they add up."""

from __future__ import annotations

import msgspec

from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo


class Parts(msgspec.Struct, frozen=True):
    """The parts of a result. Price, funding and others above zero are gained, the rest is paid.

    `slippage_atoms`: what fills were worse than the mark. `others_atoms`: what a liquidation took
    beyond its fills (below zero), or what others bore for it.
    """

    price_atoms: int
    funding_atoms: int
    fees_atoms: int
    slippage_atoms: int = 0
    others_atoms: int = 0

    @property
    def signed(self) -> list[tuple[str, int]]:
        """Each part by its key, all with the sign of what it did to the account."""
        return [
            ("price", self.price_atoms),
            ("funding", self.funding_atoms),
            ("fees", -self.fees_atoms),
            ("slippage", -self.slippage_atoms),
            ("others", self.others_atoms),
        ]

    @property
    def result_atoms(self) -> int:
        """All of it."""
        return sum(atoms for _, atoms in self.signed)


class ToldPart(msgspec.Struct, frozen=True):
    """One part as it is shown, with its sign, and exact."""

    key: str
    label: str
    amount: str
    atoms: int


class Told(msgspec.Struct, frozen=True):
    """A result in words; `rows` add up to `amount` as they are shown and to the atom."""

    result: str
    amount: str
    listed: str
    rows: list[ToldPart]


def told_parts(info: MarketInfo, parts: Parts) -> Told:
    """The result and its parts, rounded so that what is shown adds up; parts of nothing are out."""
    currency = fmt.Currency(info.settle)
    named = [(key, atoms) for key, atoms in parts.signed if atoms or key == "price"]
    shown = currency.shown([atoms for _, atoms in named])
    rows = [
        ToldPart(key, say(f"came-{key}"), currency.amount(written), atoms)
        for (key, atoms), written in zip(named, shown, strict=True)
    ]
    listed = ", ".join(
        _in_words(currency, key, written) for (key, _), written in zip(named, shown, strict=True)
    )
    total = sum(shown)
    amount = currency.amount(total)
    return Told(result_words(currency, total), amount, listed, rows)


def result_words(currency: fmt.Currency, atoms: int) -> str:
    """Up or down so much, or even."""
    if atoms == 0:
        return say("came-even")
    return say("came-up" if atoms > 0 else "came-down", amount=currency.amount(abs(atoms)))


def _in_words(currency: fmt.Currency, key: str, atoms: int) -> str:
    """A part without a sign: what it gave or took."""
    way = "came-gave" if atoms > 0 else "came-took"
    return say(way, label=say(f"came-{key}"), amount=currency.amount(abs(atoms)))
