"""An index made of constituents by the rulebook's rule, each of which may fail alone."""

import re

import pytest

from longshore import rulebooks
from longshore.engine.engine import Engine
from longshore.rulebooks.index_rules import index_terms
from longshore.world.build import build, rulebook_text
from longshore.world.feeds.constituents import Composed
from longshore.world.scenario import ScenarioError, parse, read

TEXT = read("index-constituent")
CALM = TEXT.replace("move_ppm = -330_000", "move_ppm = 0")
RULES = rulebook_text("kraken")
SECOND_US = 1_000_000


def made(text=TEXT, rules=RULES):
    parts = build(text, rules)
    assert isinstance(parts.feed, Composed)
    return parts


def published(parts, seconds):
    """Index and sources of each publication."""
    view = Engine(parts.setup).view
    told = {}
    while (due_us := parts.feed.next_due_us()) <= parts.scenario.start_us + seconds * SECOND_US:
        second = (due_us - parts.scenario.start_us) // SECOND_US
        told[second] = [(c.price_subticks, c.sources) for c in parts.feed.act(due_us, view)]
    return told


def with_outlier(kind):
    return re.sub(r'(?m)^outlier = \{ value = "drop"', f'outlier = {{ value = "{kind}"', RULES)


@pytest.mark.parametrize(
    ("kind", "least_ppm", "most_ppm", "sources"),
    [("drop", -100, 100, 2), ("clamp", 16_500, 16_800, 3), ("keep", 109_000, 111_000, 3)],
)
def test_a_wrong_price_is_dropped_clamped_or_counted(kind, least_ppm, most_ppm, sources):
    """A third off, in one of three: nothing, a third of the band of five per cent, a ninth."""
    shaken, calm = (published(made(text, with_outlier(kind)), 64)[64] for text in (TEXT, CALM))
    [(index, left)], [(without, count)] = shaken, calm
    assert (left, count) == (sources, 3)
    assert least_ppm <= (without - index) * 10**6 // without <= most_ppm


def test_one_that_falls_silent_is_left_out_once_it_is_stale():
    """At 90 s it falls silent, and ten seconds later it counts no more."""
    told = published(made(CALM), 110)
    counts = {second: sources for second, [(_, sources)] in told.items()}
    assert {counts[second] for second in range(0, 99, 2)} == {3}
    assert {counts[second] for second in range(100, 110, 2)} == {2}


def test_without_enough_constituents_nothing_is_told():
    least = 'sources_min = { value = 3, verified = false, note = "ours" }'
    rules = RULES.replace("\n[index]\n", f"\n[index]\n{least}\n")
    told = published(made(rules=rules), 104)
    assert told[98] and told[104] == []


def test_it_goes_on_from_its_state_to_the_same_prices():
    whole, parted = made(), made()
    first, rest = published(whole, 100), published(whole, 160)
    assert published(parted, 100) == first
    other = made()
    other.feed.restore(parted.feed.state())
    assert published(other, 160) == rest != {}


def test_an_index_of_constituents_uses_the_rulebooks_index_rules():
    book = rulebooks.parse(RULES).only(["PF_XBTUSD"])
    plain = set(book.unverified_used(["PF_XBTUSD"]))
    assert set(book.unverified_used(["PF_XBTUSD"], makes_index=True)) - plain == {
        "index.method",
        "index.outlier",
        "index.deviation",
        "index.stale_after_s",
    }


def test_each_venue_whose_rule_is_published_has_it():
    binance = index_terms(rulebooks.load("binance_usdm").terms.index)
    assert (binance.deviation_ppm, binance.stale_after_us) == (50_000, 10 * SECOND_US)
    assert index_terms(rulebooks.load("deribit").terms.index).deviation_ppm == 5_000
    assert index_terms(rulebooks.load("bitmex").terms.index).deviation_ppm == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "south"', 'name = "north"', "two constituents of an index have the same name"),
        ("apart_ppm = 200", "apart_ppm = -1", "constituent 3: weight is above zero, apart_ppm"),
        ("apart_ppm = 200", "weight = 0", "constituent 3: weight is above zero"),
        ('constituent = "west"', 'constituent = "up"', "shock 1: XBT has no constituent 'up'"),
        ("move_ppm = -330_000", "sources = 1", "shock 1: sources is about the index"),
    ],
)
def test_what_cannot_be_is_named(old, new, words):
    with pytest.raises(ScenarioError, match=words):
        parse(TEXT.replace(old, new, 1))


def test_a_constituent_of_a_coin_without_a_price_is_named():
    text = TEXT.replace('asset = "XBT"\nname = "north"', 'asset = "ETH"\nname = "north"')
    with pytest.raises(ScenarioError, match="has no price of ETH"):
        build(text, RULES)
