"""What the custody desk keeps of each deposit, withdrawal and address, and what it refuses."""

from __future__ import annotations

from typing import Literal

import msgspec

Why = Literal["", "WRONG_NETWORK", "WRONG_MEMO", "BELOW_MINIMUM", "NOT_A_DEPOSIT"]
"""Why a deposit is not credited."""
Stage = Literal["asked", "waiting", "sent", "done", "cancelled", "refused"]


class Refused(ValueError):
    """What the desk does not do: a stable name, and the field that it is about."""

    def __init__(self, name: str, field: str = "") -> None:
        """By its name."""
        super().__init__(name)
        self.name = name
        self.field = field


class Deposit(msgspec.Struct, kw_only=True):
    """Coins that came to one of the venue's addresses: one output of one transaction."""

    id: int
    network: str
    asset: str
    atoms: int
    txid: str
    address: str
    memo: str
    account_id: int
    """Whose it is; 0: nobody knows."""
    why: Why
    seen_us: int
    height: int | None = None
    """Of the block that holds it; None: none does."""
    paid: bool = False
    """Credited, now or on its way."""
    is_gone: bool = False
    """Its sender took it back in a reorganisation."""


class Withdrawal(msgspec.Struct, kw_only=True):
    """Coins on their way from a customer's balance to an address of theirs."""

    id: int
    account_id: int
    wallet: int
    network: str
    asset: str
    atoms: int
    """All that is taken from the balance."""
    fee_atoms: int
    """The part of it that the venue keeps."""
    name: str
    address: str
    memo: str
    asked_us: int
    stage: Stage = "asked"
    txid: str = ""
    height: int | None = None

    @property
    def net_atoms(self) -> int:
        """What arrives."""
        return self.atoms - self.fee_atoms


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a customer's address book."""

    name: str
    network: str
    address: str
    memo: str
    usable_us: int
    """Nothing goes there before."""


class Payment(msgspec.Struct, frozen=True):
    """What the engine is to credit, once. The id is the same however often it is asked for."""

    id: str
    account_id: int
    wallet: int
    asset: str
    atoms: int


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What one venue asks of its customers, besides what each network costs."""

    book_wait_us: int = 24 * 3_600_000_000
    """How long a new address waits."""
    change_hold_us: int = 24 * 3_600_000_000
    """How long nothing leaves after an address was exchanged or removed."""
    batch_us: int = 10 * 60_000_000
    """Withdrawals leave together, so often."""
    batch_max: int = 20
    cancel_us: int = 5 * 60_000_000
    """So long a withdrawal waits at least, and can be cancelled."""
    day_us: int = 24 * 3_600_000_000
    daily_atoms: dict[str, dict[str, int]] = {}
    """The most that leaves in a day, by tier and asset; what is not named has no limit."""
    stock_atoms: dict[str, int] = {}
    """What the venue has of its own on each network, by asset, at the beginning."""
    hot_ppm: int = 50_000
    """The part of all coins that is kept hot, at least what is waiting to leave."""
    recovery_ppm: int = 50_000
    """What the venue keeps for finding coins that came wrongly."""
