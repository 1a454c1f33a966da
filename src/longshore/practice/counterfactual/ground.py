"""A world's whole past under another rulebook: its parts, and the recorded flow in its units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from longshore import rulebooks
from longshore.engine.rows import Command
from longshore.practice.compare.comparing import load_rulebook
from longshore.practice.compare.ground import Ground, NoMarketError, fitted, make_parts
from longshore.practice.counterfactual.changes import ChangeError
from longshore.rulebooks import Catalog, MarketInfo, Rulebook
from longshore.world.build import Parts, assemble
from longshore.world.recorded import Recorded
from longshore.world.scenario import ScenarioError

PRICES = ("price_ticks", "trigger_ticks", "stop_ticks", "target_ticks", "trail_ticks")
SIZES = ("qty_lots", "display_lots")


def parts_under(parts: Parts, name: str) -> Parts:
    """The same scenario under another rulebook. Raises ChangeError, RulebookError.

    Where it has no markets of these names, its perpetual on the one market's coin takes the name.
    """
    rulebook = load_rulebook(name)
    scenario = parts.scenario
    try:
        if all(symbol in rulebook.catalog.markets for symbol in scenario.markets):
            return assemble(scenario, rulebook.only(scenario.markets))
        if len(scenario.markets) > 1:
            raise ChangeError(f"{rulebook.id} has other markets, and this world has several")
        return _renamed(parts, rulebook)
    except (ScenarioError, rulebooks.UnknownSymbolError, ValueError) as error:
        raise ChangeError(f"{rulebook.id}: {error}") from error
    except NoMarketError as error:
        raise ChangeError(f"{rulebook.id}: {error}") from error


def _renamed(parts: Parts, rulebook: Rulebook) -> Parts:
    catalog, scenario = parts.catalog, parts.scenario
    market = catalog.market(scenario.markets[0])
    ground = Ground(
        scenario=scenario,
        market=market.symbol,
        settlement=catalog.settlement.symbol,
        coins={asset.code: asset.symbol for asset in catalog.assets.values()},
        until_us=0,
    )
    return make_parts(ground, fitted(rulebook, market.base.code, ground).terms)


def translated(flow: Iterable[Recorded], old: Catalog, new: Catalog) -> Iterator[Recorded]:
    """Recorded commands in another rulebook's numbers, ticks and lots, cut down to whole ones."""
    for row in flow:
        for command in row.commands:
            _translate(command, old, new)
        yield row


def _translate(command: Command, old: Catalog, new: Catalog) -> None:
    if command.asset_id:
        command.asset_id = new.asset(old.asset(int(command.asset_id)).symbol).asset_id
    if command.market_id:
        before = old.market(int(command.market_id))
        after = new.market(before.symbol)
        command.market_id = after.market_id
        _scale(command, PRICES, before.price, after.tick_size)
        _scale(command, SIZES, before.size, _lot(before, after))


def _lot(before: MarketInfo, after: MarketInfo) -> Decimal:
    """A lot of the new market in the old one's units of size."""
    return after.lot_size * after.contract_value / before.contract_value


def _scale(
    command: Command, fields: tuple[str, ...], value: Callable[[int], Decimal], step: Decimal
) -> None:
    for field in fields:
        number = int(getattr(command, field))
        if number:
            setattr(command, field, int(value(number) // step))
