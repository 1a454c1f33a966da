"""What trees stand on: a state under a rulebook, its marks as they are or others put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from longshore.engine.codes import MarketKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot
from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.explain.trees.node import Why, counted, told
from longshore.rulebooks import AssetInfo, MarketInfo, Rulebook

E18 = 10**18


class Unit:
    """What an exact number counts, and how it is written."""

    def __init__(self, name: str, write: Callable[[int], str]) -> None:
        """`name` is for programs, `write` for people."""
        self.name = name
        self.write = write


PPM_SHARE = Unit("ppm", lambda ppm: fmt.percent(ppm, PPM))
E12_SHARE = Unit("1e-12", lambda share: fmt.percent(share, 10**12))
RATE = Unit("1e-18", lambda rate: fmt.percent(rate, E18))
TIMES = Unit("ppm", lambda ppm: f"{fmt.times(ppm, PPM)}x")
COUNT = Unit("count", lambda count: f"{count:,}")
TIME = Unit("us", fmt.countdown)


class Ground:
    """A state, its rulebook, and marks that are tried in place of its own."""

    def __init__(
        self, view: State, rulebook: Rulebook, tried: Mapping[int, int] | None = None
    ) -> None:
        """`tried`: market id to a mark in sub-ticks; an index moves with its perpetual's mark."""
        self.view = view
        self.rulebook = rulebook
        self.catalog = rulebook.catalog
        self.tried = dict(tried or {})

    def trying(self, market_id: int, mark_subticks: int) -> Ground:
        """The same with one more mark put in."""
        return Ground(self.view, self.rulebook, {**self.tried, market_id: mark_subticks})

    def market(self, place: int) -> Market:
        """The market of a place, with the mark that is tried."""
        row = self.view.markets[place % MARKETS_MAX]
        market_id = int(row.market_id)
        if market_id not in self.tried:
            return row
        moved = Market.of(tuple(int(getattr(row, field)) for field in Market.FIELDS))
        moved.mark_subticks = self.tried[market_id]
        return moved

    def position(self, account_id: int, place: int) -> Position:
        """An account's position at a place."""
        return self.view.positions[position_slot(account_id, place)]

    def index_subticks(self, asset_id: int) -> int:
        """An asset's index; with a tried mark of the perpetual on it, as far from that as now."""
        index = int(self.view.assets[asset_id].index_subticks)
        for market_id in range(1, self.view.markets_count + 1):
            row = self.view.markets[market_id]
            if row.base_asset_id == asset_id and row.kind != MarketKind.SPOT:
                moved = self.tried.get(market_id, int(row.mark_subticks)) - int(row.mark_subticks)
                return max(1, index + moved) if moved else index
        return index

    def info(self, market: Market | int) -> MarketInfo:
        """What the catalog says of a market."""
        number = market if isinstance(market, int) else int(market.market_id)
        return self.catalog.market(number % MARKETS_MAX)

    def asset(self, asset_id: int) -> AssetInfo:
        """What the catalog says of an asset."""
        return self.catalog.asset(int(asset_id))

    def money(self, asset_id: int) -> Unit:
        """Atoms of an asset."""
        asset = self.asset(asset_id)
        write = fmt.Currency(asset).amount
        return Unit(f"atoms of {asset.symbol}", write)

    def price(self, market: Market | int) -> Unit:
        """Sub-ticks of a market's price."""
        info = self.info(market)
        return Unit("sub-ticks", lambda subticks: fmt.price(info, subticks))

    def index_price(self, asset_id: int) -> Unit:
        """Sub-ticks of an asset's index."""
        asset = self.asset(asset_id)
        return Unit("sub-ticks", lambda subticks: f"{asset.price(subticks):,f}")

    def lots(self, market: Market | int) -> Unit:
        """Lots of a market."""
        info = self.info(market)
        return Unit("lots", lambda lots: fmt.size(info, lots))

    def parts(self, market: Market) -> Unit:
        """What funding is counted in: parts of an atom that one lot pays."""
        asset = self.asset(int(market.settle_asset_id))
        scale = Decimal(int(market.atom_parts)).scaleb(asset.decimals)
        write = lambda parts: f"{fmt.stripped(Decimal(parts) / scale)} {asset.code}"  # noqa: E731
        return Unit("parts of an atom", write)

    def source(self, path: str) -> str:
        """Where a rulebook value was read and when, or that it is unverified and why."""
        value = self.rulebook.value(path)
        source = self.rulebook.source(value)
        where = [source.what if source else "", str(value.date or "")]
        doubt = "" if value.verified else say("source-unverified", note=value.note)
        stated = ", ".join(part for part in where if part)
        return f"{path}: {'; '.join(part for part in (stated, doubt) if part)}"

    def own_source(self, market: Market | int, key: str) -> str:
        """The source of a value in a market's own table."""
        return self.source(f"{self.rulebook.table_of(self.info(market).symbol)}.{key}")

    def family_source(self, key: str) -> str:
        """The source of a value that all perpetuals share; empty where there is none."""
        known = getattr(self.rulebook.terms.perpetual, key) is not None
        return self.source(f"perpetual.{key}") if known else ""


def given(
    key: str, exact: int, unit: Unit, *, label: str = "", article: str = "", source: str = ""
) -> Why:
    """A number that is not counted from others."""
    return Why(
        key=key,
        label=label or say(f"label-{key}"),
        value=unit.write(exact),
        exact=exact,
        unit=unit.name,
        article=article,
        source=source,
    )


class Said(TypedDict, total=False):
    """What else may be told of a number that is counted; `exact`: the engine's, where it has it."""

    per: int
    exact: int | None
    label: str
    formula: str
    article: str
    source: str


def made(key: str, unit: Unit, how: str, inputs: Sequence[Why], **said: Unpack[Said]) -> Why:
    """A number counted from others."""
    per, exact = int(said.get("per", 1)), said.get("exact")
    found = counted(how, inputs, per) if exact is None else int(exact)
    return Why(
        key=key,
        label=said.get("label") or say(f"label-{key}"),
        value=unit.write(found),
        exact=found,
        unit=unit.name,
        how=how,
        per=per,
        formula=said.get("formula") or told(how),
        article=said.get("article", ""),
        source=said.get("source", ""),
        inputs=list(inputs),
    )
