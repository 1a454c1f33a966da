"""What the errors of worlds are called by the native API."""

from __future__ import annotations

from longshore.journal.errors import JournalError
from longshore.practice.counterfactual import ChangeError
from longshore.rulebooks import RulebookError, UnknownSymbolError
from longshore.venue.dialects.native.errors import REFUSED, ApiError
from longshore.world.moment import MomentError
from longshore.world.parcel import ParcelError
from longshore.world.shelf import ShelfError

CODES: dict[type[Exception], str] = {
    MomentError: "NO_SUCH_MOMENT",
    ChangeError: "NO_SUCH_CHANGE",
    ParcelError: "BAD_WORLD_FILE",
    ShelfError: "BAD_WORLD",
    RulebookError: "UNKNOWN_RULEBOOK",
    UnknownSymbolError: "UNKNOWN_SYMBOL",
    JournalError: "JOURNAL_REFUSED",
    LookupError: "UNKNOWN_ACCOUNT",
}


class Refusals:
    """Within it such an error is raised as an ApiError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        for kind, code in CODES.items():
            if isinstance(error, kind):
                raise ApiError(REFUSED, code, f"{error}.") from error
