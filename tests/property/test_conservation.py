"""Money is never made or lost, and nobody is forgotten, whatever comes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from longshore.engine.codes import WalletKind
from longshore.engine.limits import WALLETS_PER_ACCOUNT
from longshore.engine.rows import Command
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from tests.naive import liquidation, margin
from tests.property.columns import FIRST, Columns
from tests.property.invariants import broken
from tests.property.markets import SOL, USD, stormy_terms
from tests.property.runner import engine, holds, mostly_long, storm
from tests.property.variants import VARIANTS, storm_of

MILLION, STORMS = 1_000_000, range(100, 104)
"""So many commands in all are shared by every variant's storms of these seeds."""

DOLLARS = balance_slot(wallet_slot(FIRST, WalletKind.FLEX), USD)
COINS = balance_slot(wallet_slot(FIRST, WalletKind.CASH), SOL)
"""A customer's."""


def conserved(commands: Iterable[Command]) -> tuple[int, list[str]] | None:
    """All sums hold after every command."""
    ours = engine(stormy_terms())
    for place, row in enumerate(commands):
        ours.apply([row])
        if found := broken(ours.view):
            return place, found
    return None


def compiled(name: str) -> Columns:
    """A compiled engine over a variant's set-up, and what is scanned of it."""
    lay_out = VARIANTS[name][1]
    return Columns(engine(lay_out(), "jit"), lay_out())


def scanned(columns: Columns, commands: Iterable[Command]) -> tuple[int, list[str]] | None:
    """All sums hold and no wallet is left behind after every command of a compiled engine."""
    for place, row in enumerate(commands):
        columns.engine.apply([row])
        if found := columns.broken():
            return place, [f"{row!r}", *found]
    return None


@pytest.mark.parametrize("seed", mostly_long(11, 12))
def test_all_sums_hold(seed: int) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LEDG-006: after every command of a storm."""
    holds(storm(seed, 500), conserved, seed)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", VARIANTS)
def test_all_sums_hold_in_the_compiled_engine(name: str) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LIQD-012: over everything there is."""
    columns = compiled(name)
    assert scanned(columns, storm_of(name, 99).commands(800)) is None
    wallets = weighable(columns)
    assert wallets
    for wallet in wallets:
        one_atom_is_missed(columns, wallet)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("table", "field", "slot", "found"),
    [
        (
            "balances",
            "amount_atoms",
            DOLLARS,
            "LEDG-002",
        ),
        ("positions", "entry_value_atoms", position_slot(FIRST, 1), "LEDG-004"),
        ("positions", "qty_lots", position_slot(FIRST, 1), "LEDG-005"),
        ("markets", "residue_parts", 15, "LEDG-006"),
        (
            "balances",
            "amount_atoms",
            COINS,
            "ORDR-017",
        ),
    ],
)
def test_a_sum_that_does_not_hold_is_found(table: str, field: str, slot: int, found: str) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LEDG-006, ORDR-017: one less of something."""
    columns = compiled("kraken")
    assert scanned(columns, storm_of("kraken", 98).commands(50)) is None
    columns.record[table][field][slot] -= 1
    assert any(line.startswith(found) for line in columns.broken())


def weighable(columns: Columns) -> list[tuple[int, int]]:
    """The wallets with positions that a ladder would take up at once."""
    twin, found = columns.wallets.twin, []
    columns.wallets.tell_markets()
    for account_id in range(FIRST, columns.accounts + 1):
        columns.wallets.tell_account(account_id)
        for kind in range(WalletKind.FLEX, WALLETS_PER_ACCOUNT):
            wallet = account_id, kind
            paused = columns.record["wallets"]["paused_us"][wallet_slot(*wallet)]
            waits = paused or liquidation.is_frozen(twin, wallet, twin.time_us)
            if margin.wallet_positions(twin, *wallet) and not waits:
                found.append(wallet)
    return found


def one_atom_is_missed(columns: Columns, wallet: tuple[int, int]) -> None:
    """LIQD-001: the scan finds a wallet one atom below its maintenance margin, and not at it."""
    twin, last = columns.wallets.twin, columns.accounts
    columns.wallets.tell_account(wallet[0])
    spare = margin.equity(twin, *wallet) - margin.wallet_maintenance(twin, *wallet)
    take(columns, wallet, spare)
    assert columns.wallets.left_behind(last) == []
    take(columns, wallet, 1)
    found = f"LIQD-012: account {wallet[0]} wallet {wallet[1]}"
    assert columns.wallets.left_behind(last) == [found]
    take(columns, wallet, -spare - 1)


def take(columns: Columns, wallet: tuple[int, int], atoms: int) -> None:
    """Out of what stands behind a wallet's positions, against all rules."""
    account_id, kind = wallet
    wallets = columns.wallets
    slot = balance_slot(wallet_slot(account_id, kind), wallets.twin.unit(kind))
    wallets.balances["amount_atoms"][slot] -= atoms
    if WalletKind.ISOLATED <= kind < WalletKind.COIN:
        place = position_slot(account_id, kind - WalletKind.ISOLATED)
        wallets.positions["margin_atoms"][place] -= atoms


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("seed", STORMS)
def test_a_million_commands(name: str, seed: int) -> None:
    """LEDG-002, LEDG-004, LEDG-005, LEDG-006, LIQD-012: every variant has the same share."""
    count = -(-MILLION // len(VARIANTS) // len(STORMS))
    assert scanned(compiled(name), storm_of(name, seed).commands(count)) is None
