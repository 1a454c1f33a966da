"""The worlds of a data folder: listed, named, branched, deleted; each is a folder with a card."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec

from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.world.branch import branch, make_whole
from longshore.world.moment import NOW, Moment, Parent, parent_of
from longshore.world.scenario import parse
from longshore.world.world import JOURNAL_FILE

MAIN = "main"
CARD_FILE = "world.json"
SCENARIO_FILE = "scenario"
WORLDS_MAX = 64
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
GONE = ".deleted-"


class ShelfError(ValueError):
    """A world cannot be made, named or deleted as asked; the message says why."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a world besides its journal. `scenario` is empty for one brought in."""

    scenario: str = ""
    title: str = ""
    owner: str = ""
    account: str = ""
    """Whom its owner trades as there, where people sign in."""
    note: str = ""
    """Why it was ended, if it was not asked to."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One world of the list. `parent` is empty for one that comes from nowhere."""

    name: str
    title: str
    scenario: str
    owner: str
    parent: str
    parent_seq: int
    parent_time_us: int
    seq: int
    time_us: int
    size_bytes: int
    note: str


class Shelf:
    """All worlds below one folder."""

    def __init__(self, folder: Path, most: int | None = None) -> None:
        """The folder need not exist yet. `most` worlds may be in it, else WORLDS_MAX."""
        self.folder = folder
        self._most = most

    @property
    def most(self) -> int:
        """How many worlds there may be."""
        return WORLDS_MAX if self._most is None else self._most

    def names(self) -> list[str]:
        """The worlds there are, the main one first."""
        found = {path.parent.name for path in self.folder.glob(f"*/{JOURNAL_FILE}")}
        found |= {path.parent.name for path in self.folder.glob(f"*/{SCENARIO_FILE}")}
        found |= {path.parent.name for path in self.folder.glob(f"*/{CARD_FILE}")}
        kept = (name for name in found if NAME.fullmatch(name))
        return sorted(kept, key=lambda name: (name != MAIN, name))

    def path(self, name: str) -> Path:
        """A world's folder. Raises ShelfError: there is no such world."""
        if name not in self.names():
            raise ShelfError(f"there is no world {name!r}")
        return self.folder / name

    def card(self, name: str) -> Card:
        """A world's card; worlds made before there were cards have their scenario's name only."""
        folder = self.path(name)
        if (folder / CARD_FILE).exists():
            return self.card_of(folder)
        old = folder / SCENARIO_FILE
        return Card(scenario=old.read_text().strip() if old.exists() else "")

    def owned(self, name: str) -> Card | None:
        """The card of a world that has one, without looking at all others; None without."""
        if NAME.fullmatch(name) is None or not (self.folder / name / CARD_FILE).exists():
            return None
        return self.card_of(self.folder / name)

    @staticmethod
    def card_of(folder: Path) -> Card:
        """The card in a folder."""
        return msgspec.json.decode((folder / CARD_FILE).read_bytes(), type=Card)

    def keep(self, name: str, card: Card) -> None:
        """Write a world's card."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{CARD_FILE}.new"
        draft.write_bytes(msgspec.json.encode(card))
        draft.replace(folder / CARD_FILE)

    def listed(self, name: str) -> Listed:
        """What the list says of a world. Raises JournalError."""
        card, folder = self.card(name), self.path(name)
        parent, seq, time_us, title = None, 0, 0, card.title
        if (folder / JOURNAL_FILE).exists():
            journal = Journal.open(folder / JOURNAL_FILE)
            parent, seq, time_us = parent_of(journal), journal.seq, journal.time_us
            scenario = parse(journal.version().world)
            title = title or scenario.title
            journal.close()
        origin = parent or Parent("", 0, 0)
        return Listed(
            name=name,
            title=title,
            scenario=card.scenario,
            owner=card.owner,
            parent=origin.name,
            parent_seq=origin.seq,
            parent_time_us=origin.time_us,
            seq=seq,
            time_us=time_us,
            size_bytes=sum(path.stat().st_size for path in folder.iterdir() if path.is_file()),
            note=card.note,
        )

    def unread(self, name: str, note: str) -> Listed:
        """What the list says of a world whose journal cannot be read."""
        card = self.card(name)
        return Listed(
            name=name,
            title=card.title,
            scenario=card.scenario,
            owner=card.owner,
            parent="",
            parent_seq=0,
            parent_time_us=0,
            seq=0,
            time_us=0,
            size_bytes=0,
            note=note,
        )

    def drop(self, name: str) -> None:
        """Take a name back that was reserved for a world which could not be made."""
        if not (self.folder / name / JOURNAL_FILE).exists():
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def free_name(self, wish: str) -> str:
        """The wish, or the wish with a number, that no world has."""
        taken = self.names()
        number, name = 1, wish
        while name in taken:
            number += 1
            name = f"{wish}-{number}"
        return name

    def check_new(self, name: str) -> None:
        """Refuse a name that is no name or is taken, and one world too many."""
        if NAME.fullmatch(name) is None:
            raise ShelfError("a world's name is of small letters, digits, dots and dashes")
        if name in self.names():
            raise ShelfError(f"there is a world {name!r} already")
        if len(self.names()) >= self.most:
            raise ShelfError(f"there are {self.most} worlds: delete one first")

    def branch(self, parent: str, name: str, moment: Moment = NOW, owner: str = "") -> None:
        """A new world from a moment of another's past. Raises ShelfError, MomentError."""
        self.check_new(name)
        card = self.card(parent)
        try:
            branch(self.path(parent), self.folder / name, moment).close()
        except BaseException:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            raise
        self.keep(name, msgspec.structs.replace(card, owner=owner or card.owner, note=""))

    def children(self, name: str) -> list[str]:
        """The branches of a world."""
        return [each for each in self.names() if self._parent(each) == name]

    def delete(self, name: str) -> None:
        """Remove a world that does not run; its branches are made whole first.

        Raises ShelfError for the main world, JournalError where a branch cannot be made whole:
        then nothing is removed.
        """
        folder = self.path(name)
        if name == MAIN:
            raise ShelfError("the main world is not deleted: delete its data folder")
        for child in self.children(name):
            make_whole(self.folder / child)
        gone = self.folder / f"{GONE}{name}"
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)

    def _parent(self, name: str) -> str:
        path = self.folder / name / JOURNAL_FILE
        if not path.exists():
            return ""
        try:
            journal = Journal.open(path)
        except JournalError:
            return ""
        parent = parent_of(journal)
        journal.close()
        return "" if parent is None else parent.name
