"""What a venue owes and holds, stated once an hour to everybody alike, and proofs for customers.

A statement stays for good, so that what anybody was shown can be compared; the balances under it
are kept for the newest ones alone.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from longshore.custody.reserves import Beside, Proof, Stated, Statement
from longshore.custody.sum_tree import Tree, leaf
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.venue import views
from longshore.venue.accounts import METADATA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.engine.state import State
    from longshore.rulebooks import AssetInfo
    from longshore.world.world import World

STANDS_US = 3_600_000_000
"""So long a statement stands before another is made, in world time."""
KEPT = 48
"""Proofs are given under so many of the newest statements."""
NONCE_BYTES = 16
US_PER_MS = 1_000

RESERVES = Table(
    "reserves",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("statement", String, nullable=False),
    Column("leaves", String, nullable=True),
)


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """A customer under a statement: the nonce that only they are told, and what they have."""

    account_id: int
    nonce: str
    sums: list[int]

    @property
    def account(self) -> str:
        """As it stands in the tree."""
        return str(self.account_id)


class Reserves:
    """The statements of one world. Making one blocks for some hundredths of a second."""

    def __init__(self, engine: Engine, world: World) -> None:
        """The table must exist (`open_accounts`).

        What was stated of commands that a power cut took is taken back: nobody had been told that
        they were carried out.
        """
        self._engine = engine
        self._world = world
        with engine.begin() as connection:
            connection.execute(delete(RESERVES).where(RESERVES.c.seq > world.engine.seq))

    def newest(self, now_us: int) -> Statement | None:
        """The statement that stands now, made where there is none or it is an hour old.

        None: the venue has no customers.
        """
        with self._engine.connect() as connection:
            newest = select(RESERVES.c.statement).order_by(RESERVES.c.seq.desc()).limit(1)
            found = connection.execute(newest).scalar()
        if found is not None:
            statement = msgspec.json.decode(found, type=Statement)
            is_standing = now_us - statement.time_ms * US_PER_MS < STANDS_US
            if is_standing or statement.seq == self._world.engine.seq:
                return statement
        return self._make(now_us) if _customers(self._world.engine.view) else None

    def stated(self, seq: int) -> Statement | None:
        """An earlier one, by the command it is after."""
        with self._engine.connect() as connection:
            wanted = select(RESERVES.c.statement).where(RESERVES.c.seq == seq)
            found = connection.execute(wanted).scalar()
        return None if found is None else msgspec.json.decode(found, type=Statement)

    def proof(self, account_id: int, statement: Statement) -> Proof | None:
        """That an account is counted; None: it came later, or the balances are not kept."""
        with self._engine.connect() as connection:
            wanted = select(RESERVES.c.leaves).where(RESERVES.c.seq == statement.seq)
            leaves = connection.execute(wanted).scalar()
        counted = msgspec.json.decode(leaves, type=list[Counted]) if leaves else []
        for at, each in enumerate(counted):
            if each.account_id == account_id:
                path = _tree(counted).path(at)
                steps = [Beside(side, node.digest, list(node.sums)) for side, node in path]
                return Proof(statement, each.account, each.nonce, each.sums, steps)
        return None

    def _make(self, now_us: int) -> Statement:
        world = self._world
        assets = list(world.catalog.assets.values())
        view = world.engine.view
        kinds = list(views.wallet_kinds(view))
        balances = [_balances(view, each, assets, kinds) for each in _customers(view)]
        counted = [
            Counted(number, secrets.token_hex(NONCE_BYTES), [max(0, each) for each in mine])
            for number, mine in zip(_customers(view), balances, strict=True)
        ]
        statement = Statement(
            world=world.name,
            seq=world.engine.seq,
            time_ms=now_us // US_PER_MS,
            customers=len(counted),
            root=_tree(counted).root.digest,
            assets=[
                _stated(view, asset, kinds, [mine[at] for mine in balances])
                for at, asset in enumerate(assets)
            ],
        ).sealed()
        self._keep(statement, counted)
        return statement

    def _keep(self, statement: Statement, counted: list[Counted]) -> None:
        row = {
            "seq": statement.seq,
            "statement": msgspec.json.encode(statement).decode(),
            "leaves": msgspec.json.encode(counted).decode(),
        }
        newest = select(RESERVES.c.seq).order_by(RESERVES.c.seq.desc()).limit(KEPT)
        with self._engine.begin() as connection:
            connection.execute(insert(RESERVES).values(**row))
            old = RESERVES.c.seq.not_in(newest.scalar_subquery())
            connection.execute(update(RESERVES).where(old).values(leaves=None))


def _customers(view: State) -> range:
    """All accounts but the venue's own."""
    return range(ACCOUNTS_SYSTEM + 1, view.accounts_count + 1)


def _balances(
    view: State, account_id: int, assets: Sequence[AssetInfo], kinds: Sequence[int]
) -> list[int]:
    """What an account has of each asset in all its wallets together."""
    return [
        sum(
            int(views.balance(view, account_id, kind, each.asset_id).amount_atoms) for kind in kinds
        )
        for each in assets
    ]


def _stated(view: State, asset: AssetInfo, kinds: Sequence[int], balances: Sequence[int]) -> Stated:
    """One asset; the sums of customers and of the venue's own accounts are each counted."""
    venues = range(1, ACCOUNTS_SYSTEM + 1)
    return Stated(
        asset=asset.symbol,
        decimals=asset.decimals,
        owed=sum(each for each in balances if each > 0),
        debts=-sum(each for each in balances if each < 0),
        own=sum(_balances(view, each, [asset], kinds)[0] for each in venues),
        held=int(view.assets[asset.asset_id].supply_atoms),
    )


def _tree(counted: Sequence[Counted]) -> Tree:
    return Tree([leaf(each.nonce, each.account, each.sums) for each in counted])
