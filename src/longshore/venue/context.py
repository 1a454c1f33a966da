"""What a dialect is given: one venue, that is one world and all that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from longshore.engine.codes import MarketState
from longshore.world.acts import stopped_since

if TYPE_CHECKING:
    from longshore.engine.rows import Command, Event
    from longshore.engine.state import State
    from longshore.rulebooks import Catalog, Rulebook
    from longshore.venue.accounts import Accounts
    from longshore.venue.alerts import Alerts
    from longshore.venue.client_ids import ClientIds
    from longshore.venue.custody import Custody
    from longshore.venue.guardrails import Guardrails
    from longshore.venue.held import Positions
    from longshore.venue.history import History
    from longshore.venue.moves import Moves
    from longshore.venue.onshore.desk import Onshore
    from longshore.venue.operator_log import OperatorLog
    from longshore.venue.plans import Plans
    from longshore.venue.proposals import Proposals
    from longshore.venue.reserves import Reserves
    from longshore.venue.streams import Hub
    from longshore.venue.support.log import SupportLog
    from longshore.venue.trouble import Trouble
    from longshore.venue.upstream import Upstream
    from longshore.world.sequencer import Sequencer
    from longshore.world.world import World


class Stamp(TypedDict):
    """What an entry begins with (`practice.entry`)."""

    seq: int
    time_us: int


@dataclass(frozen=True, slots=True)
class Venue:
    """One world on the air.

    Reads of what stands now (orders, positions, balances, book) come from `view`; what happened
    comes from `history`; changes go through `submit`; what happens next comes from `streams`.
    """

    world: World
    sequencer: Sequencer
    accounts: Accounts
    plans: Plans
    guardrails: Guardrails
    reserves: Reserves
    operator_log: OperatorLog
    proposals: Proposals
    onshore: Onshore
    custody: Custody
    alerts: Alerts
    support: SupportLog
    client_ids: ClientIds
    history: History
    positions: Positions
    moves: Moves
    streams: Hub
    trouble: Trouble
    upstream: Upstream | None = None
    """The venue it follows, if it does."""

    @property
    def view(self) -> State:
        """The engine's state, read-only. Ask again each time: the engine may be handed over."""
        return self.world.engine.view

    @property
    def catalog(self) -> Catalog:
        """Symbols, ids and the conversions between Decimals and whole units."""
        return self.world.catalog

    @property
    def rulebook(self) -> Rulebook:
        """The rules of this world, with their sources."""
        return self.world.rulebook

    @property
    def now_us(self) -> int:
        """World time: orders, market data and server-time answers carry this."""
        return self.world.clock.now_us()

    def stamp(self) -> Stamp:
        """Where the world stands, for an entry of a record."""
        return {"seq": int(self.view.seq), "time_us": self.now_us}

    @property
    def told_us(self) -> int:
        """The time as it is told to who asks for it: world time, unless trouble skews the clock."""
        return self.now_us + self.trouble.terms.skew_ms * 1_000

    @property
    def is_down(self) -> bool:
        """Whether it is down for maintenance, and customers are refused whatever they ask."""
        return bool(self.view.venue_state == MarketState.HALTED)

    @property
    def withdrawals_stopped_us(self) -> int | None:
        """Since when no money leaves by the operator's will; None: it may."""
        return stopped_since(self.world.parts.stops, self.now_us)

    async def submit(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[list[Event]]:
        """Carry out commands as one batch; each one's events, once durable.

        `texts` maps a command's place in the list to the client id text it came with.
        """
        return await self.sequencer.submit(commands, texts)
