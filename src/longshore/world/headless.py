"""A scenario run to its end without a server, and what is written about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from longshore import __version__
from longshore.engine._compile import Mode
from longshore.engine.codes import Reject, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Event
from longshore.engine.state import balance_slot, wallet_slot
from longshore.journal.batch import Batch
from longshore.world.event_file import EventFile
from longshore.world.scenario import ScenarioError
from longshore.world.world import World

EVENTS_FILE = "events.parquet"
SUMMARY_FILE = "summary.json"


class Liquidation(msgspec.Struct, frozen=True):
    """A ladder that was entered: whose, when, and at which mark."""

    account: str
    wallet: int
    seq: int
    time_us: int
    market: str
    mark: str
    ended_time_us: int | None
    nothing_left: bool


class Noticed(msgspec.Struct, frozen=True):
    """Something that befell a market, an index or the venue, in a sentence."""

    time_us: int
    code: str
    text: str


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. The same scenario gives the same summary, whatever engine mode ran it."""

    scenario: str
    title: str
    program: str
    rulebook: str
    seed: int
    start_us: int
    end_us: int
    digest: str
    """State digest at the end."""
    chain: str
    seq: int
    events: int
    faithful: bool
    unverified: list[str]
    """Paths of the unverified rulebook values the run used."""
    prices: str
    """What the index prices are."""
    events_by_kind: dict[str, int]
    refusals: dict[str, int]
    liquidations: list[Liquidation]
    notices: list[Noticed]
    """The newest of the notice board."""
    balances: dict[str, dict[str, str]]
    """Of each account of the scenario, by asset, over all its wallets."""


class Tally:
    """Counts events, and remembers who was liquidated."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.kinds: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self._started: list[Event] = []
        self._ended: dict[tuple[int, int], list[Event]] = {}

    def add(self, events: list[Event]) -> None:
        """Count them."""
        for event in events:
            self.kinds[EventKind(event.kind).name] += 1
            if event.kind == EventKind.REFUSED:
                self.refusals[Reject(event.reject).name] += 1
            elif event.kind == EventKind.LIQUIDATION_STARTED:
                self._started.append(event)
            elif event.kind == EventKind.LIQUIDATION_ENDED:
                self._ended.setdefault((event.account_id, event.wallet), []).append(event)

    def liquidations(self) -> list[Liquidation]:
        """The ladders entered, in order, each with its end."""
        ended = {key: iter(events) for key, events in self._ended.items()}
        names = {number: name for name, number in self._world.accounts.items()}
        return [
            self._liquidation(start, next(ended.get(_wallet(start), iter(())), None), names)
            for start in self._started
        ]

    def _liquidation(self, start: Event, end: Event | None, names: dict[int, str]) -> Liquidation:
        market = self._world.catalog.market(start.market_id)
        return Liquidation(
            account=names.get(start.account_id, str(start.account_id)),
            wallet=start.wallet,
            seq=start.seq,
            time_us=start.time_us,
            market=market.symbol,
            mark=f"{market.mark(start.mark_subticks):f}",
            ended_time_us=None if end is None else end.time_us,
            nothing_left=end is not None and end.flag == 1,
        )


def _wallet(event: Event) -> tuple[int, int]:
    return event.account_id, event.wallet


def run_scenario(
    text: str,
    folder: Path,
    mode: Mode = "plain",
    progress: Callable[[float], None] | None = None,
) -> Summary:
    """Run a scenario to its end into a folder: journal, events (Parquet), summary (JSON).

    `progress` is told the part done, from 0 to 1. Raises ScenarioError when the scenario has no
    end, JournalError when the folder holds a world already.
    """
    world = World.create(folder, text, mode)
    try:
        return _run(world, folder, progress)
    finally:
        world.close()


def _run(world: World, folder: Path, progress: Callable[[float], None] | None) -> Summary:
    start_us, end_us = world.scenario.start_us, world.end_us
    if end_us == TIME_MAX_US:
        raise ScenarioError(f"{world.name} has no end: give it one (end = ...)")
    tally = Tally(world)
    file = EventFile(folder / EVENTS_FILE)

    def on_batch(batch: Batch) -> None:
        file.add(batch.events)
        tally.add(batch.events)

    def on_time(time_us: int) -> None:
        if progress is not None:
            progress((time_us - start_us) / (end_us - start_us))

    try:
        world.run(end_us, on_batch, on_time)
    finally:
        file.close()
    world.save()
    summary = summarise(world, tally)
    (folder / SUMMARY_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(summary)))
    return summary


def summarise(world: World, tally: Tally) -> Summary:
    """The summary of a world as it stands."""
    unverified = world.unverified()
    return Summary(
        scenario=world.name,
        title=world.scenario.title,
        program=__version__,
        rulebook=world.rulebook.id,
        seed=world.scenario.seed,
        start_us=world.scenario.start_us,
        end_us=world.stepper.reached_us,
        digest=world.engine.digest(),
        chain=world.journal.chain.hex(),
        seq=world.journal.seq,
        events=tally.kinds.total(),
        faithful=not unverified,
        unverified=unverified,
        prices=world.parts.feed.note,
        events_by_kind=dict(sorted(tally.kinds.items())),
        refusals=dict(sorted(tally.refusals.items())),
        liquidations=tally.liquidations(),
        notices=[Noticed(each.time_us, each.code, each.text) for each in world.board.notices],
        balances={
            account.name: balances(world, account.name) for account in world.scenario.account
        },
    )


def balances(world: World, account: str) -> dict[str, str]:
    """What an account holds over all its wallets, by asset; nothing where it is zero."""
    held: dict[str, str] = {}
    for symbol, asset in world.catalog.assets.items():
        atoms = sum(_amounts(world, world.accounts[account], asset.asset_id))
        if atoms:
            held[symbol] = f"{asset.amount(atoms):f}"
    return held


def _amounts(world: World, account_id: int, asset_id: int) -> list[int]:
    kinds = range(WalletKind.ISOLATED + len(world.catalog.markets) + 1)
    wallets = [wallet_slot(account_id, kind) for kind in kinds]
    view = world.engine.view
    return [int(view.balances[balance_slot(wallet, asset_id)].amount_atoms) for wallet in wallets]
