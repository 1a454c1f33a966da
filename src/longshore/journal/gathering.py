"""Rows in the order in which they came about; compiled rules' stay words until somebody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar

from longshore.engine._table import Row

R = TypeVar("R", bound=Row)


class Gathered(Generic[R]):
    """Commands or events, in hand."""

    def __init__(self, row: type[R]) -> None:
        """None yet."""
        self._row = row
        self._parts: list[Any] = []
        self.count = 0

    def add(self, rows: list[R]) -> None:
        """Rows at the end."""
        self._parts.append([*rows])
        self.count += len(rows)

    def add_words(self, words: Any) -> None:
        """Rows as a matrix of numbers, a row a line: the caller changes it no more."""
        self._parts.append(words)
        self.count += len(words)

    def join(self, others: list[R] | Gathered[R]) -> None:
        """All of others, at the end."""
        if isinstance(others, list):
            self.add(others)
        else:
            self._parts += others.pieces()
            self.count += others.count

    @property
    def parts(self) -> int:
        """How many pieces there are."""
        return len(self._parts)

    def pieces(self, part: int = 0) -> list[Any]:
        """The pieces after so many, each a list of rows or a matrix; they stay."""
        return self._parts[part:]

    def rows(self, part: int = 0) -> list[R]:
        """The rows of all pieces after so many; they stay, and are made once."""
        pieces = self._parts[part:]
        if len(pieces) == 1 and isinstance(pieces[0], list):
            return pieces[0]
        made = self._read(pieces)
        self._parts[part:] = [made]
        return made

    def last(self) -> R:
        """The last one as a row."""
        piece = next(piece for piece in reversed(self._parts) if len(piece))
        return piece[-1] if isinstance(piece, list) else self._row.of(piece[-1].tolist())

    def column(self, field: str) -> Iterator[int]:
        """One field of each."""
        place, value = self._row.FIELDS.index(field), attrgetter(field)
        for part in self._parts:
            yield from map(value, part) if isinstance(part, list) else part[:, place].tolist()

    def where(self, **fields: int) -> list[R]:
        """Those with these values, as rows."""
        places = {self._row.FIELDS.index(name): value for name, value in fields.items()}
        found: list[R] = []
        for part in self._parts:
            if isinstance(part, list):
                found += (row for row in part if _has(row, fields))
                continue
            kept = part
            for place, value in places.items():
                kept = kept[kept[:, place] == value]
            found += (self._row.of(words) for words in kept.tolist())
        return found

    def values(self) -> Iterator[tuple[int, ...]]:
        """The fields' values of each, in declared order; they stay."""
        for part in self._parts:
            rows = isinstance(part, list)
            yield from (row.values() for row in part) if rows else map(tuple, part.tolist())

    def drop(self) -> None:
        """Nobody wants to read them."""
        self._parts, self.count = [], 0

    def _read(self, parts: list[Any]) -> list[R]:
        made: list[R] = []
        for part in parts:
            made += (
                part if isinstance(part, list) else (self._row.of(words) for words in part.tolist())
            )
        return made


def _has(row: Row, fields: Mapping[str, int]) -> bool:
    return all(getattr(row, name) == value for name, value in fields.items())


def picked(words: Any, places: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Of each line of a matrix the numbers at the places of its kind, which is the first number."""
    kinds = words[:, 0]
    made: list[list[int]] = [[]] * len(words)
    for kind in set(kinds.tolist()):
        lines = (kinds == kind).nonzero()[0]
        numbers = words[:, places[kind]][lines].tolist()
        for line, values in zip(lines.tolist(), numbers, strict=True):
            made[line] = values
    return made
