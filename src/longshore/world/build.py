"""From the texts of a scenario and a rulebook to everything a world is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import resources

import msgspec

from longshore import rulebooks
from longshore.engine.codes import Origin, System, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import ACCOUNTS_SYSTEM, SOURCES_MAX
from longshore.engine.rows import Command
from longshore.explain.board import Stop
from longshore.rulebooks import Catalog, ConversionError, Rulebook, UnknownSymbolError
from longshore.rulebooks.index_rules import index_terms
from longshore.world.acts import Acts, withdrawal_stops
from longshore.world.agents import make_agents
from longshore.world.agents.company import recorded_agents
from longshore.world.cast import FROM_SOURCES, Cast
from longshore.world.feeds.constituents import Composed, Constituent
from longshore.world.feeds.feed import Feed, make_feed
from longshore.world.feeds.shocks import Shaken
from longshore.world.plan import Plan, Ticker
from longshore.world.scenario import Scenario, ScenarioError, parse
from longshore.world.source import Source

GENESIS_ACCOUNTS: dict[str, int] = {
    "conversion": System.CONVERSION,
    "insurance": System.INSURANCE,
    "pool": System.POOL,
}


class Parts(msgspec.Struct, frozen=True):
    """A world's makings, all a function of the two texts."""

    scenario: Scenario
    scenario_text: str
    rulebook: Rulebook
    rulebook_text: str
    setup: Setup
    feed: Feed
    cast: Cast
    accounts: dict[str, int]
    """The accounts there are from the start, by name, numbered as the engine will."""
    genesis: list[Command]

    @property
    def catalog(self) -> Catalog:
        """Symbols, ids and units of the markets this world offers."""
        return self.rulebook.catalog

    @property
    def stops(self) -> list[Stop]:
        """When withdrawals are refused."""
        return withdrawal_stops(self.scenario.act, self.scenario.start_us)


def rulebook_text(name: str) -> str:
    """The text of a shipped rulebook by id, or the newest of a venue."""
    return rulebooks.shipped(name).text


def build(scenario_text: str, rules_text: str) -> Parts:
    """Make all parts of a world. Raises ScenarioError when the scenario does not fit the rules."""
    scenario = parse(scenario_text)
    try:
        rulebook = rulebooks.parse(rules_text).only(scenario.markets)
        return assemble(scenario, rulebook, scenario_text, rules_text)
    except (UnknownSymbolError, ConversionError, ValueError) as error:
        raise ScenarioError(f"{scenario.name}: {error}") from error


def assemble(
    scenario: Scenario, rulebook: Rulebook, scenario_text: str = "", rules_text: str = ""
) -> Parts:
    """The parts from what was read; the texts are what a journal keeps.

    Raises UnknownSymbolError, or ValueError naming what does not fit.
    """
    catalog = rulebook.catalog
    calm = make_feed(scenario, catalog)
    feed = _composed(_shaken(calm, scenario, catalog), scenario, rulebook)
    first_id = ACCOUNTS_SYSTEM + 1
    accounts = {account.name: first_id + index for index, account in enumerate(scenario.account)}
    agents = make_agents(scenario, catalog, first_id + len(accounts))
    accounts |= agents.accounts
    company = recorded_agents(calm, scenario, catalog, first_id + len(accounts))
    accounts |= company.accounts
    deposits = {account.name: account.deposit for account in scenario.account}
    deposits |= agents.deposits | company.deposits
    plan = Plan(scenario.order, accounts, catalog)
    script: list[Source] = [
        plan,
        *_acts(scenario, catalog),
        Ticker(scenario.start_us, scenario.tick_s),
    ]
    return Parts(
        scenario=scenario,
        scenario_text=scenario_text,
        rulebook=rulebook,
        rulebook_text=rules_text,
        setup=rulebook.setup(),
        feed=feed,
        cast=Cast([feed, *company.sources, *agents.sources, *script], _makes(scenario)),
        accounts=accounts,
        genesis=list(_genesis(scenario, catalog, accounts, deposits)),
    )


