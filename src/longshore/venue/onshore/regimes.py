"""Rules of residence, tiers and products as dated data: every value has a source or none."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal, TypeVar

import msgspec

from longshore.world.scenario import ScenarioError

Product = Literal["spot", "perpetual", "dated"]
PRODUCTS: tuple[Product, ...] = ("spot", "perpetual", "dated")
Tier = Literal["unverified", "basic", "intermediate", "pro"]
TIERS: tuple[Tier, ...] = ("unverified", "basic", "intermediate", "pro")
"""Each may do what those before it may, and more."""
NOWHERE = "none"
"""The jurisdiction of a country that is not served."""
T = TypeVar("T")


class RegimeError(ScenarioError):
    """A regime that is not there, or says what cannot be."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value with where it is from; without a source it is ours, and not verified."""

    value: bool | int | str | list[str]
    source: str = ""
    date: str = ""
    verified: bool = True
    note: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether a source says so."""
        return self.verified and bool(self.source)


class ProductRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One product in one jurisdiction. A cap of 0 is none; a leverage is a whole number."""

    offered: Value
    tier: Value
    cap: Value
    cap_failed: Value
    """After the questions were not passed."""
    cap_pro: Value
    assessed: Value
    """Whether its questions come before it."""


class Jurisdiction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts for everybody who lives there."""

    countries: list[str]
    products: dict[Product, ProductRules]
    deposit_tier: Value
    withdrawal_tier: Value
    identity_days: Value
    inactive_days: Value
    retry_hours: Value
    states_shut: Value = Value(value=[], verified=False, note="none is known")
    """States whose residents are not served."""
    needs_state: bool = False


class TierLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most that goes in or out within a day, in whole units; nothing that is not named."""

    deposit_day: Value
    """Of the settlement asset; 0: no limit."""
    withdrawal_day: dict[str, Value] = {}
    """Over a chain, by asset."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where values are from."""

    what: str
    url: str = ""


class Regime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one venue; the first jurisdiction without countries is everywhere else's."""

    name: str
    title: str
    as_of: str
    sources: dict[str, Source]
    not_served: Value
    limits: dict[Tier, TierLimits]
    jurisdictions: dict[str, Jurisdiction]

    def jurisdiction_of(self, country: str, state: str) -> str:
        """Whose rules count for a resident; `NOWHERE` where nobody is served."""
        if country in listed(self.not_served):
            return NOWHERE
        for name, each in self.jurisdictions.items():
            if country in each.countries or not each.countries:
                return NOWHERE if state in listed(each.states_shut) else name
        return NOWHERE


def listed(value: Value) -> list[str]:
    """A value that is a list."""
    return _as(value, list)


def number(value: Value) -> int:
    """A value that is a number."""
    return _as(value, int)


def flag(value: Value) -> bool:
    """A value that is yes or no."""
    return _as(value, bool)


def tier_of(value: Value) -> Tier:
    """A value that is a tier."""
    tier: Tier = msgspec.convert(value.value, Tier)
    return tier


def _as(value: Value, kind: type[T]) -> T:
    if not isinstance(value.value, kind):
        raise RegimeError(f"{value.value!r} is no {kind.__name__}")
    return value.value


def names() -> list[str]:
    """The regimes of the package."""
    folder = resources.files(__package__) / "regimes"
    return sorted(each.name.removesuffix(".toml") for each in folder.iterdir())


@cache
def load(name: str) -> Regime:
    """A regime of the package. Raises RegimeError."""
    if name not in names():
        raise RegimeError(f"no onshore rules {name!r}; there are {', '.join(names())}")
    text = (resources.files(__package__) / "regimes" / f"{name}.toml").read_text("utf-8")
    made = msgspec.convert(tomllib.loads(text), Regime)
    for each in made.jurisdictions.values():
        _check(made, each)
    if set(made.limits) != set(TIERS):
        raise RegimeError(f"{name}: limits are for {', '.join(TIERS)}")
    for limits in made.limits.values():
        _check_source(made, [limits.deposit_day, *limits.withdrawal_day.values()])
        for value in (limits.deposit_day, *limits.withdrawal_day.values()):
            number(value)
    return made


def _check(regime: Regime, rules: Jurisdiction) -> None:
    """Every value is of its kind, and of a source that is named."""
    for product in PRODUCTS:
        terms = rules.products[product]
        number(terms.cap), number(terms.cap_failed), number(terms.cap_pro)
        flag(terms.offered), flag(terms.assessed), tier_of(terms.tier)
    tier_of(rules.deposit_tier), tier_of(rules.withdrawal_tier)
    number(rules.identity_days), number(rules.inactive_days), number(rules.retry_hours)
    _check_source(regime, values(rules))


def _check_source(regime: Regime, found: list[Value]) -> None:
    for value in found:
        if value.source and value.source not in regime.sources:
            raise RegimeError(f"{regime.name}: no source {value.source!r}")


def values(rules: Jurisdiction) -> list[Value]:
    """All values of a jurisdiction."""
    own = [getattr(rules, name) for name in rules.__struct_fields__]
    of_products = [
        getattr(each, name) for each in rules.products.values() for name in each.__struct_fields__
    ]
    return [each for each in (*own, *of_products) if isinstance(each, Value)]
