"""What a provider looks at in a made-up document; the first flaw it finds names the refusal."""

from __future__ import annotations

from datetime import date

from longshore.venue.onshore.log import Flaw
from longshore.venue.onshore.people import ADULT_YEARS, SANCTIONED, Person


def flaw_of(person: Person, country: str, today: date) -> Flaw | None:
    """Why a person is refused; None: they are who they say they are."""
    document = person.document
    if date.fromisoformat(document.expires) < today:
        return "expired"
    if document.name != person.name or document.born != person.born:
        return "name_mismatch"
    if _birthday(date.fromisoformat(document.born)) > today:
        return "under_age"
    if document.name in SANCTIONED:
        return "sanctioned"
    return "elsewhere" if document.country != country else None


def _birthday(born: date) -> date:
    """The day on which somebody is of age; of a 29 February the day after."""
    try:
        return born.replace(year=born.year + ADULT_YEARS)
    except ValueError:
        return date(born.year + ADULT_YEARS, 3, 1)
