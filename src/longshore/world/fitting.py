"""A scenario under another rulebook than its own: the same coins, that venue's markets."""

from __future__ import annotations

import json
import re

from longshore import rulebooks
from longshore.rulebooks import Rulebook
from longshore.world.scenario import Scenario, parse

COINS = "1"
"""What an account gets of each coin that a market settles in, where the scenario says nothing."""


def with_line(text: str, key: str, value: str) -> str:
    """A scenario's text in which a key of its head says something else."""
    line = rf"^{re.escape(key)}[ \t]*=[ \t]*(?:\[[^\]]*\]|[^\n]*)\n?"
    return f"{key} = {value}\n{re.sub(line, '', text, count=1, flags=re.MULTILINE)}"


def fitted(text: str) -> str:
    """The text with the markets that its rulebook has on the coins of those it names.

    Unchanged where the rulebook knows them all, or has none. Raises ScenarioError, RulebookError.
    """
    scenario = parse(text)
    rulebook = rulebooks.load(scenario.rulebook)
    if all(symbol in rulebook.catalog.markets for symbol in scenario.markets):
        return text
    markets = _on_the_same_coins(scenario, rulebook)
    if not markets:
        return text  # the world is not made, and says why
    text = with_line(text, "markets", json.dumps(markets))
    if any(rulebook.catalog.market(symbol).is_in_coins for symbol in markets):
        text = with_line(text, "coins", COINS)
    return text


def _on_the_same_coins(scenario: Scenario, rulebook: Rulebook) -> list[str]:
    shipped = (rulebooks.load(name) for name in reversed(rulebooks.available()))
    known = next(
        (b.catalog.markets for b in shipped if scenario.markets[0] in b.catalog.markets), {}
    )
    coins = {known[symbol].base.code for symbol in scenario.markets if symbol in known}
    return [
        market.symbol
        for market in rulebook.catalog.markets.values()
        if {asset.code for asset in market.priced_by} <= coins
    ]
