"""A world on the air: opened from its folder, its history caught up, its accounts known."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from longshore.venue.accounts import Accounts, open_accounts
from longshore.venue.alerts import Alerts
from longshore.venue.caller import DEFAULT_ACCOUNT
from longshore.venue.client_ids import ClientIds
from longshore.venue.context import Venue
from longshore.venue.custody import Custody
from longshore.venue.guardrails import Guardrails
from longshore.venue.held import Positions
from longshore.venue.history import History
from longshore.venue.inheriting import inherit
from longshore.venue.moves import Moves
from longshore.venue.onshore.desk import Onshore
from longshore.venue.onshore.identity import Practice, provider_of
from longshore.venue.operator_log import OperatorLog
from longshore.venue.plans import Plans
from longshore.venue.projections import orders
from longshore.venue.projections.projector import Projector, open_projector
from longshore.venue.projections.rebuild import catch_up
from longshore.venue.proposals import Proposals
from longshore.venue.publisher import Publisher
from longshore.venue.reserves import Reserves
from longshore.venue.streams import Hub
from longshore.venue.support.log import SupportLog
from longshore.venue.trouble import Trouble
from longshore.venue.upstream import Upstream
from longshore.venue.welcome import welcome
from longshore.world.scenario import parse, with_start
from longshore.world.sequencer import Sequencer
from longshore.world.world import JOURNAL_FILE, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.venue.onshore.identity import Manual, Webhook

HISTORY_FILE = "history.sqlite"
ACCOUNTS_FILE = "accounts.sqlite"
FOLLOWS = "follows"
"""The note in the journal of a world that follows a venue; branches have none."""


class Station:
    """One world with all that serves it. `start` it in a loop, `stop` it when done."""

    def __init__(
        self,
        world: World,
        projector: Projector,
        accounts: Accounts,
        upstream: Upstream | None = None,
        provider: Practice | Manual | Webhook | None = None,
    ) -> None:
        """Wire the parts together."""
        self.world = world
        self.upstream = upstream
        self.projector = projector
        self.accounts = accounts
        history = History(projector)
        sequencer = Sequencer(world)
        self.venue = Venue(
            world=world,
            sequencer=sequencer,
            accounts=accounts,
            plans=Plans(accounts.engine),
            guardrails=Guardrails(accounts.engine),
            reserves=Reserves(accounts.engine, world),
            operator_log=OperatorLog(accounts.engine),
            proposals=Proposals(accounts.engine),
            onshore=Onshore(accounts.engine, world.scenario.onshore, provider or Practice()),
            custody=Custody(accounts.engine, world, sequencer),
            alerts=Alerts(accounts.engine, world.catalog),
            support=SupportLog(accounts.engine),
            client_ids=ClientIds(world.name),
            history=history,
            positions=Positions(history),
            moves=Moves(history),
            streams=Hub(),
            upstream=upstream,
            trouble=Trouble(),
        )
        publisher = Publisher(projector, self.venue.streams, self.venue.client_ids)
        sequencer.on_commit(publisher.on_commit)
        sequencer.on_commit(self.venue.custody.on_commit)
        sequencer.on_commit(self.venue.alerts.on_commit)
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        scenario: str,
        progress: Callable[[int], None],
        upstream: Upstream | None = None,
    ) -> Self:
        """The world of a folder, made from the scenario's text where there is none yet.

        `upstream` is what a new world follows, from its first moment; a branch follows nothing.
        """
        folder.mkdir(parents=True, exist_ok=True)
        exists = (folder / JOURNAL_FILE).exists()
        is_told = upstream is not None
        world = World.open(folder) if exists else World.create(folder, scenario, is_told=is_told)
        if upstream is not None:
            world.journal.set_note(FOLLOWS, world.scenario.feed.venue.encode())
        elif world.journal.note(FOLLOWS) is not None:
            upstream = Upstream.of(world.scenario, world.catalog)
        inherit(world, folder / HISTORY_FILE, folder / ACCOUNTS_FILE)
        projector = open_projector(folder / HISTORY_FILE, world)
        catch_up(world, projector, progress)
        if not exists:
            _come_in(world, projector)
        provider = provider_of(world.scenario.identity, folder)
        return cls(world, projector, open_accounts(folder / ACCOUNTS_FILE), upstream, provider)

    async def start(self) -> None:
        """Let time pass and take commands; the learner has an account."""
        self._writing = asyncio.create_task(self.projector.run())
        await self._recall()
        await self.venue.custody.recover(self.venue.history)
        self.venue.sequencer.start()
        if self.upstream is not None:
            self.upstream.follow(self.venue)
        if all(account.name != DEFAULT_ACCOUNT for account in self.world.scenario.account):
            await welcome(self.venue, DEFAULT_ACCOUNT)
        await self.venue.onshore.start(self.venue)

    async def _recall(self) -> None:
        """What the journal knows of names and texts is known here again."""
        agents = self.world.parts.accounts.keys() - {a.name for a in self.world.scenario.account}
        for name, account_id in self.world.accounts.items():
            if name not in agents:
                self.accounts.add(name, account_id)
        for text in await self.projector.read(orders.open_client_ids):
            self.venue.client_ids.remember(text)

    async def stop(self) -> None:
        """Finish what was submitted, write history to its end, let go of all files."""
        if self.upstream is not None:
            await self.upstream.stop()
        await self.venue.onshore.stop()
        await self.venue.sequencer.stop()
        await self.venue.custody.stop()
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        self.projector.close()
        self.accounts.close()
        self.world.close()


async def open_station(folder: Path, scenario: str, progress: Callable[[int], None]) -> Station:
    """A station, for a new world with live prices once its venue has told them.

    Raises ScenarioError where it does not: then no world is made.
    """
    asked = parse(scenario) if scenario and not (folder / JOURNAL_FILE).exists() else None
    if asked is None or not asked.is_live:
        return Station.open(folder, scenario, progress)
    upstream = await Upstream.reached(with_start(scenario, datetime.now(UTC)), asked)
    try:
        return Station.open(folder, scenario, progress, upstream)
    except BaseException:
        await upstream.stop()
        raise


def _come_in(world: World, projector: Projector) -> None:
    """Let a new world run to the moment its scenario opens."""
    opens_us = world.scenario.opens_us
    if opens_us > world.stepper.reached_us:
        world.run(opens_us, lambda batch: projector.write([batch]))
        world.clock.slip(world.stepper.reached_us)
