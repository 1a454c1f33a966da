from datetime import UTC, datetime

import pytest

from longshore.world.build import build, rulebook_text
from longshore.world.scenario import ScenarioError, parse, read, shipped_names, with_start
from tests.world.small import TEXT

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_scenarios_fit_their_rules(name):
    text = with_start(read(name), START)
    parts = build(text, rulebook_text(parse(text).rulebook))
    assert parts.scenario.name == name
    assert set(parts.catalog.markets) == set(parts.scenario.markets)
    assert min(parts.accounts.values()) == 16


def test_march_2020_holds_what_it_promises():
    scenario = parse(read("march-2020"))
    held = {(o.account, o.side, o.margin, o.leverage) for o in scenario.order}
    assert held == {
        ("long-10x-isolated", "buy", "isolated", 10),
        ("long-10x-cross", "buy", "cross", None),
        ("short-3x", "sell", "isolated", 3),
    }
    assert {order.at for order in scenario.order} == {datetime(2020, 3, 12, tzinfo=UTC)}


def test_a_start_is_written_in_once():
    once = with_start(read("live"), START)
    assert parse(once).start == START
    assert with_start(once, datetime.now(UTC)) == once


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('value = "30000"', 'value = "x"', "order"),
        ('value = "30000"', "", "order 1: give either size or value"),
        ('value = "30000"', 'value = "1"\nsize = "1"', "either size or value"),
        ('account = "long"', 'account = "lang"', "no account 'lang'"),
        ('side = "buy"', 'side = "up"', "side"),
        ('side = "buy"', 'side = "buy"\ntype = "limit"', "a price belongs to limit"),
        ('side = "buy"', 'side = "buy"\nleverage = 5', "leverage belongs to isolated"),
        ('side = "buy"', 'side = "buy"\ntype = "stop"', "a trigger belongs to stop"),
        ("seed = 7", "seed = 7\ncolour = 1", "colour"),
        ("seed = 7", "seed =", "scenario"),
        ("end = 2020-03-12T10:45:00Z", "end = 2020-03-12T10:39:00Z", "not in this order"),
        ("seed = 7", "seed = 7\ntick_s = 0", "tick_s"),
    ],
)
def test_a_wrong_scenario_is_refused_with_the_place(old, new, words):
    with pytest.raises(ScenarioError, match=words):
        parse(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["PF_XBTUSD"]', '["PF_XBTUSD", "PF_ABCUSD"]', "PF_ABCUSD"),
        ('["PF_XBTUSD"]', '["PF_XBTUSD", "PF_ETHUSD"]', "no price of ETH"),
        ("xbtusd-2020-03", "nothing", "no recording 'nothing'"),
        ("2020-03-12T10:40:00Z", "2019-03-12T10:40:00Z", "does not hold the start"),
        ('kind = "maker"', 'kind = "whale"', "no agent 'whale'"),
        ("levels = 8", "levles = 8", "levles"),
        ('USD = "1000"', 'USD = "0.000000001"', "USD"),
        ('USD = "1000"', 'EUR = "1"', "EUR"),
    ],
)
def test_what_the_rules_or_the_feed_do_not_know_is_refused(old, new, words):
    with pytest.raises(ScenarioError, match=words):
        build(TEXT.replace(old, new), rulebook_text("kraken"))


def test_an_unreadable_scenario_is_named():
    with pytest.raises(ScenarioError, match="no scenario 'nowhere'"):
        read("nowhere")
