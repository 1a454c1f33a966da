"""One-time codes for withdrawals, told in a practice message; in memory, for some minutes."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from longshore.custody.records import Refused

STANDS_US = 600_000_000
TRIES = 3
DIGITS = 6


class Code(NamedTuple):
    """What was asked for, and what must be typed."""

    about: tuple[object, ...]
    digits: str
    until_us: int
    tries: int


class Codes:
    """The newest code of each account: good for one withdrawal, as it was asked for."""

    def __init__(self) -> None:
        """None yet."""
        self._codes: dict[int, Code] = {}

    def ask(self, account_id: int, about: tuple[object, ...], now_us: int) -> str:
        """A new code; an older one of the account is void."""
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        self._codes[account_id] = Code(about, digits, now_us + STANDS_US, TRIES)
        return digits

    def use(self, account_id: int, about: tuple[object, ...], digits: str, now_us: int) -> None:
        """Refused: no code stands for this, or it is wrong; after three wrong ones it is void."""
        code = self._codes.pop(account_id, None)
        if code is None or now_us > code.until_us:
            raise Refused("CODE_NEEDED", "code")
        if code.about == about and secrets.compare_digest(code.digits, digits):
            return
        if code.tries > 1:
            self._codes[account_id] = code._replace(tries=code.tries - 1)
        raise Refused("CODE_WRONG", "code")
