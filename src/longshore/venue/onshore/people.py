"""Made-up people with made-up documents, drawn for one day of a world. Nobody of them exists."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

US_PER_S = 1_000_000
DAYS_PER_YEAR = 365
SANCTIONED = frozenset({"Ivo Nowhere", "Zora Blank"})
"""A made-up list of people whom a venue must not serve."""
ADULT_YEARS = 18
Kind = Literal["passport", "driving_licence", "identity_card"]


class Document(msgspec.Struct, frozen=True):
    """What a document says. Its number begins with SPECIMEN, as no real one does."""

    kind: Kind
    name: str
    born: str
    country: str
    number: str
    expires: str


class Person(msgspec.Struct, frozen=True):
    """Somebody made up, with the one document that they show."""

    id: str
    name: str
    born: str
    country: str
    state: str
    document: Document


class _Drawn(msgspec.Struct, frozen=True):
    """How a person is drawn: ages and terms in days of the world's present."""

    id: str
    name: str
    age_years: int
    country: str
    state: str
    kind: Kind
    written: str = ""
    """The name on the document, where it is another."""
    expires_days: int = 1_200


CAST = (
    _Drawn("ada", "Ada Example", 34, "US", "TX", "driving_licence"),
    _Drawn("lena", "Lena Muster", 41, "DE", "", "identity_card"),
    _Drawn("noor", "Noor Voorbeeld", 29, "NL", "", "passport"),
    _Drawn("kai", "Kai Sample", 52, "AU", "", "passport"),
    _Drawn("otto", "Otto Probe", 61, "DE", "", "passport", expires_days=-90),
    _Drawn("june", "June Specimen", 27, "US", "CO", "passport", written="Jane Specimen-Doe"),
    _Drawn("tim", "Tim Pattern", 16, "US", "TX", "identity_card"),
    _Drawn("ivo", "Ivo Nowhere", 45, "DE", "", "passport"),
)
"""The last four must be refused: expired, another name, too young, on the list."""


def person(name: str, now_us: int) -> Person | None:
    """One of them by id, as they are on a day."""
    return next((_draw(each, now_us) for each in CAST if each.id == name), None)


def people(now_us: int) -> list[Person]:
    """All of them."""
    return [_draw(each, now_us) for each in CAST]


def day_of(now_us: int) -> date:
    """The day of a world's time."""
    return datetime.fromtimestamp(now_us // US_PER_S, UTC).date()


def _draw(drawn: _Drawn, now_us: int) -> Person:
    today = day_of(now_us)
    born = (today - timedelta(days=drawn.age_years * DAYS_PER_YEAR + 100)).isoformat()
    digits = int(hashlib.sha256(drawn.id.encode()).hexdigest()[:8], 16) % 10**6
    document = Document(
        kind=drawn.kind,
        name=drawn.written or drawn.name,
        born=born,
        country=drawn.country,
        number=f"SPECIMEN-{digits:06d}",
        expires=(today + timedelta(days=drawn.expires_days)).isoformat(),
    )
    return Person(drawn.id, drawn.name, born, drawn.country, drawn.state, document)
