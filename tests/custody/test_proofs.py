"""A customer's proof: it holds as it was given, and fails when one byte of it is another one."""

import json

import msgspec
import pytest

from longshore.custody.reserves import (
    Beside,
    Proof,
    ProofError,
    Stated,
    Statement,
    check,
    compared,
    read_proof,
    read_statement,
)
from longshore.custody.sum_tree import Tree, leaf

BALANCES = [(500, 3), (0, 0), (2**62, 8), (41, 0), (7, 7)]


@pytest.fixture
def proof():
    """The third of five customers'."""
    leaves = [leaf(f"{at:032x}", f"account-{at}", sums) for at, sums in enumerate(BALANCES)]
    tree = Tree(leaves)
    usd, xbt = tree.root.sums
    statement = Statement(
        world="sim",
        seq=12_345,
        time_ms=1_790_000_000_000,
        customers=len(BALANCES),
        root=tree.root.digest,
        assets=[
            Stated("USD", 8, usd, 30, 60, usd + 30),
            Stated("XBT", 8, xbt, 0, 0, xbt),
        ],
    ).sealed()
    path = [Beside(side, node.digest, list(node.sums)) for side, node in tree.path(2)]
    return Proof(statement, "account-2", f"{2:032x}", list(BALANCES[2]), path)


def test_a_proof_holds_as_it_was_given_and_after_a_file(proof):
    check(proof)
    check(read_proof(msgspec.json.encode(proof)))


def test_it_fails_when_any_one_byte_is_changed(proof):
    content = msgspec.json.encode(proof)
    for at, byte in enumerate(content):
        changed = content[:at] + bytes([byte ^ 1]) + content[at + 1 :]
        with pytest.raises(ProofError):
            check(read_proof(changed))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda told: told["sums"].__setitem__(0, -1), "below zero"),
        (lambda told: told["path"][0]["sums"].__setitem__(1, -5), "below zero"),
        (lambda told: told["sums"].append(0), "one balance for each asset"),
        (lambda told: told["path"][1]["sums"].pop(), "one balance for each asset"),
        (lambda told: told.__setitem__("nonce", "7"), "32 hex digits"),
        (lambda told: told.__setitem__("account", "a\nb"), "on one line"),
        (lambda told: told["path"][0].__setitem__("digest", "zz"), "64 hex digits"),
        (lambda told: told["path"].pop(), "not under the root"),
        (lambda told: told.__setitem__("account", "account-3"), "not under the root"),
        (lambda told: told["statement"]["assets"][0].__setitem__("own", 61), "USD: owed less"),
        (lambda told: told["statement"]["assets"][1].__setitem__("decimals", 99), "no number of"),
        (lambda told: owed(told, 1), "not what the statement says is owed"),
        (lambda told: told.__setitem__("more", 1), "this is no proof"),
        (lambda told: told.__setitem__("path", 5), "this is no proof"),
    ],
)
def test_what_does_not_fit_is_named(proof, change, why):
    told = json.loads(msgspec.json.encode(proof))
    change(told)
    with pytest.raises(ProofError, match=why):
        check(sealed_again(read_proof(json.dumps(told).encode())))


def sealed_again(proof):
    """As somebody would who forges a statement and knows how its digest is made."""
    return msgspec.structs.replace(proof, statement=proof.statement.sealed())


def owed(told, more):
    """A statement that says more is owed and held than the balances under its root."""
    told["statement"]["assets"][0]["owed"] += more
    told["statement"]["assets"][0]["held"] += more


def test_two_people_compare_what_they_were_shown(proof):
    compared(proof, read_statement(msgspec.json.encode(proof)))
    compared(proof, read_statement(msgspec.json.encode(proof.statement)))
    with pytest.raises(ProofError, match="somebody was shown another one"):
        compared(proof, msgspec.structs.replace(proof.statement, root="0" * 64))
    with pytest.raises(ProofError, match="different moments: after command 12,345 of sim and 9"):
        compared(proof, msgspec.structs.replace(proof.statement, seq=9))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"seq": 1}'])
def test_what_is_no_proof_says_so(content):
    with pytest.raises(ProofError, match="this is no proof"):
        read_proof(content)
    with pytest.raises(ProofError, match="this is no statement"):
        read_statement(content)
