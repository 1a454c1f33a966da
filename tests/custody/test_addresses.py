"""Addresses, transactions and memos of made-up form."""

from __future__ import annotations

import pytest

from longshore.custody.addresses import (
    LETTERS,
    AddressError,
    check_address,
    make_address,
    make_memo,
    make_txid,
    memo_account,
)
from longshore.custody.networks import NETWORKS

FAMILIES = sorted({each.family for each in NETWORKS})
REAL = [
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh",
    "",
]
"""Formats that people know, from their specifications' own examples."""


@pytest.mark.parametrize("family", FAMILIES)
def test_every_wrong_letter_is_noticed(family):
    good = make_address(family, "somebody", 7)
    check_address(good, family)
    assert good.startswith(f"practice-{family}-")
    start = len(good) - 26
    for at in range(start, len(good)):
        for letter in LETTERS:
            if letter != good[at]:
                with pytest.raises(AddressError, match="checksum"):
                    check_address(good[:at] + letter + good[at + 1 :], family)


@pytest.mark.parametrize("address", REAL)
def test_a_real_address_is_refused_by_its_form(address):
    for family in FAMILIES:
        with pytest.raises(AddressError, match="begins with practice-"):
            check_address(address, family)


def test_an_address_of_another_family_or_length_is_refused():
    good = make_address("hull", "somebody")
    with pytest.raises(AddressError, match="of hull, not of granite"):
        check_address(good, "granite")
    with pytest.raises(AddressError, match="26 letters"):
        check_address(good + "b", "hull")
    with pytest.raises(AddressError, match="26 letters"):
        check_address(good[:-1] + "a", "hull")
    with pytest.raises(AddressError, match="checksum"):
        check_address(good.replace("-hull-", "-granite-"), "granite")


def test_two_people_have_two_addresses_and_names_are_said_to_be_practice():
    assert len({make_address("hull", "wallet", n) for n in range(1_000)}) == 1_000
    assert make_txid(1, "granite", 1).startswith("practice-tx-")
    assert make_txid(1, "granite", 1) != make_txid(2, "granite", 1)


@pytest.mark.parametrize("account_id", [1, 16, 97, 4_711, 99_999])
def test_a_memo_with_one_wrong_digit_is_nobodys(account_id):
    memo = make_memo(account_id)
    assert memo_account(memo) == account_id
    for at in range(len(memo)):
        for digit in "0123456789":
            if digit != memo[at]:
                assert memo_account(memo[:at] + digit + memo[at + 1 :]) is None
    swapped = memo[1] + memo[0] + memo[2:]
    assert memo[0] == memo[1] or memo_account(swapped) is None


@pytest.mark.parametrize("memo", ["", "x", "-1", "1.5", "٣", "9" * 40, " 1"])
def test_what_is_no_memo_is_nobodys(memo):
    assert memo_account(memo) is None
