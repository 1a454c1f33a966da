"""One row of the journal, and the chain that ties it to all rows before it."""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from longshore import __version__
from longshore.journal.codec import CODEC, command_fields

GENESIS_CHAIN = bytes(16)


class EntryKind(StrEnum):
    """What a row of the journal says."""

    VERSION = "version"
    BATCH = "batch"
    HALTED = "halted"
    VOID = "void"
    EPOCH = "epoch"


class Entry(msgspec.Struct, frozen=True):
    """One row. `origins` has bit n set when a command of Origin n is in it.

    `events` is the digest of the events caused; `chain` is the digest of the chain before, and of
    everything else in this row.
    """

    row: int
    kind: str
    first_seq: int
    count: int
    time_us: int
    origins: int
    payload: bytes
    events: bytes
    chain: bytes

    @property
    def last_seq(self) -> int:
        """The seq of the last command, or of the last before a row without commands."""
        return self.first_seq + self.count - 1


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What wrote the rows that follow: rules, encoding, and the texts the world was made from."""

    engine: str
    """Digest of the engine's rules (`engine.engine.engine_digest`)."""
    sources: str
    """Digest of the code of feeds and agents."""
    rulebook: str
    """The rulebook as text, whole."""
    world: str
    """The scenario as text, whole."""
    program: str = __version__
    codec: int = CODEC
    fields: dict[int, list[str]] = msgspec.field(default_factory=command_fields)


def chained(before: bytes, entry: Entry) -> bytes:
    """The chain after an entry; its own `chain` field is not read."""
    head = (entry.kind, entry.first_seq, entry.count, entry.time_us, entry.origins)
    digest = hashlib.blake2b(before, digest_size=16)
    digest.update(msgspec.msgpack.encode((*head, entry.payload, entry.events)))
    return digest.digest()
