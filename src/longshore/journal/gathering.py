"""Rows in the order in which they came about; compiled rules' stay words until somebody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from longshore.engine._table import Row

R = TypeVar("R", bound=Row)


class Gathered(Generic[R]):
    """Commands or events of one batch, in hand."""

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

    def since(self, part: int) -> list[R]:
        """The rows of all pieces after so many; they stay."""
        rows = self._read(self._parts[part:])
        self._parts[part:] = [rows]
        return rows

    def take(self) -> list[R]:
        """All of them as rows; none is left."""
        made = self._read(self._parts)
        self.drop()
        return made

    def _read(self, parts: list[Any]) -> list[R]:
        made: list[R] = []
        for part in parts:
            made += (
                part if isinstance(part, list) else (self._row.of(words) for words in part.tolist())
            )
        return made

    def values(self) -> Iterator[tuple[int, ...]]:
        """The fields' values of each, in declared order; they stay."""
        for part in self._parts:
            rows = isinstance(part, list)
            yield from (row.values() for row in part) if rows else map(tuple, part.tolist())

    def drop(self) -> None:
        """Nobody wants to read them."""
        self._parts, self.count = [], 0
