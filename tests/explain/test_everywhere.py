"""In random states: the same fact is the same string everywhere, and no string is unfit to read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import msgspec
import pytest

from longshore.cli.explain import drawn
from longshore.engine.limits import MARKETS_MAX
from longshore.explain.figures import Figures, figures
from longshore.explain.moves import Day, DayMoves
from longshore.explain.position import PositionCard, card
from longshore.explain.sentences import LANGUAGES, VOICES, speaking
from longshore.explain.trees.accounts import Account
from longshore.explain.trees.ground import Ground
from longshore.explain.trees.node import nodes
from longshore.explain.trees.positions import Held
from longshore.venue.dialects.native import positions, trees
from tests.explain.states import Given, states

MOVES = DayMoves(tuple(Day(fall_ppm=9_000 + 500 * n, rise_ppm=8_000 + 400 * n) for n in range(90)))
UNFIT = re.compile(r"\b(nan|NaN|None|inf)\b|-\$?0(\.0+)?(?![\d.])|[{}]|  ")
BASES = {
    "en": r"(falls|rises) %|% (of|below|above|from)\b|[Bb]uffer left: (only )?%|(At|from|at) 0%",
    "de": r"um % |% (des|der|deiner|seine[rs]|einer|unter|über|vom|davon)\b"
    r"|puffer: (nur noch )?%|(Bei|von) 0%",
}
"""What stands beside a percentage and says of what it is; % is written for the number too."""
SIGNED_FUNDING = re.compile(r"[Ff]unding[^.·]*[ ($]-[$\d]|-\$[\d.,]+ (of )?[Ff]unding")


def told(given: Given, held: Figures) -> PositionCard:
    return card(given.view, given.rulebook, held, MOVES)


def naked(sentence: str, language: str) -> int:
    """How many percentages of a sentence do not say of what they are."""
    plain = re.sub(r"<?(?!\b0%)\d[\d.,]*%", "%", sentence)
    return len(re.findall("%", plain)) - len(re.findall(BASES[language], plain))


def check_words(sentences: list[str], language: str) -> None:
    for sentence in sentences:
        assert not UNFIT.search(sentence), sentence
        assert not SIGNED_FUNDING.search(sentence), sentence
        assert naked(sentence, language) <= 0, sentence


def check_same(given: Given, held: Figures, place: int) -> None:
    """Card, sentences and trees of a state."""
    shown = told(given, held)
    text = " ".join(shown.sentences)
    root = {
        tree.key: tree.value
        for tree in Held(Ground(given.view, given.rulebook), held, place).trees()
    }
    assert root["liquidation"] == shown.liquidation.price
    assert root["buffer"] == shown.buffer
    assert root["unrealised"] == shown.pnl
    assert root["margin"] == shown.margin
    assert root["value"] == shown.value
    assert root["entry"] == shown.entry
    assert root["mark"] == shown.mark
    assert root["break-even"] == shown.break_even
    assert root["fees"] == shown.fees_paid
    assert root["pct-margin"] == shown.pnl_pct_margin
    assert root["pct-price"] == shown.pnl_pct_price
    assert root["leverage"] == f"{shown.leverage}x"
    for value in (shown.value, shown.margin, shown.buffer, shown.funding.amount):
        assert value in text or shown.funding.direction == "none"
    assert shown.liquidation.state != "price" or shown.liquidation.price in text


def check_sent(given: Given, held: Figures, place: int) -> None:
    """What the API sends, which is what the screen shows, and what the command line prints."""
    shown, whose = told(given, held), (given.account_id, place)
    info = given.rulebook.catalog.market(held.market_id)
    sent = positions.card(given.view, info, whose, MOVES, [])
    assert sent.sentences == shown.sentences
    assert sent.unrealised_text == shown.pnl
    assert sent.buffer_text == shown.buffer
    assert sent.liquidation.price_text == shown.liquidation.price
    if sent.unit is None:
        texts = (shown.value, shown.margin, shown.pnl, shown.fees_paid)
        numbers = (sent.value, sent.margin, sent.unrealised, sent.fees)
        assert numbers == tuple(map(positions.plain, texts))
    for tree in Held(Ground(given.view, given.rulebook), held, place).trees():
        lines = list(drawn(msgspec.to_builtins(trees.node(tree)), 0))
        parts = list(nodes(tree))
        assert len(lines) == len(parts)
        for line, part in zip(lines, parts, strict=True):
            assert line.strip().startswith(f"{part.label}: {part.value}")


@pytest.mark.parametrize("count", [24, pytest.param(200, marks=pytest.mark.long)])
def test_every_view_says_the_same_in_words_that_can_be_read(count: int) -> None:
    """UX-03; in every language and voice: no gap, no sign alone, no percentage of nothing."""
    seen: Counter[str] = Counter()
    for given in states(count, seed=11):
        for place in given.held():
            held = figures(given.view, given.account_id, place)
            check_same(given, held, place)
            check_sent(given, held, place)
            for language, voice in product(LANGUAGES, VOICES):
                with speaking(language, voice):
                    said = told(given, held).sentences
                    check_words(said, language)
                    trees = Account(Ground(given.view, given.rulebook), given.account_id).trees()
                    lines = [f"{n.label} {n.value}" for tree in trees for n in nodes(tree)]
                    assert not [line for line in lines if UNFIT.search(line)]
            seen[given.name] += 1
            seen["short leg"] += place > MARKETS_MAX
    assert len(seen) == 9 and seen["short leg"]


def test_a_naked_percentage_and_a_signed_payment_would_be_found() -> None:
    assert naked("You are up 5%.", "en") == 1
    assert naked("You are up 5% of your margin.", "en") == 0
    assert naked("Du bist 5% deiner Margin im Plus, 3%.", "de") == 1
    for bad in ("Funding -$3.10.", "funding of -3.1 BTC", "-$3.10 of funding"):
        assert SIGNED_FUNDING.search(bad)
    for bad in ("It is nan.", "None left", "-$0.00 of it", "-0 BTC", "{ $amount }"):
        assert UNFIT.search(bad)
    assert not UNFIT.search("It fell from -$0.50 to -0.01 BTC at 09:00:00")
