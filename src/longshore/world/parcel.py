"""A world as one file: a zip of its journal, whole, its card, and a manifest with their digests."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import msgspec

from longshore import __version__
from longshore.engine.engine import engine_digest
from longshore.journal.entry import EntryKind
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.world.branch import prepend
from longshore.world.moment import parent_of
from longshore.world.shelf import CARD_FILE, Card, Shelf
from longshore.world.world import JOURNAL_FILE

FORMAT = 1
MANIFEST_FILE = "manifest.json"
SUFFIX = ".world"
FILES = (JOURNAL_FILE, CARD_FILE)
BYTES_MAX = 8 * 2**30
CHUNK = 2**20


class ParcelError(ValueError):
    """A file that is no world, or not the one that was exported; nothing was brought in."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the file holds. `digests` is by file name."""

    format: int = FORMAT
    name: str
    program: str = __version__
    engine: str
    seq: int
    time_us: int
    chain: str
    digests: dict[str, str]


def export(shelf: Shelf, name: str, path: Path) -> Manifest:
    """Write a world to a file, its parents' rows included; the world may be running.

    Raises ShelfError, JournalError.
    """
    card = shelf.card(name)
    with TemporaryDirectory(prefix="longshore-export-") as folder:
        part = Path(folder)
        copy = part / JOURNAL_FILE
        _copy(shelf.path(name) / JOURNAL_FILE, copy)
        _make_whole(copy, shelf)
        (part / CARD_FILE).write_bytes(msgspec.json.encode(card))
        manifest = _manifest(name, part)
        draft = path.with_name(f"{path.name}.new")
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST_FILE, msgspec.json.format(msgspec.json.encode(manifest)))
            for file in FILES:
                archive.write(part / file, file)
        draft.replace(path)
    return manifest


def _copy(journal: Path, to: Path) -> None:
    """One moment of a journal that may be written to meanwhile, in one file."""
    if not journal.exists():
        raise JournalError(f"there is no journal at {journal}: the world has never run")
    with closing(sqlite3.connect(journal)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def _make_whole(copy: Path, shelf: Shelf) -> None:
    """The rows of all it comes from, put before its own."""
    journal = Journal.open(copy)
    try:
        while (origin := parent_of(journal)) is not None:
            prepend(journal, shelf.path(origin.name) / JOURNAL_FILE)
    finally:
        journal.close()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("PRAGMA journal_mode=DELETE")


def _manifest(name: str, part: Path) -> Manifest:
    journal = Journal.open(part / JOURNAL_FILE)
    try:
        engine = journal.version().engine
        seq, time_us, chain = journal.seq, journal.time_us, journal.chain.hex()
    finally:
        journal.close()
    with closing(sqlite3.connect(part / JOURNAL_FILE)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    digests = {file: _digest_of((part / file).open("rb")) for file in FILES}
    return Manifest(
        name=name, engine=engine, seq=seq, time_us=time_us, chain=chain, digests=digests
    )


def _digest_of(file: IO[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    with file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def bring_in(shelf: Shelf, path: Path, name: str = "", owner: str = "") -> Manifest:
    """Make a world of an exported file, under its own name or another.

    Raises ParcelError for a file that is damaged, was changed or is none of ours, ShelfError where
    the name cannot be had. Nothing is left behind then.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _read_manifest(archive)
            wanted = name or shelf.free_name(manifest.name)
            shelf.check_new(wanted)
            _unpack(archive, manifest, shelf, wanted, owner)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ParcelError(f"{path.name} is no exported world: {error}") from error
    return msgspec.structs.replace(manifest, name=wanted)


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    names = sorted(archive.namelist())
    if names != sorted((MANIFEST_FILE, *FILES)):
        raise ParcelError(f"an exported world holds {MANIFEST_FILE}, {', '.join(FILES)}, only once")
    if sum(info.file_size for info in archive.infolist()) > BYTES_MAX:
        raise ParcelError("the world in it is larger than a world may be")
    try:
        raw = msgspec.json.decode(archive.read(MANIFEST_FILE))
        if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
            raise ParcelError(f"it has format {raw['format']}; this program reads {FORMAT}")
        return msgspec.convert(raw, Manifest)
    except msgspec.MsgspecError as error:
        raise ParcelError(f"its manifest cannot be read: {error}") from error


def _unpack(
    archive: zipfile.ZipFile, manifest: Manifest, shelf: Shelf, name: str, owner: str
) -> None:
    shelf.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".import-", dir=shelf.folder) as folder:
        part = Path(folder) / "world"
        part.mkdir()
        for file in FILES:
            with archive.open(file) as packed, (part / file).open("wb") as out:
                shutil.copyfileobj(packed, out, CHUNK)
            if _digest_of((part / file).open("rb")) != manifest.digests.get(file):
                raise ParcelError(f"{file} in it is not what was exported")
        card = _checked(part, manifest)
        part.rename(shelf.folder / name)
    shelf.keep(name, msgspec.structs.replace(card, owner=owner or card.owner))


def _checked(part: Path, manifest: Manifest) -> Card:
    """The card, once the journal has been read to its end and ends as the manifest says."""
    try:
        card = msgspec.json.decode((part / CARD_FILE).read_bytes(), type=Card)
        journal = Journal.open(part / JOURNAL_FILE)
        try:
            kinds = [entry.kind for entry in journal.entries()]
            ends = (journal.seq, journal.chain.hex()) == (manifest.seq, manifest.chain)
            whole = parent_of(journal) is None and EntryKind.BATCH in kinds
        finally:
            journal.close()
    except (JournalError, msgspec.MsgspecError) as error:
        raise ParcelError(f"the world in it is damaged: {error}") from error
    if not (ends and whole):
        raise ParcelError("the journal in it is not the one its manifest tells of")
    return card


def is_ours(manifest: Manifest) -> bool:
    """Whether this program's engine wrote it: another's is replayed with --any-engine only."""
    return manifest.engine == engine_digest()
