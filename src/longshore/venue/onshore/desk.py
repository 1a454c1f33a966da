"""The one who decides: reads logs, rules and the clock, and tells the engine what has changed.

Nothing here refuses an order. What is decided becomes SET_GATE and SET_ACCOUNT_STATE commands, so
that it is in the journal, is replayed, and holds for every API alike.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from longshore.engine.codes import (
    AccountState,
    Gate,
    MarginMode,
    MarketKind,
    MarketState,
    Origin,
    Reason,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.engine.state import position_slot
from longshore.engine.units import PPM
from longshore.venue.custody_terms import STANDARD, of_tier
from longshore.venue.history import Span
from longshore.venue.onshore.documents import Documents
from longshore.venue.onshore.gating import US_PER_DAY, Asked, Gates, Today, gates, next_us
from longshore.venue.onshore.identity import Case, Webhook, new_case_id
from longshore.venue.onshore.log import Decided, Log, Shown
from longshore.venue.onshore.people import person
from longshore.venue.onshore.regimes import load, number
from longshore.venue.onshore.standing import Standing, stands
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from longshore.engine.rows import Account
    from longshore.journal.batch import Batch
    from longshore.venue.context import Venue
    from longshore.venue.onshore.identity import Manual, Practice, Verdict
    from longshore.venue.onshore.log import Logged
    from longshore.venue.onshore.regimes import Tier

LOG = structlog.get_logger()
NEVER_US = 2**62
LOSSES = (Reason.TRADE_PNL, Reason.FEE, Reason.FUNDING)


class Onshore:
    """Who may trade what in one world; `regime` is None where everybody may."""

    def __init__(
        self,
        engine: Engine,
        regime: str,
        provider: Practice | Manual | Webhook,
        documents: Documents | None = None,
    ) -> None:
        """The table must exist (`open_accounts`). Raises RegimeError."""
        self.provider = provider
        self.log = Log(engine)
        self.regime = load(regime) if regime else None
        self.documents = documents or Documents()
        self._venue: Venue | None = None
        self._due_us = NEVER_US
        self._review: asyncio.Task[None] | None = None
        self._stale: set[int] = set()
        self._held: dict[int, bool] = {}

    @property
    def is_on(self) -> bool:
        """Whether this world asks who somebody is."""
        return self.regime is not None

    async def start(self, venue: Venue) -> None:
        """From now on gates follow the log and the clock."""
        self._venue = venue
        if self.regime is None:
            return
        venue.sequencer.on_commit(self._committed)
        for account_id in venue.accounts.names().values():
            self._look_again(account_id)
            await self.settle(account_id)

    def _look_again(self, account_id: int) -> None:
        """A case that nobody had decided when the venue went down is shown again."""
        standing = self.standing(account_id)
        if standing.shown is not None and standing.decided is None:
            self._decide_at_once(account_id, standing.shown, standing.country)

    async def stop(self) -> None:
        """Look at nothing more."""
        if isinstance(self.provider, Webhook):
            await self.provider.close()
        if self._review is not None:
            self._review.cancel()
            await asyncio.gather(self._review, return_exceptions=True)

    def standing(self, account_id: int) -> Standing:
        """Where an account stands."""
        return stands(self.log.of(account_id))

    async def note(self, account_id: int, entry: Logged) -> None:
        """Put something on record, and let the engine know what comes of it."""
        self.log.note(account_id, entry)
        await self.settle(account_id)

    async def show(self, account_id: int, who: str, tier: Tier) -> None:
        """A made-up person is shown to the provider, for a tier."""
        assert self._venue is not None
        stamp = self._venue.stamp()
        shown = Shown(
            **stamp, case=new_case_id(), person=who, tier=tier, provider=self.provider.name
        )
        self.log.note(account_id, shown)
        self._decide_at_once(account_id, shown, self.standing(account_id).country)
        await self.settle(account_id)

    def _decide_at_once(self, account_id: int, shown: Shown, country: str) -> None:
        assert self._venue is not None
        now_us = self._venue.now_us
        found = person(shown.person, now_us)
        assert found is not None, "nobody else can be shown"
        verdict = self.provider.look(Case(shown.case, found, shown.tier, country), now_us)
        if verdict is not None:
            self.log.note(account_id, self.decision(account_id, shown.case, verdict))

    def decision(self, account_id: int, case: str, verdict: Verdict, delivery: str = "") -> Decided:
        """A verdict as it goes on record, with the day it runs out."""
        standing = self.standing(account_id)
        assert self.regime is not None
        assert self._venue is not None
        rules = self.regime.jurisdictions.get(
            self.regime.jurisdiction_of(standing.country, standing.state)
        )
        days = number(rules.identity_days) if rules else 0
        until_us = 0 if verdict else self._venue.now_us + days * US_PER_DAY
        return Decided(
            **self._venue.stamp(), case=case, flaw=verdict, until_us=until_us, delivery=delivery
        )

    def owner_of(self, case: str) -> int | None:
        """Whose case it is."""
        for account_id in self.log.accounts():
            shown = self.standing(account_id).shown
            if shown is not None and shown.case == case:
                return account_id
        return None

    def delivered(self) -> set[str]:
        """The numbers of all decisions that providers sent."""
        return {
            entry.delivery
            for account_id in self.log.accounts()
            for entry in self.log.of(account_id)
            if isinstance(entry, Decided) and entry.delivery
        }

    async def asked(self, account_id: int) -> Asked:
        """All that decides about an account now."""
        assert self._venue is not None
        assert self.regime is not None
        venue, standing = self._venue, self.standing(account_id)
        used = await venue.history.ledger(account_id, Span(limit=1))
        limits = self.regime.limits[standing.tier(venue.now_us)]
        deposit_day_atoms = number(limits.deposit_day) * 10**venue.catalog.settlement.decimals
        is_limited = standing.limits is not None or deposit_day_atoms > 0
        today = await self._today(account_id, standing) if is_limited else Today()
        return Asked(
            regime=self.regime,
            documents=self.documents,
            standing=standing,
            now_us=venue.now_us,
            last_used_us=used[0].time_us if used else venue.now_us,
            today=today,
            deposit_day_atoms=deposit_day_atoms,
        )

    def limits_of(self, account_id: int) -> str:
        """By which of custody's limits an account withdraws."""
        if self.regime is None or self._venue is None:
            return STANDARD
        return of_tier(self.regime.name, self.standing(account_id).tier(self._venue.now_us))

    async def _today(self, account_id: int, standing: Standing) -> Today:
        """What came in and what was lost since midnight of the world, in the settlement asset."""
        assert self._venue is not None
        venue = self._venue
        midnight_us = venue.now_us // US_PER_DAY * US_PER_DAY
        asset_id = venue.catalog.settlement.asset_id

        async def moved(since_us: int) -> dict[int, int]:
            return await venue.history.moved_since(account_id, asset_id, max(midnight_us, since_us))

        limited = await moved(standing.limited_since_us) if standing.limits else {}
        known = await moved(standing.known_since_us)
        return Today(
            limited.get(Reason.DEPOSIT, 0),
            lost_atoms=max(0, -sum(limited.get(reason, 0) for reason in LOSSES)),
            deposited_as_known_atoms=known.get(Reason.DEPOSIT, 0),
        )

    async def settle(self, account_id: int) -> None:
        """Bring the engine's gates of one account to what is decided now."""
        if self.regime is None or self._venue is None:
            return
        asked = await self.asked(account_id)
        wanted = gates(asked)
        self._held[account_id] = asked.standing.limits is not None or asked.deposit_day_atoms > 0
        commands = _changes(self._venue, account_id, wanted)
        if commands:
            await self._venue.submit(commands)
        due_us = next_us(asked)
        if due_us is not None:
            self._due_us = min(self._due_us, due_us)

    def _committed(self, batch: Batch) -> None:
        """Time has passed, or somebody with limits has traded."""
        if any(self._held.values()):
            for event in batch.events:
                if event.kind in (EventKind.TRADED, EventKind.TRANSFERRED):
                    self._stale |= {int(event.account_id), int(event.other_account_id)}
            self._stale &= {each for each, held in self._held.items() if held}
        is_due = batch.time_us >= self._due_us or bool(self._stale)
        if is_due and (self._review is None or self._review.done()):
            self._review = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        """Settle whom it may concern; what goes wrong is told, for nobody waits for this."""
        try:
            await self._settle_due()
        except StoppedError:
            LOG.info("onshore_stopped_with_its_world")
        except Exception:
            LOG.exception("onshore_did_not_settle")

    async def _settle_due(self) -> None:
        assert self._venue is not None
        while self._stale or self._venue.now_us >= self._due_us:
            everybody = self._venue.now_us >= self._due_us
            found = set(self._venue.accounts.names().values()) if everybody else self._stale
            self._stale = set()
            if everybody:
                self._due_us = NEVER_US
            for account_id in found:
                await self.settle(account_id)


