"""What traders in plain Python are: an account, a pace, a purse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from longshore.engine.codes import MarketKind, WalletKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.world.agents.moves import ATOMS, amount_atoms, coins_for, is_priced
from longshore.world.agents.orders import deposit
from longshore.world.agents.purse import REFILL_PART, REFILL_STEPS
from longshore.world.agents.terms import Birth, Terms
from longshore.world.source import SourceState


class Agent:
    """A trader without latency; its heirs say what it decides.

    Its first decision is to pay money in. As it pays fees like anyone, it runs low slowly; a purse
    more than half empty is filled again, by a DEPOSIT that is in the journal like everything else.
    """

    def __init__(
        self, name: str, terms: Terms, market_ids: Sequence[int], account_id: int, birth: Birth
    ) -> None:
        """An agent that owns an account; its first decision comes at the world's start."""
        self.name = name
        self.terms = terms
        self.market_ids = tuple(market_ids)
        self.account_id = account_id
        self.step = 0
        self._next_us = birth.start_us + 1
        self._purse: list[tuple[int, int, int]] = []

    def next_due_us(self) -> int:
        """When the next decision is made."""
        return self._next_us

    def observe(self, events: Sequence[Event]) -> None:
        """It looks at the view when it decides and needs no more."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """Money at first, then what the agent's kind decides."""
        self._next_us = time_us + self.terms.interval_ms * 1_000
        decided = self._decided(time_us, view)
        self.step += 1
        return decided

    def decide(self, time_us: int, view: State) -> list[Command]:
        """What to send now."""
        raise NotImplementedError

    def _decided(self, time_us: int, view: State) -> list[Command]:
        if not self._purse:
            if not all(is_priced(view, view.markets[m]) for m in self.market_ids):
                return []
            self._next_us = time_us + 1
            self._purse = self._given(view)
            return [deposit(self.account_id, *line) for line in self._purse]
        decided = self.decide(time_us, view)
        if self.step % REFILL_STEPS == 0:
            decided += self._refill(view)
        return decided

    def _given(self, view: State) -> list[tuple[int, int, int]]:
        """(asset, wallet, atoms) to begin with: dollars, and coins where it needs them."""
        usd = self.terms.deposit_usd * ATOMS
        settlement = int(view.settlement_asset_id)
        wanted = {}
        for market_id in self.market_ids:
            market = view.markets[market_id]
            settle, coin = int(market.settle_asset_id), int(market.base_asset_id)
            if market.kind == MarketKind.SPOT:
                wanted[settlement, int(WalletKind.CASH)] = usd
                wanted[coin, int(WalletKind.CASH)] = coins_for(view, coin, usd)
            elif settle == settlement:
                wanted[settlement, int(WalletKind.FLEX)] = usd
            else:
                wanted[settle, WalletKind.COIN + settle] = coins_for(view, settle, usd)
        return [(asset, wallet, want) for (asset, wallet), want in wanted.items()]

    def _refill(self, view: State) -> list[Command]:
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
            "purse": [value for line in self._purse for value in line],
        }

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self.step = cast("int", state["step"])
        self._next_us = cast("int", state["next_us"])
        purse = cast("list[int]", state["purse"])
        self._purse = [(purse[at], purse[at + 1], purse[at + 2]) for at in range(0, len(purse), 3)]
