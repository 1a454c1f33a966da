"""Double entry: whatever the venue's addresses hold on the chains belongs to somebody.

Each asset has these books. What is posted moves between two of them, or between one and the chains;
`balanced` compares their sum with what the chains themselves say, which nothing here has written.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, get_args

Book = Literal[
    "arriving",
    "due",
    "customers",
    "leaving",
    "unclaimed",
    "stock",
    "fees",
    "network",
    "lost",
]
BOOKS: tuple[Book, ...] = get_args(Book)


class UnbalancedError(AssertionError):
    """The chains and the books say different things: an error of this program."""


class Books:
    """What belongs to whom, in atoms, by book and asset."""

    def __init__(self) -> None:
        """With nothing in them."""
        self._atoms: Counter[tuple[Book, str]] = Counter()

    def atoms(self, book: Book, asset: str) -> int:
        """What stands in a book."""
        return self._atoms[book, asset]

    def came(self, book: Book, asset: str, atoms: int) -> None:
        """A block brought it; below zero: it took it back, or away."""
        self._atoms[book, asset] += atoms

    def move(self, source: Book, target: Book, asset: str, atoms: int) -> None:
        """From one book to another."""
        self._atoms[source, asset] -= atoms
        self._atoms[target, asset] += atoms

    def total(self, asset: str) -> int:
        """All books together."""
        return sum(self._atoms[book, asset] for book in BOOKS)

    def balanced(self, on_chains: Counter[str]) -> None:
        """UnbalancedError: for some asset the chains hold another amount than the books say."""
        for asset in {asset for _, asset in self._atoms} | set(on_chains):
            if self.total(asset) != on_chains[asset]:
                said = {book: self._atoms[book, asset] for book in BOOKS}
                raise UnbalancedError(f"{asset}: {on_chains[asset]} on the chains, {said}")