def _changes(venue: Venue, account_id: int, wanted: Gates) -> list[Command]:
    """The commands that bring an account's gates to what is wanted."""
    held = venue.view.accounts[account_id]
    made = [
        Command(
            kind=CommandKind.SET_GATE,
            origin=Origin.OPERATOR,
            account_id=account_id,
            type=gate,
            value=reject,
        )
        for gate, reject in wanted.shut.items()
        if gate_of(held, gate) != reject
    ]
    if (held.state, held.leverage_cap_ppm) != (wanted.state, wanted.cap_ppm):
        made.append(
            Command(
                kind=CommandKind.SET_ACCOUNT_STATE,
                origin=Origin.OPERATOR,
                account_id=account_id,
                value=wanted.state,
                leverage_ppm=wanted.cap_ppm,
            )
        )
    return [*made, *_at_the_cap(venue, account_id, wanted)]


def gate_of(account: Account, gate: Gate) -> int:
    """What the engine holds of one gate."""
    return int(getattr(account, f"{gate.name.lower()}_gate"))


def _at_the_cap(venue: Venue, account_id: int, wanted: Gates) -> list[Command]:
    """Where no leverage was chosen and the market allows more, the cap is chosen: cross.

    Without it an account with a cap could open nothing before it has chosen one itself.
    """
    made = []
    view = venue.view
    if not wanted.cap_ppm or wanted.state != AccountState.ACTIVE:
        return []
    for market in venue.catalog.markets.values():
        row = view.markets[market.market_id]
        position = view.positions[position_slot(account_id, market.market_id)]
        idle = position.qty_lots == 0 and position.orders_count == 0
        if row.kind == MarketKind.SPOT or row.state == MarketState.EXPIRED:
            continue
        if position.leverage_ppm or not idle:
            continue
        if wanted.cap_ppm * view.tiers[row.tier_first].initial_ppm < PPM * PPM:
            made.append(
                Command(
                    kind=CommandKind.SET_LEVERAGE,
                    origin=Origin.OPERATOR,
                    account_id=account_id,
                    market_id=market.market_id,
                    leverage_ppm=wanted.cap_ppm,
                    value=MarginMode.CROSS,
                )
            )
    return made
