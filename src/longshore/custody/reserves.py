"""A venue's statement of what it owes and holds, one customer's proof, and its check.

A proof shows that a balance is counted among what the venue says it owes. It shows neither that
the venue holds that much, nor that it owes nothing else; in a practice venue the first is counted
by the engine, which is why the statement has it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TypeVar

import msgspec

from longshore.custody.sum_tree import Node, Side, Step, climbed, leaf

DECIMALS_MAX = 30
NONCE = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")

T = TypeVar("T")


class ProofError(ValueError):
    """A proof that proves nothing, and why."""


class Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One asset, in atoms: owed − debts + own is held."""

    asset: str
    decimals: int
    owed: int
    """What customers have, those below zero counted as nothing: the sum in the tree."""
    debts: int
    """What customers below zero owe, secured by their other assets."""
    own: int
    """What stands in the venue's own accounts: fees, insurance, clearing."""
    held: int
    """What came in from outside and has not gone out again."""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a venue says of one moment."""

    world: str
    seq: int
    """After this command."""
    time_ms: int
    customers: int
    root: str
    """The digest over all that is owed, 64 hex digits."""
    assets: list[Stated]
    digest: str = ""
    """The digest over all of the above: what two people compare."""

    def sealed(self) -> Statement:
        """The same with its digest: SHA-256 of its lines, assets as one line each."""
        lines = [self.world, self.seq, self.time_ms, self.customers, self.root]
        rows = [",".join(map(str, msgspec.structs.astuple(each))) for each in self.assets]
        text = "\n".join(map(str, ["longshore:statement", *lines, *rows]))
        digest = hashlib.sha256(text.encode()).hexdigest()
        return msgspec.structs.replace(self, digest=digest)


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a path."""

    side: Side
    digest: str
    sums: list[int]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That one account is counted in a statement; `sums` are its balances, as `assets` go."""

    statement: Statement
    account: str
    nonce: str
    sums: list[int]
    path: list[Beside]


def read_proof(content: bytes) -> Proof:
    """A proof file. ProofError: it is none."""
    return _read(content, Proof, "proof")


def read_statement(content: bytes) -> Statement:
    """A statement, or that in a proof file. ProofError: it is neither."""
    try:
        return _read(content, Statement, "statement")
    except ProofError as error:
        try:
            return read_proof(content).statement
        except ProofError:
            raise error from None


def _read(content: bytes, kind: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ProofError(f"this is no {name}: {error}") from None


def check(proof: Proof) -> None:
    """Compute everything again. ProofError: something does not fit, and what."""
    stated = proof.statement
    for each in stated.assets:
        if not 0 <= each.decimals <= DECIMALS_MAX:
            raise ProofError(f"{each.asset}: {each.decimals} is no number of decimals")
        if each.owed - each.debts + each.own != each.held:
            raise ProofError(f"{each.asset}: owed less debts plus own is not what is held")
    if stated.sealed() != stated:
        raise ProofError("the digest of the statement is not over what it says")
    _check_form(proof)
    try:
        root = climbed(leaf(proof.nonce, proof.account, proof.sums), _steps(proof))
    except ValueError as error:
        raise ProofError(str(error)) from None
    if root.digest != stated.root:
        raise ProofError("your balance is not under the root of the statement")
    if root.sums != tuple(each.owed for each in stated.assets):
        raise ProofError("the balances under the root are not what the statement says is owed")


def _check_form(proof: Proof) -> None:
    """So that no two leaves are hashed from one text, and every node has each asset's sum."""
    if NONCE.fullmatch(proof.nonce) is None or not proof.account.isprintable():
        raise ProofError("the nonce or the account is none: 32 hex digits, a name on one line")
    if any(DIGEST.fullmatch(each.digest) is None for each in proof.path):
        raise ProofError("a digest in the path is none: 64 hex digits")
    counts = {len(each.sums) for each in proof.path} | {len(proof.sums)}
    if counts != {len(proof.statement.assets)}:
        raise ProofError("there is not one balance for each asset of the statement")


def _steps(proof: Proof) -> list[Step]:
    return [Step(each.side, Node(each.digest, tuple(each.sums))) for each in proof.path]


def compared(proof: Proof, other: Statement) -> None:
    """ProofError: two people were shown different things of one moment."""
    mine = proof.statement
    if (mine.world, mine.seq) != (other.world, other.seq):
        raise ProofError(
            f"the statements are of different moments: after command {mine.seq:,} of {mine.world} "
            f"and {other.seq:,} of {other.world}"
        )
    if mine != other:
        raise ProofError("two statements of one moment differ: somebody was shown another one")
