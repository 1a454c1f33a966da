"""Glossary and contract pages: complete, with a number of now, in every language."""

from __future__ import annotations

import re

import pytest

from longshore import rulebooks
from longshore.engine.codes import MarketKind
from longshore.engine.limits import MARKETS_MAX
from longshore.explain.contract import MARGINED, SPOT, contract
from longshore.explain.glossary import TERMS, glossary, hard_words
from longshore.explain.known import Known
from longshore.explain.sentences import LANGUAGES, speaking
from longshore.explain.trees.ground import Ground
from tests.explain.desk import PERP, RULEBOOK
from tests.explain.states import Given, states
from tests.explain.test_everywhere import UNFIT, naked
from tests.explain.test_risk import opened

DATED = (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)


def perpetual_of(given: Given) -> int:
    """A perpetual that is held, or any."""
    infos = [i for i in given.rulebook.catalog.margined if i.kind not in DATED]
    held = {place % MARKETS_MAX for place in given.held()}
    return next((i for i in infos if i.market_id in held), infos[0]).market_id


def test_sixty_terms_with_a_number_of_now_in_random_states() -> None:
    """UX-23."""
    assert len(TERMS) == len(set(TERMS)) == 60
    for given in states(16, seed=3):
        known = Known(Ground(given.view, given.rulebook), given.account_id, perpetual_of(given))
        for language in LANGUAGES:
            with speaking(language):
                terms = glossary(known)
            assert [term.key for term in terms] == list(TERMS)
            for term in terms:
                assert re.search(r"\d", term.now) or term.key in ("spot", "zero-equity-price"), term
                assert not UNFIT.search(f"{term.means} {term.now}"), term
                assert naked(term.now, language) <= 0, term
                assert len(term.means.split()) <= 40


def test_the_numbers_of_the_glossary_are_the_cards() -> None:
    desk, trader = opened("buy", 10)
    known = Known(Ground(desk.view, RULEBOOK), trader, 1)
    now = {term.key: term.now for term in glossary(known)}
    assert now["margin"] == "Your position is backed by $300.05."
    assert now["liquidation-price"] == "Yours is 54,309."
    assert now["leverage"] == "Yours is 10 times."
    assert now["taker"] == "A taker pays 0.05% of a fill's value."
    flat = desk.account("500")
    without = {t.key: t.now for t in glossary(Known(Ground(desk.view, RULEBOOK), flat, 1))}
    assert without["margin"] == "Nothing of yours is used as margin in PF_XBTUSD; $500.00 is free."
    assert without["stop-order"].startswith("You have no stop in PF_XBTUSD; 0 orders")


def test_hard_words_lead_to_their_terms() -> None:
    english = hard_words()
    assert (english["liquidated"], english["adl"]) == ("liquidation", "adl")
    assert len(english) >= 40
    with speaking("de"):
        assert hard_words()["erhaltungsmargin"] == "maintenance-margin"
    assert "price" not in english and "money" not in english


@pytest.mark.parametrize("name", rulebooks.available())
def test_every_market_of_every_rulebook_has_a_contract_page(name: str) -> None:
    """In sentences; each line has its source and date, or says that it is unverified and why."""
    book = rulebooks.load(name)
    symbols = list(book.catalog.markets)
    for symbol in [*symbols[:3], *symbols[-3:]]:
        for language in LANGUAGES:
            with speaking(language):
                page = contract(book, symbol)
            wanted = MARGINED if book.catalog.market(symbol).is_margined else SPOT
            assert tuple(part.key for part in page) == wanted
            for line in [line for part in page for line in part.lines]:
                assert not UNFIT.search(line.text), line
                assert naked(line.text, language) <= 0, line
                if line.path:
                    assert line.verified == book.value(line.path).verified
                    assert (line.source and line.date) if line.verified else line.note, line


def test_a_contract_page_says_the_values_of_the_rulebook() -> None:
    said = {line.path: line for part in contract(RULEBOOK, PERP) for line in part.lines}
    assert said["perpetuals.PF_XBTUSD.tick"].text == "Prices are whole steps of 1."
    tier = said["perpetuals.PF_XBTUSD.tiers.0"]
    assert "1% of the value to open, so at most 100 times leverage, and 0.5% of it" in tier.text
    assert (tier.verified, tier.date) == (True, "2026-09-25")
    doubted = said["perpetual.tier_method"]
    assert (doubted.verified, "not stated" in doubted.note) == (False, True)
