"""A lesson's first trade run again under other rulebooks: what became of it there, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from longshore.practice.compare.comparing import Comparison, Options, compare
from longshore.practice.compare.outcome import End, Outcome
from longshore.practice.compare.trade import Trade, TradeError
from longshore.practice.study.rows import US_PER_S
from longshore.practice.study.rows import Trade as Done
from longshore.rulebooks import Catalog
from longshore.world.scenario import Scenario

US_PER_MS = 1_000
USUAL = Options(processes=1, trials="ends")
LEVERAGE_STEP = Decimal("0.1")


class Venue(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the first trade under one rulebook."""

    rulebook: Annotated[str, Meta(description="The rulebook's id.")]
    name: Annotated[str, Meta(description="Its name in a lesson's `venues`.")]
    title: Annotated[str, Meta(description="What it is called.")]
    end: Annotated[End, Meta(description="How the trade ended there.")]
    kept_usd: Annotated[Decimal, Meta(description="What was left of the account at the end.")]
    liquidation_usd: Annotated[
        Decimal | None, Meta(description="The liquidation price at entry; nothing: none.")
    ] = None
    liquidated_s: Annotated[
        int | None, Meta(description="When liquidation began, from the world's start.")
    ] = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A group of rules tried alone: the first rulebook with these values of another."""

    rulebook: Annotated[str, Meta(description="The other rulebook's id.")]
    group: Annotated[str, Meta(description="Which values, see the comparison of rulebooks.")]
    flips: Annotated[bool, Meta(description="This group alone makes it end as it does there.")]
    changes: Annotated[bool, Meta(description="It changes what is kept, or when it ends.")]


class Evidence(msgspec.Struct, frozen=True):
    """All of it, as it is kept."""

    venues: list[Venue]
    differences: list[Difference]


def the_trade(
    done: list[Done], catalog: Catalog, scenario: Scenario, deposit: dict[str, Decimal]
) -> Trade:
    """The first perpetual with margin of its own, in terms that belong to no venue.

    Raises TradeError: there is none.
    """
    isolated = (t for t in done if t.kind == "perpetual" and t.isolated)
    found = next((t for t in isolated if t.leverage_times and t.size_coins), None)
    if found is None or found.leverage_times is None:
        raise TradeError("there is no isolated position yet that could be run again")
    return Trade(
        name=scenario.name,
        world=scenario.name,
        base=catalog.market(found.market).base.code,
        side=found.side,
        size=found.size_coins,
        leverage=found.leverage_times.quantize(LEVERAGE_STEP),
        collateral=deposit,
        stop=found.stop_usd,
        at=datetime.fromtimestamp(found.opened_us / US_PER_S, UTC),
        until=scenario.end,
    )


def run_again(
    trade: Trade, scenario: Scenario, names: list[str], options: Options = USUAL
) -> tuple[Comparison, Evidence]:
    """Run it under each rulebook. Raises TradeError, RulebookError or ScenarioError."""
    compared = compare(trade, names, scenario, options)
    start_us = scenario.start_us
    both = zip(names, compared.outcomes, strict=True)
    venues = [_venue(name, outcome, start_us) for name, outcome in both]
    differences = [
        Difference(
            rulebook=pair.right,
            group=group.group,
            flips=group.verdict == "flips",
            changes=group.verdict in ("flips", "changes"),
        )
        for pair in compared.pairs
        for group in pair.groups
    ]
    return compared, Evidence(venues, differences)


def _venue(name: str, outcome: Outcome, start_us: int) -> Venue:
    at_ms, price = outcome.liquidated_ms, outcome.liquidation_price
    since_us = None if at_ms is None else at_ms * US_PER_MS - start_us
    return Venue(
        rulebook=outcome.rulebook,
        name=name,
        title=outcome.title,
        end=outcome.end,
        kept_usd=Decimal(outcome.kept.value),
        liquidation_usd=None if price is None else Decimal(price.value),
        liquidated_s=None if since_us is None else since_us // US_PER_S,
    )
