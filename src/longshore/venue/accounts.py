"""Who may do what: account names and API keys, in `accounts.sqlite` beside the journal.

Names can be rebuilt from the journal, secrets cannot: this database is never dropped.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    delete,
    insert,
    select,
)

from longshore.venue.database import migrated

METADATA = MetaData()

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", String, primary_key=True),
    Column("account_id", Integer, nullable=False, unique=True),
)

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("key", String, primary_key=True),
    Column("secret", String, nullable=False),
    Column("account", String, ForeignKey("accounts.name"), nullable=False),
    Column("permissions", String, nullable=False),
)

KEY_BYTES = 42
SECRET_BYTES = 64
ID_CHARS = 16
KEYS_MAX = 20
"""Of one account, as its owner makes them."""


class NameTakenError(Exception):
    """An account of this name exists."""


class ApiKey(msgspec.Struct, frozen=True):
    """A key of an account. The secret is base64 and kept as it is: signatures are made from it."""

    key: str
    secret: str
    account: str
    account_id: int
    permissions: frozenset[str]  # of: read, trade, transfer

    @property
    def id(self) -> str:
        """A short name for it: the key itself has characters that addresses do not take."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:ID_CHARS]

    @property
    def secret_bytes(self) -> bytes:
        """The secret as HMAC takes it."""
        return base64.b64decode(self.secret)


class Accounts:
    """Names and keys, held in memory and written through. Writes block for one small commit."""

    def __init__(self, engine: Engine) -> None:
        """Read all there is; the tables must exist (`open_accounts`)."""
        self._engine = engine
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._keys: dict[str, ApiKey] = {}
        self._claimed: set[str] = set()
        self.welcoming = asyncio.Lock()
        """Held while somebody new is looked at, who may ask many times at once."""
        with engine.connect() as connection:
            self._load(connection)

    def _load(self, connection: Connection) -> None:
        for name, account_id in connection.execute(select(ACCOUNTS)):
            self._keep(name, account_id)
        for key, secret, account, permissions in connection.execute(select(API_KEYS)):
            self._keep_key(key, secret, account, permissions)

    def _keep(self, name: str, account_id: int) -> None:
        self._ids[name] = account_id
        self._names[account_id] = name

    def _keep_key(self, key: str, secret: str, account: str, permissions: str) -> ApiKey:
        allowed = frozenset(permissions.split())
        made = self._keys[key] = ApiKey(key, secret, account, self._ids[account], allowed)
        return made

    @property
    def engine(self) -> Engine:
        """The database, for what else is kept of accounts and cannot be rebuilt."""
        return self._engine

    def account_id(self, name: str) -> int | None:
        """The engine's number of an account, None when there is no such name."""
        return self._ids.get(name)

    def name(self, account_id: int) -> str | None:
        """The name of an account, None for agents and the venue's own."""
        return self._names.get(account_id)

    def names(self) -> dict[str, int]:
        """All names with their numbers."""
        return dict(self._ids)

    def key(self, key: str) -> ApiKey | None:
        """A key by its public part."""
        return self._keys.get(key)

    def have(self, keys: set[str]) -> bool:
        """Whether none of these keys was removed."""
        return keys <= self._keys.keys()

    def add(self, name: str, account_id: int) -> None:
        """Keep the name of a new account; `NameTakenError` when it stands for another."""
        if self._ids.get(name, account_id) != account_id:
            raise NameTakenError(name)
        if name in self._ids:
            return
        with self._engine.begin() as connection:
            connection.execute(insert(ACCOUNTS).values(name=name, account_id=account_id))
        self._keep(name, account_id)

    @contextmanager
    def claimed(self, name: str) -> Iterator[None]:
        """Hold a name while its account is made; `NameTakenError` when another does, or has it."""
        if name in self._ids or name in self._claimed:
            raise NameTakenError(name)
        self._claimed.add(name)
        try:
            yield
        finally:
            self._claimed.discard(name)

    def create_key(self, account: str, permissions: tuple[str, ...]) -> ApiKey:
        """A new random key of an existing account (KeyError when there is none)."""
        self._ids[account]
        row = {
            "key": base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
            "secret": base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode(),
            "account": account,
            "permissions": " ".join(sorted(permissions)),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(API_KEYS).values(**row))
        return self._keep_key(**row)

    def keys_of(self, account: str) -> list[ApiKey]:
        """All keys of an account."""
        return [key for key in self._keys.values() if key.account == account]

    def delete_key(self, key: str) -> None:
        """From now on it signs nothing."""
        with self._engine.begin() as connection:
            connection.execute(delete(API_KEYS).where(API_KEYS.c.key == key))
        del self._keys[key]

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_accounts(path: Path) -> Accounts:
    """Open the database at `path`, made or brought up to date by its migrations."""
    return Accounts(migrated(path, "longshore.venue"))


def cut_accounts(path: Path, known: Container[str]) -> None:
    """Take out of a copied file whom a branch does not know yet: their numbers are free there."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        names = connection.execute(select(ACCOUNTS.c.name)).scalars().all()
        gone = [{"gone": name} for name in names if name not in known]
        if gone:
            for column in (API_KEYS.c.account, ACCOUNTS.c.name):
                connection.execute(delete(column.table).where(column == bindparam("gone")), gone)
    engine.dispose()
