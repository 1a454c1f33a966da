"""The words of a practice wallet."""

from __future__ import annotations

import pytest

from longshore.custody.addresses import check_address
from longshore.custody.wallet import WORDS, WordsError, address_of, make_words, read_words

GOOD = make_words(bytes(range(11)))


def test_words_lead_to_the_same_addresses_each_time_and_other_words_to_others():
    assert read_words(f"  {GOOD.upper()} ") == GOOD
    check_address(address_of(GOOD, "hull"), "hull")
    other = make_words(bytes(range(1, 12)))
    assert address_of(GOOD, "hull") != address_of(other, "hull")
    assert len(set(WORDS)) == 64


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ".join(GOOD.split()[:11]),
        f"{GOOD} anchor",
        "abandon " * 11 + "about",
        " ".join([*GOOD.split()[1:], GOOD.split()[0]]),
    ],
)
def test_lost_wrong_or_real_words_open_nothing(words):
    with pytest.raises(WordsError):
        read_words(words)
