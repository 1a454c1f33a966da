"""A position said back: the true chips pass, each other one is told, and its world is run."""

from __future__ import annotations

import re

import pytest

from longshore.explain.figures import figures
from longshore.explain.sentences import LANGUAGES, VOICES, speaking
from longshore.practice.say_back import BLANKS, SayBack
from tests.explain.states import states

NONSENSE = re.compile(r"nan|None|-0\b|\{|Infinity")


def held_positions(count, seed):
    """Positions of random states, each with the state it is of."""
    for given in states(count, seed=seed):
        for place in given.held():
            yield given, place


def said_of(given, place):
    market_id = int(figures(given.view, given.account_id, place).market_id)
    market = given.rulebook.catalog.market(market_id)
    return SayBack(given.view, given.account_id, place, market)


@pytest.mark.parametrize("count", [12, pytest.param(100, marks=pytest.mark.long)])
def test_the_chips_that_are_so_pass_and_every_other_is_told_and_shown(count):
    """UX-44: six blanks, graded one by one against the account, in each language and voice."""
    looked = wrong = 0
    for given, place in held_positions(count, seed=21):
        said = said_of(given, place)
        for language in LANGUAGES:
            for voice in VOICES:
                with speaking(language, voice):
                    blanks = said.asked()
                    assert [each.blank for each in blanks] == list(BLANKS)
                    for blank in blanks:
                        graded = [said.graded({blank.blank: c.id})[0] for c in blank.chips]
                        assert sum(each.right for each in graded) == 1, blank
                        assert len({chip.label for chip in blank.chips}) == len(blank.chips)
                        for each in graded:
                            assert not NONSENSE.search(each.because), each
                            if each.right:
                                continue
                            world = said.if_true(blank.blank, each.chip)
                            texts = (world.happens, world.believed, world.real)
                            assert all(texts), world
                            assert not NONSENSE.search(" ".join(texts)), world
                            wrong += 1
        looked += 1
    assert looked >= count
    assert wrong > 20 * count


def test_nothing_of_the_state_is_touched():
    """UX-44: a world in which something were true is never the account's own."""
    given, place = next(iter(held_positions(1, seed=22)))
    before = figures(given.view, given.account_id, place)
    said = said_of(given, place)
    for blank in said.asked():
        for chip in blank.chips:
            said.if_true(blank.blank, chip.id)
    assert figures(given.view, given.account_id, place) == before
    with pytest.raises(KeyError):
        said.graded({"side": "sideways"})
