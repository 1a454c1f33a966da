"""What all agents are: an account, a pace, a latency, and what is on its way to the venue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, cast

import msgspec

from longshore.engine.codes import MarketKind, WalletKind
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.agents.moves import ATOMS, amount_atoms, coins_for, deposit, is_priced
from longshore.world.random import stream_key, uniform
from longshore.world.source import SourceState

FIRST_US = 300_000
PAUSE_SPREAD = 8  # a pause differs from the interval by up to this part of it, either way
REFILL_STEPS = 256  # how often the purse is looked into
REFILL_PART = 2  # it is filled again when less than this part of it is left


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scenario may say of every agent."""

    interval_ms: int = 1_000
    latency_us: int = 5_000
    deposit_usd: int = 5_000_000


class Birth(NamedTuple):
    """What all agents of a world begin with."""

    seed: int
    start_us: int


class Agent:
    """A trader; its heirs say what it decides.

    A decision is made on the view at its due time and arrives `latency_us` later, all at once;
    nothing new is decided while something is on its way. The first decision is to pay money in. As
    agents pay fees like anyone, it runs low slowly; a purse more than half empty is filled again,
    by a DEPOSIT that is in the journal like everything else.
    """

    draws: ClassVar[int] = 8
    """How many numbers one step may draw."""

    def __init__(
        self, name: str, terms: Terms, market_ids: Sequence[int], account_id: int, birth: Birth
    ) -> None:
        """An agent that owns an account; its first decision comes soon after the world's start."""
        self.name = name
        self.terms = terms
        self.market_ids = tuple(market_ids)
        self.account_id = account_id
        self.step = 0
        self._key = stream_key(birth.seed, f"agent {name}")
        self._next_us = birth.start_us + 1 + uniform(self._key, 0, FIRST_US)
        self._pending: list[Command] = []
        self._purse: list[tuple[int, int, int]] = []

    @property
    def interval_us(self) -> int:
        """The usual time from one decision to the next."""
        return self.terms.interval_ms * 1_000

    def purse(self, view: State) -> list[tuple[int, int, int]]:
        """(asset, wallet, atoms) to begin with: dollars, and coins where it needs them."""
        usd = self.terms.deposit_usd * ATOMS
        settlement = int(view.settlement_asset_id)
        wanted = {}
        for market_id in self.market_ids:
            market = view.markets[market_id]
            settle = int(market.settle_asset_id)
            if market.kind == MarketKind.SPOT:
                coin = int(market.base_asset_id)
                wanted[settlement, int(WalletKind.CASH)] = usd
                wanted[coin, int(WalletKind.CASH)] = coins_for(view, coin, usd)
            elif settle == settlement:
                wanted[settlement, int(WalletKind.FLEX)] = usd
            else:
                wanted[settle, WalletKind.COIN + settle] = coins_for(view, settle, usd)
        return [(asset, wallet, want) for (asset, wallet), want in wanted.items()]

    def next_due_us(self) -> int:
        """When something arrives at the venue, or else when the next decision is made."""
        return self._pending[0].time_us if self._pending else self._next_us

    def observe(self, events: Sequence[Event]) -> None:
        """Most agents look at the view when they decide and need no more."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """What arrives now; with nothing on its way, decide."""
        if self._pending:
            return self._arrived(time_us)
        self._next_us = time_us + self.pause_us()
        decided = self._decided(time_us, view)
        self.step += 1
        for command in decided:
            command.time_us = time_us + self.terms.latency_us
        self._pending = decided
        return self._arrived(time_us)

    def _decided(self, time_us: int, view: State) -> list[Command]:
        """What to send: money at first, then what the agent's kind decides."""
        if not self._purse:
            if not all(is_priced(view, view.markets[m]) for m in self.market_ids):
                return []
            self._next_us = time_us + self.terms.latency_us + 1
            return self.open(view)
        decided = self.decide(time_us, view)
        if self.step % REFILL_STEPS == 0:
            decided += self.refill(view)
        return decided

    def open(self, view: State) -> list[Command]:
        """What funds the account, once every index is known."""
        self._purse = self.purse(view)
        return [deposit(self.account_id, *line) for line in self._purse]

    def decide(self, time_us: int, view: State) -> list[Command]:
        """What to send now."""
        raise NotImplementedError

    def home_lots(self, market: Market) -> int:
        """What it wants to hold: nothing, in a spot market the coins it began with."""
        if market.kind != MarketKind.SPOT:
            return 0
        coins = next(want for asset, _, want in self._purse if asset == market.base_asset_id)
        return coins // int(market.lot_base_atoms)

    def draw(self, lane: int, bound: int) -> int:
        """A number in [0, bound), the same for this seed, agent, step and lane."""
        return uniform(self._key, self.step * self.draws + lane, bound)

    def pause_us(self) -> int:
        """The time until the next decision."""
        spread_us = self.interval_us // PAUSE_SPREAD
        jitter_us = self.draw(self.draws - 1, 2 * spread_us + 1) - spread_us
        return max(self.interval_us + jitter_us, self.terms.latency_us + 1)

    def _arrived(self, time_us: int) -> list[Command]:
        """All that is on its way, if it is due."""
        if self._pending and self._pending[0].time_us > time_us:
            return []
        arrived, self._pending = self._pending, []
        return arrived

    def refill(self, view: State) -> list[Command]:
        """Deposits that bring back what is more than half gone."""
        made = []
        for asset, wallet, want in self._purse:
            left = amount_atoms(view, self.account_id, wallet, asset)
            if left * REFILL_PART < want:
                made.append(deposit(self.account_id, asset, wallet, want - left))
        return made

    def state(self) -> dict[str, int | list[int]]:
        """All that the next decision depends on, besides the view."""
        return {
            "step": self.step,
            "next_us": self._next_us,
            "pending": [value for command in self._pending for value in command.values()],
            "purse": [value for line in self._purse for value in line],
        }

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self.step = cast("int", state["step"])
        self._next_us = cast("int", state["next_us"])
        width = len(Command.FIELDS)
        flat = cast("list[int]", state["pending"])
        self._pending = [
            Command(**dict(zip(Command.FIELDS, flat[at : at + width], strict=True)))
            for at in range(0, len(flat), width)
        ]
        purse = cast("list[int]", state["purse"])
        self._purse = [(purse[at], purse[at + 1], purse[at + 2]) for at in range(0, len(purse), 3)]
