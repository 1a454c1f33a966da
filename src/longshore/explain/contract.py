"""A contract page: what a rulebook says of one market, in sentences with source and date."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from longshore.explain import format as fmt
from longshore.explain.sentences import say, say_part
from longshore.rulebooks import MarketInfo, Rulebook, Value
from longshore.rulebooks.market_terms import FutureTerms, MarginedTerms

US_PER_S = 1_000_000
MARGINED = (
    "what",
    "size",
    "margin",
    "collateral",
    "prices",
    "funding",
    "liquidation",
    "orders",
    "fees",
)
SPOT = ("what", "size", "orders", "fees")
FEE_TIERS_SHOWN = 4


class Line(msgspec.Struct, frozen=True):
    """One rule in a sentence. `path` empty: it holds for every market here and was read nowhere."""

    key: str
    label: str
    text: str
    path: str = ""
    source: str = ""
    url: str = ""
    date: str = ""
    verified: bool = True
    note: str = ""


class Section(msgspec.Struct, frozen=True):
    """Rules about one thing."""

    key: str
    title: str
    lines: list[Line]


def contract(rulebook: Rulebook, symbol: str) -> list[Section]:
    """All that a rulebook says of a market. Raises UnknownSymbolError."""
    page = _Page(rulebook, rulebook.catalog.market(symbol))
    keys = MARGINED if page.info.is_margined else SPOT
    return [Section(key, say(f"contract-part-{key}"), list(page.part(key))) for key in keys]


class _Page:
    """The lines of one market's page."""

    def __init__(self, rulebook: Rulebook, info: MarketInfo) -> None:
        self.rulebook = rulebook
        self.terms = rulebook.terms
        self.info = info
        self.table = rulebook.table_of(info.symbol)
        self.margined: MarginedTerms | None = self.terms.perpetuals.get(
            info.symbol
        ) or self.terms.futures.get(info.symbol)

    def part(self, key: str) -> Iterator[Line]:
        """One part's lines."""
        made: Iterator[Line] = getattr(self, f"_{key}")()
        yield from made

    def _line(self, key: str, path: str = "", **values: str) -> Line:
        label, text = say(f"contract-{key}"), say_part(f"contract-{key}", "says", **values)
        if not path:
            return Line(key, label, text)
        value = self.rulebook.value(path)
        source = self.rulebook.source(value)
        return Line(
            key=key,
            label=label,
            text=text,
            path=path,
            source=source.what if source else "",
            url=source.url if source else "",
            date=str(value.date or ""),
            verified=value.verified,
            note=value.note,
        )

    def _own(self, key: str, field: str, **values: str) -> Line:
        return self._line(key, f"{self.table}.{field}", **values)

    def _family(self, key: str, field: str, **values: str) -> Line:
        return self._line(key, f"perpetual.{field}", **values)

    def _read(self, table: object, field: str) -> Any:
        """A value of a table, None where the rulebook leaves it out."""
        found: Value[Any] | None = getattr(table, field)
        return None if found is None else found.value

    def _what(self) -> Iterator[Line]:
        names = {"coin": self.info.base.code, "settle": self.info.settle.code}
        if self.margined is None:
            yield self._line("kind-spot", **names)
            return
        kind = self.margined.kind_name
        path = f"{self.table}.kind" if self.margined.kind else ""
        yield self._line(f"kind-{kind}", path, worth=f"{self.info.contract_value:,f}", **names)
        if isinstance(self.margined, FutureTerms):
            ends = int(self.margined.expiry.value.timestamp()) * US_PER_S
            yield self._own("expiry", "expiry", time=fmt.moment(ends))
            window = seconds(self.margined.settle_window_s.value)
            yield self._own("settle-window", "settle_window_s", window=window)
            fee = share(self.margined.settle_fee.value)
            yield self._own("settle-fee", "settle_fee", fee=fee)
        else:
            yield self._line("no-end", **names)

    def _size(self) -> Iterator[Line]:
        yield self._own("tick", "tick", tick=f"{self.info.tick_size:,f}")
        yield self._own("lot", "lot", lot=self._units(self.info.lot_size))
        yield self._own("order-max", "order_max", size=self._units(self.info.order_max))
        if self.info.position_max is not None:
            size = self._units(self.info.position_max)
            yield self._own("position-max", "position_max", size=size)

    def _margin(self) -> Iterator[Line]:
        assert self.margined is not None
        family = self.terms.perpetual
        for number, tier in enumerate(self.margined.tiers):
            rates = {"initial": share(tier.value.initial), "kept": share(tier.value.maintenance)}
            lev = fmt.stripped((1 / tier.value.initial).quantize(Decimal("0.1")))
            bound = self._bound(tier.value.bound)
            yield self._own("tier", f"tiers.{number}", bound=bound, lev=lev, **rates)
        yield self._family(f"tiers-{family.tier_method.value}", "tier_method")
        yield self._family(f"basis-{family.margin_basis.value}", "margin_basis")
        yield self._family("order-margin", "order_margin")
        if family.maintenance_fee.value:
            rate = share(family.maintenance_fee.value)
            yield self._family("maintenance-fee", "maintenance_fee", rate=rate)
        yield from self._more_margin(self.margined)

    def _more_margin(self, market: MarginedTerms) -> Iterator[Line]:
        """What only some rulebooks have."""
        if market.margin_slope.value:
            yield self._own("margin-slope", "margin_slope", rate=share(market.margin_slope.value))
        if market.margin_root is not None:
            yield self._own("margin-root", "margin_root", rate=share(market.margin_root.value))
        if market.risk_limit_base is not None:
            base = self._money(market.risk_limit_base.value)
            yield self._own("risk-limit", "risk_limit_base", limit=base)
        if market.open_interest_high is not None:
            most = self._money(market.open_interest_high.value)
            yield self._own("open-interest", "open_interest_high", most=most)
        family = self.terms.perpetual
        if "hedge" in (self._read(family, "position_modes") or ()):
            yield self._family("hedge", "position_modes")
        if self._read(family, "netting"):
            yield self._family("netting", "netting")
        if self._read(family, "margin_top_up"):
            yield self._family("top-up", "margin_top_up")

    def _collateral(self) -> Iterator[Line]:
        if self.info.is_in_coins:
            yield self._line("coin-margin", coin=self.info.settle.code)
            return
        yield self._line("dollar-margin", coin=self.info.settle.code)
        for symbol, asset in self.terms.assets.items():
            if symbol != self.terms.settlement and asset.haircut.value < 1:
                path = f"assets.{symbol}.haircut"
                cut = share(asset.haircut.value)
                yield self._line("haircut", path, coin=asset.code, cut=cut)

    def _prices(self) -> Iterator[Line]:
        family, asset = self.terms.perpetual, self.terms.assets[self.info.base.symbol]
        yield self._line("index", coin=self.info.base.code)
        if asset.stale_after_s.value:
            path = f"assets.{self.info.base.symbol}.stale_after_s"
            yield self._line("stale", path, after=seconds(asset.stale_after_s.value))
        listed = ", ".join(say(f"candidate-{each}") for each in family.mark_candidates.value)
        yield self._family(f"mark-{family.mark_method.value}", "mark_candidates", listed=listed)
        cap = share(family.mark_premium_cap.value)
        yield self._family("mark-band", "mark_premium_cap", share=cap)

    def _funding(self) -> Iterator[Line]:
        family = self.terms.perpetual
        perpetual = self.terms.perpetuals.get(self.info.symbol)
        if perpetual is None:
            yield self._line("no-funding")
            return
        every = seconds(family.funding_interval_s.value)
        yield self._family("funding-interval", "funding_interval_s", every=every)
        pay = family.funding_pay.value.replace("_", "-")
        yield self._family(f"funding-{pay}", "funding_pay")
        yield self._family(f"funding-on-{family.funding_price.value}", "funding_price")
        yield self._own("funding-cap", "funding_cap", cap=share(perpetual.funding_cap.value))
        interest, damper = share(family.interest.value), share(family.damper.value)
        yield self._family("interest", "interest", interest=interest, damper=damper)

    def _liquidation(self) -> Iterator[Line]:
        rules = self.terms.liquidation
        steps = [say(f"step-{step.replace('_', '-')}") for step in rules.ladder.value]
        listed = " · ".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
        yield self._line("ladder", "liquidation.ladder", steps=listed)
        if "partial" in rules.ladder.value:
            part = share(rules.partial_share.value)
            yield self._line("partial", "liquidation.partial_share", share=part)
        yield self._line("liquidation-fee", "liquidation.fee", fee=share(rules.fee.value))
        if rules.cancel_on_initial.value:
            yield self._line("cancel-on-initial", "liquidation.cancel_on_initial")

    def _orders(self) -> Iterator[Line]:
        yield self._line("order-types" if self.info.is_margined else "order-types-spot")
        family = self.terms.perpetual if self.info.is_margined else self.terms.spot
        name = "perpetual" if self.info.is_margined else "spot"
        band = share(family.market_band.value)
        yield self._line("market-band", f"{name}.market_band", share=band)
        if not self.info.is_margined:
            return
        collar = self.terms.perpetual.collar.value
        if collar:
            yield self._family("collar", "collar", share=share(collar))
        else:
            yield self._family("no-collar", "collar")

    def _fees(self) -> Iterator[Line]:
        name = "linear" if self.info.is_margined else "spot"
        for number, tier in enumerate(getattr(self.terms.fees, name).tiers[:FEE_TIERS_SHOWN]):
            rates = {"maker": share(tier.value.maker), "taker": share(tier.value.taker)}
            volume = f"${tier.value.volume_usd:,f}"
            yield self._line("fee-tier", f"fees.{name}.tiers.{number}", volume=volume, **rates)
        yield self._line("fee-base")

    def _units(self, size: Decimal) -> str:
        return fmt.size(self.info, int(size / self.info.lot_size))

    def _money(self, amount: Decimal) -> str:
        if self.info.is_in_coins:
            return f"{fmt.stripped(amount)} {self.info.settle.code}"
        return f"${fmt.stripped(amount)}"

    def _bound(self, bound: Decimal) -> str:
        if self.terms.perpetual.tier_unit.value == "size":
            return f"{fmt.stripped(bound)} {self.info.base.code}"
        return self._money(bound)


def share(fraction: Decimal) -> str:
    """A fraction as a percentage."""
    return fmt.percent(fraction, 1)


def seconds(count: Decimal) -> str:
    """A time in words."""
    return fmt.countdown(int(count * US_PER_S))
