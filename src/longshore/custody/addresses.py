"""Addresses that no real wallet takes: `practice-`, a family, twenty-six consonants.

Real formats have either no hyphen (base58, bech32, hexadecimal) or none of these words before it,
and each needs digits or letters that are missing here. So nobody can send real coins to such an
address, and nobody can paste a real one into this program: it is refused by its form, before
anything else.

The last six letters are a checksum over family and payload: one wrong letter is noticed, and so
is an address of another family. Chains of one family share their addresses, as chains that were
copied from one another do: there an address says nothing of the network that was meant.
"""

from __future__ import annotations

import hashlib

PREFIX = "practice"
LETTERS = "bcdfghjkmnpqrtvw"
PAYLOAD_LETTERS = 20
CHECK_LETTERS = 6
TXID_LETTERS = 24
MEMO_MODULUS = 97


class AddressError(ValueError):
    """An address or memo that is none here, and why."""


def make_address(family: str, *words: object) -> str:
    """The address of a family that these words lead to."""
    payload = _letters("longshore:address", family, *words)[:PAYLOAD_LETTERS]
    return f"{PREFIX}-{family}-{payload}{_check(family, payload)}"


def make_txid(*words: object) -> str:
    """A transaction's name, as made-up as the addresses."""
    return f"{PREFIX}-tx-{_letters('longshore:tx', *words)[:TXID_LETTERS]}"


def check_address(address: str, family: str) -> None:
    """AddressError: it is no address of this family."""
    parts = address.split("-")
    if len(parts) != len(("prefix", "family", "rest")) or parts[0] != PREFIX:
        raise AddressError(f"an address here begins with {PREFIX}-{family}-: no real one does")
    if parts[1] != family:
        raise AddressError(f"this is an address of {parts[1]}, not of {family}")
    payload, check = parts[2][:PAYLOAD_LETTERS], parts[2][PAYLOAD_LETTERS:]
    if len(parts[2]) != PAYLOAD_LETTERS + CHECK_LETTERS or set(parts[2]) - set(LETTERS):
        raise AddressError("an address ends in 26 letters, all of them consonants")
    if check != _check(family, payload):
        raise AddressError("the checksum is wrong: a letter of the address was changed")


def make_memo(account_id: int) -> str:
    """A customer's memo at a shared address: their number and two check digits."""
    rest = account_id * 100 % MEMO_MODULUS
    return f"{account_id * 100 + (1 - rest) % MEMO_MODULUS}"


def memo_account(memo: str) -> int | None:
    """Whose memo it is; None: nobody's, a digit is wrong or it is missing."""
    is_number = memo.isascii() and memo.isdigit() and len(memo) <= len(str(2**63))
    if not is_number or int(memo) % MEMO_MODULUS != 1:
        return None
    account_id = int(memo) // 100
    return account_id if make_memo(account_id) == memo else None


def _check(family: str, payload: str) -> str:
    return _letters("longshore:check", family, payload)[:CHECK_LETTERS]


def _letters(*words: object) -> str:
    digest = hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()
    return "".join(LETTERS[int(digit, 16)] for digit in digest)