def _makes(scenario: Scenario) -> frozenset[Origin]:
    """Whose commands the sources make: all but a live feed's, which come from outside."""
    return FROM_SOURCES - {Origin.FEED} if scenario.is_live else FROM_SOURCES


def _shaken(feed: Feed, scenario: Scenario, catalog: Catalog) -> Feed:
    """The feed with the scenario's shocks over it, if there are any."""
    shocks = [shock for shock in scenario.shock if not shock.constituent]
    if not shocks:
        return feed
    ids = {shock.asset: catalog.asset(shock.asset).asset_id for shock in shocks}
    for symbol, asset_id in ids.items():
        if asset_id not in feed.asset_ids:
            raise ValueError(f"shock: the feed {feed.name} has no price of {symbol}")
    return Shaken(feed, shocks, ids, scenario.start_us)


def _composed(feed: Feed, scenario: Scenario, rulebook: Rulebook) -> Feed:
    """The feed with its indexes made of constituents, if the scenario has any."""
    if not scenario.constituent:
        return feed
    groups: dict[int, list[Constituent]] = {}
    for spec in scenario.constituent:
        asset_id = rulebook.catalog.asset(spec.asset).asset_id
        if asset_id not in feed.asset_ids:
            raise ValueError(f"constituent: the feed {feed.name} has no price of {spec.asset}")
        place = spec.asset, spec.name
        own = [shock for shock in scenario.shock if (shock.asset, shock.constituent) == place]
        made = Constituent(spec, own, scenario.seed, scenario.start_us)
        groups.setdefault(asset_id, []).append(made)
    if max(map(len, groups.values())) > SOURCES_MAX:
        raise ValueError(f"constituent: an index has at most {SOURCES_MAX}")
    return Composed(feed, groups, index_terms(rulebook.terms.index))


def _acts(scenario: Scenario, catalog: Catalog) -> list[Acts]:
    """The operator's part, if there is one."""
    return [Acts(scenario.act, catalog, scenario.start_us)] if scenario.act else []


def _genesis(
    scenario: Scenario,
    catalog: Catalog,
    accounts: Mapping[str, int],
    deposits: Mapping[str, Mapping[str, Decimal]],
) -> Iterator[Command]:
    """The first commands: accounts in the order of their numbers, then the money there is."""
    for _ in accounts:
        yield Command(kind=CommandKind.CREATE_ACCOUNT, origin=Origin.WORLD)
    for name, account_id in GENESIS_ACCOUNTS.items():
        yield from _deposits(catalog, account_id, getattr(scenario.genesis, name))
    for name, account_id in accounts.items():
        yield from _deposits(catalog, account_id, deposits[name])
    coins = {each.settle.symbol: scenario.coins for each in catalog.margined if each.is_in_coins}
    for account in scenario.account:
        yield from _deposits(catalog, accounts[account.name], account.spot, WalletKind.CASH)
        yield from _deposits(catalog, accounts[account.name], coins, WalletKind.COIN)


def _deposits(
    catalog: Catalog,
    account_id: int,
    amounts: Mapping[str, Decimal],
    wallet: WalletKind = WalletKind.FLEX,
) -> Iterator[Command]:
    for symbol, amount in amounts.items():
        asset = catalog.asset(symbol)
        if amount == 0:
            continue
        yield Command(
            kind=CommandKind.DEPOSIT,
            origin=Origin.WORLD,
            account_id=account_id,
            asset_id=asset.asset_id,
            to_wallet=wallet + asset.asset_id if wallet == WalletKind.COIN else wallet,
            amount_atoms=asset.atoms(amount),
        )


def sources_digest() -> str:
    """The digest of the code of everything that makes commands by itself."""
    digest = hashlib.blake2b(digest_size=16)
    folder = resources.files("longshore.world")
    for part in ("feeds", "agents"):
        for path in sorted((folder / part).iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                digest.update(path.read_bytes())
    fitted = folder / "feeds" / "fitted"
    for path in sorted(fitted.iterdir(), key=lambda path: path.name):
        digest.update(path.read_bytes())
    read = ("recordings/values.py", "recordings/book_checks.py")
    for name in ("random.py", "plan.py", "acts.py", "cast.py", *read):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
