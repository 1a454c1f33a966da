"""A storm whose accounts are let in and shut out while they trade."""

from __future__ import annotations

from longshore.engine.codes import AccountState, Gate, Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from tests.property.storm import RICH, Storm

REASONS = [0, 0, *range(Reject.COUNTRY_NOT_KNOWN, Reject.INACTIVE + 1), Reject.BAD_VALUE, 200]
STATES = [*[AccountState.ACTIVE] * 6, AccountState.CLOSE_ONLY, *AccountState, 4]
CAPS_PPM = [0, 0, 2_000_000, 5_000_000, 10_000_000, 50_000_000, 1, 10**15]


class Gated(Storm):
    """A storm with one command in ten about a gate, most often of somebody poor."""

    def one(self) -> Command:
        """The next command."""
        return self.gate() if self.random.random() < 0.1 else super().one()

    def gate(self) -> Command:
        """A gate, or a state and a cap; good and bad."""
        draw = self.random
        who = draw.choice(self.accounts[RICH:] if draw.random() < 0.9 else [*self.accounts, 99])
        fields = {"origin": Origin.OPERATOR, "account_id": who}
        if draw.random() < 0.5:
            kind = draw.choice([*Gate, Gate.PERPETUAL, 0, 6])
            return self.make(CommandKind.SET_GATE, **fields, type=kind, value=draw.choice(REASONS))
        return self.make(
            CommandKind.SET_ACCOUNT_STATE,
            **fields,
            value=draw.choice(STATES),
            leverage_ppm=draw.choice(CAPS_PPM),
        )
