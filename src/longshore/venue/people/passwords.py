"""Passwords as Argon2 hashes, made and checked beside the loop, few at a time."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

CHARS_MIN, CHARS_MAX = 10, 200
AT_ONCE = 2
"""Each check takes 64 MB and tens of milliseconds: many who try at once wait for each other,
not the market for them."""


class Passwords:
    """Argon2id with the library's own parameters; a hash keeps those it was made with."""

    def __init__(self) -> None:
        """A hash of nobody's password stands in for people who are not there."""
        self._hasher = PasswordHasher()
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether a password is the one; without a hash it takes as long and is not."""
        async with self._gate:
            known = self._nobodys if password_hash is None else password_hash
            right = await asyncio.to_thread(self._verified, known, password)
        return right and password_hash is not None

    def is_old(self, password_hash: str) -> bool:
        """Whether the parameters have changed since it was made."""
        return self._hasher.check_needs_rehash(password_hash)

    def _verified(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerifyMismatchError:
            return False


def flaw(password: str, name: str) -> str:
    """The key of a sentence that says what is wrong with a new password; empty when nothing is."""
    if len(password) < CHARS_MIN:
        return "people-password-short"
    if len(password) > CHARS_MAX:
        return "people-password-long"
    if len(set(password)) < CHARS_MIN // 2 or name in password.lower():
        return "people-password-plain"
    return ""
