"""The disclosures that are shipped: one text a product, jurisdiction, version and language.

A version is the day from which it counts; in a world that lives before all of them the first does.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import msgspec

from longshore.venue.onshore.people import day_of
from longshore.venue.onshore.regimes import Product

SHIPPED = Path(str(resources.files(__package__) / "documents"))
FIRST_LANGUAGE = "en"


class Document(msgspec.Struct, frozen=True):
    """One text. Its hash is of its bytes as they lie in the package."""

    product: str
    jurisdiction: str
    version: str
    language: str
    sha256: str
    text: str


class Documents:
    """All texts of a folder, read once."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """`product.jurisdiction.version.language.md` each."""
        self._all: list[Document] = []
        for path in sorted(folder.glob("*.md")):
            self.add(path.name, path.read_bytes())

    def add(self, name: str, raw: bytes) -> None:
        """A text by its file's name."""
        product, jurisdiction, version, language = name.removesuffix(".md").split(".")
        sha256 = hashlib.sha256(raw).hexdigest()
        text = raw.decode("utf-8")
        self._all.append(Document(product, jurisdiction, version, language, sha256, text))

    def current(
        self, product: Product, jurisdiction: str, now_us: int, language: str = FIRST_LANGUAGE
    ) -> Document | None:
        """The text that counts at a time, in a language or the first; None: nothing to accept."""
        mine = [d for d in self._all if (d.product, d.jurisdiction) == (product, jurisdiction)]
        if not mine:
            return None
        today = day_of(now_us).isoformat()
        begun = [d.version for d in mine if d.version <= today]
        version = max(begun) if begun else min(d.version for d in mine)
        texts = {d.language: d for d in mine if d.version == version}
        return texts.get(language) or texts[FIRST_LANGUAGE]

    def hashes(self, product: Product, jurisdiction: str, version: str) -> set[str]:
        """Of one version, in any language."""
        wanted = product, jurisdiction, version
        return {d.sha256 for d in self._all if (d.product, d.jurisdiction, d.version) == wanted}

    def next_us(self, now_us: int) -> int | None:
        """When the next version of any begins."""
        today = day_of(now_us).isoformat()
        later = [d.version for d in self._all if d.version > today]
        return midnight_us(min(later)) if later else None


def midnight_us(day: str) -> int:
    """The beginning of a day."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 1_000_000
