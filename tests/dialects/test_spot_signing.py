"""Signatures, nonces and ids of the spot API."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.venue.dialects.kraken_spot import auth, refs
from longshore.venue.dialects.kraken_spot.errors import ApiError
from longshore.venue.dialects.kraken_spot.ids import ALPHABET, NUMBER_BITS, WorldIds, is_well_formed

SECRET = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg=="
NONCE = b"1616492376594"
BODY = b"nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25"
SIGNED = "4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ=="
"""The example of Kraken's documentation."""

WORLD = WorldIds("main")
seqs = st.integers(1, 2**40)
indexes = st.integers(0, 2**16 - 1)


def test_a_signature_is_the_documented_one():
    made = auth.signature(SECRET, b"/0/private/AddOrder", NONCE, BODY)
    assert made == SIGNED
    assert auth.is_signed(made, SIGNED)
    assert not auth.is_signed(made, SIGNED[:-4] + "é==")


def test_a_nonce_must_grow_for_each_key():
    nonces = auth.Nonces()
    assert nonces.take("a", "5") and nonces.take("b", "5") and nonces.take("a", "18")
    assert not any(
        nonces.take("a", each) for each in ("5", "18", "", "x", "-1", "1.5", "٣", "9" * 40)
    )
    assert nonces.take("a", "19")


@given(st.integers(1, 2**NUMBER_BITS - 1))
def test_an_order_id_reads_back(order_id):
    text = WORLD.order(order_id)
    assert is_well_formed(text) and text[0] == "O"
    assert WORLD.order_id(text) == order_id
    assert WorldIds("other").order_id(text) != order_id


@given(seqs, indexes, st.integers(0, 1))
def test_trades_and_ledger_rows_read_back(seq, index, leg):
    trade, row = WORLD.trade(seq, index), WORLD.ledger(seq, index, leg)
    assert (trade[0], row[0]) == ("T", "L")
    assert WORLD.trade_key(trade) == (seq, index)
    assert WORLD.ledger_key(row) == (seq, index, leg)
    assert WORLD.order_id(trade) == 0
    assert len({trade, WORLD.position(seq), WORLD.amend(seq)}) == 3


@given(st.text(ALPHABET, min_size=16, max_size=16))
def test_an_id_somebody_made_up_names_nothing(letters):
    text = f"O{letters[:5]}-{letters[5:10]}-{letters[10:]}"
    number = WORLD.order_id(text)
    assert number == 0 or WORLD.order(number) == text


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_userref_reads_back_from_its_text(number):
    text = refs.client_text("", number)
    assert (refs.userref_of(text), refs.cl_ord_id_of(text)) == (number, "")
    assert text != refs.client_text("", number)


@pytest.mark.parametrize("name", ["a", "x" * 18, "0" * 32, "6d1b345e-2821-40e2-ad83-4ecb18a06876"])
def test_client_ids_of_kraken_forms_are_taken(name):
    assert refs.client_text(name, None) == name
    assert (refs.userref_of(name), refs.cl_ord_id_of(name)) == (None, name)


@pytest.mark.parametrize("name", ["x" * 19, "é", "a\n", "g" * 32])
def test_other_client_ids_are_not(name):
    with pytest.raises(ApiError, match="Invalid arguments:cl_ord_id"):
        refs.client_text(name, None)
