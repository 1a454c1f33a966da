"""One trade under several rulebooks: outcomes, costs, and the rule that made the difference."""

from decimal import Decimal
from importlib import resources

import pytest

from longshore import rulebooks
from longshore.engine.codes import Role
from longshore.engine.events import EventKind
from longshore.explain.losses import slip_atoms
from longshore.practice.compare import Options, TradeError, compare
from longshore.practice.compare.costs import costs
from longshore.practice.compare.course import Course
from longshore.practice.compare.ground import make_ground, make_parts
from longshore.practice.compare.rules import fit
from longshore.practice.compare.telling import outcome
from longshore.rulebooks import RulebookError
from longshore.world.scenario import ScenarioError, parse, read
from tests.practice.ground import WORLD, small_trade

BOOKS = ["kraken", "kraken@2025-06", "cautious"]
HERE = Options(mode="jit", processes=1)
KRAKEN = resources.files("longshore.rulebooks").joinpath("kraken_2026_09.toml").read_text("utf-8")


def run(folder, books, *changes, world=WORLD):
    return compare(small_trade(folder, *changes, world=world), books, options=HERE)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    return run(tmp_path_factory.mktemp("compare"), BOOKS)


def group(compared, right, name):
    pair = next(pair for pair in compared.pairs if pair.right == right)
    return next(each for each in pair.groups if each.group == name)


def test_each_rulebook_has_its_own_outcome_in_the_same_world(compared):
    """LIQD-001, LIQD-002"""
    new, old, cautious = compared.outcomes
    assert [each.end for each in compared.outcomes] == ["reduced", "liquidated", "impossible"]
    assert new.entry_price == old.entry_price
    assert Decimal(old.liquidation_price.value) > Decimal(new.liquidation_price.value)
    assert new.liquidated_at == old.liquidated_at == "12 Mar 2020 10:44:40 UTC"
    assert new.liquidation_mark == old.liquidation_mark
    assert (new.ended_at, old.ended_at) == (None, old.liquidated_at)
    assert cautious.liquidated_at is cautious.entry_price is None
    assert old.sentences and not cautious.sentences


def test_a_refusal_names_the_rule_with_its_source(compared):
    [refused] = compared.outcomes[2].refused
    assert refused.reject == "LEVERAGE_TOO_HIGH"
    [rule] = refused.rules
    assert rule.startswith("perpetuals.PF_XBTUSD.tiers.0 = 0, 0.5, 0.25 [USD or base units, ")
    assert "ESMA" in rule and "2018-06-01" in rule


def test_the_rule_that_flips_the_outcome_is_found_by_trying_it(compared):
    ladder = group(compared, "kraken-2025-06", "ladder")
    assert ladder.verdict == "flips"
    assert ladder.kept == compared.outcomes[1].kept.value
    assert {each.left.path for each in ladder.values} == {
        "liquidation.ladder",
        "liquidation.partial_share",
    }
    tiers = group(compared, "kraken-2025-06", "margin-tiers")
    assert (tiers.verdict, tiers.values[0].right.verified) == ("changes", False)
    assert "unverified" in tiers.values[0].right.cited()
    assert group(compared, "kraken-2025-06", "funding").verdict == "nothing"
    assert group(compared, "cautious-2018-08", "margin-tiers").verdict == "flips"
    assert group(compared, "cautious-2018-08", "ladder").verdict == "nothing"
    assert [pair.groups[0].verdict for pair in compared.pairs] == ["flips", "flips"]
    assert compared.pairs[0].told.endswith("liquidation ladder.")


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ((), "reduced"),
        ((("leverage = 10", "leverage = 60"),), "liquidated"),
        ((("leverage = 10", "leverage = 2"), ('"1100"', '"6000"')), "lived"),
        ((("leverage = 10", "leverage = 10\nstop = 6500"),), "stopped"),
        ((('"long"', '"short"'), ("leverage = 10", "leverage = 10\ntarget = 6500")), "target"),
        ((('"isolated"', '"cross"'), ("leverage = 10", ""), ('"1100"', '"900"')), "reduced"),
    ],
)
def test_costs_add_up_to_what_is_gone(tmp_path, changes, end):
    """The price's part is what the others leave; here it is counted from the fills too."""
    trade = small_trade(tmp_path, *changes)
    ground = make_ground(trade, parse(read(trade.world)))
    fitted = fit(rulebooks.load("kraken"), "BTC", ground)
    course = Course(make_parts(ground, fitted.terms), trade, "plain")
    assert course.enter()
    course.follow(ground.until_us)
    parts = costs(course, 1)
    trades = [
        event
        for event in course.events
        if event.kind == EventKind.TRADED and event.account_id == course.account_id
    ]
    assert any(event.role > Role.TAKER for event in trades) == (end in ("reduced", "liquidated"))
    market = course.view.markets[1]
    lost = -sum(event.pnl_atoms + slip_atoms(event, market) for event in trades)
    lost -= course.open_atoms() - course.accrued_atoms()
    start = Decimal(trade.collateral["USD"]) - Decimal("0.00000001")
    assert Decimal(parts.price.value) + start == Decimal(lost).scaleb(-8)
    [told] = compare(trade, ["kraken"], options=HERE).outcomes
    assert told.end == end
    total = sum(Decimal(getattr(told.costs, key).value) for key in parts.__struct_fields__)
    assert total == Decimal(told.start.value) - Decimal(told.kept.value)


def test_a_position_closed_against_a_bankrupt_one_is_called_so(tmp_path):
    """LIQD-009"""
    trade = small_trade(tmp_path, ("leverage = 10", "leverage = 10\nstop = 6500"))
    ground = make_ground(trade, parse(read(trade.world)))
    fitted = fit(rulebooks.load("kraken"), "BTC", ground)
    course = Course(make_parts(ground, fitted.terms), trade, "plain")
    assert course.enter()
    course.follow(ground.until_us)
    before = outcome(course, fitted)
    assert (before.end, before.adl) == ("stopped", False)
    mine = [e for e in course.events if e.kind == EventKind.TRADED and e.account_id == 16]
    mine[-1].role = Role.UNWIND_COUNTERPARTY
    after = outcome(course, fitted)
    assert (after.end, after.adl) == ("deleveraged", True)


def test_sizes_that_do_not_fit_are_found_to_be_the_reason(tmp_path):
    coarse = tmp_path / "coarse.toml"
    head, market = KRAKEN.split("[perpetuals.PF_XBTUSD]")
    market = market.replace("lot = { value = 0.0001,", "lot = { value = 0.1,", 1)
    market = market.replace("impact_size = { value = 0.08,", "impact_size = { value = 0.1,", 1)
    head = head.replace('id = "kraken-2026-09"', 'id = "coarse-2026-09"')
    coarse.write_text(f"{head}[perpetuals.PF_XBTUSD]{market}")
    found = run(tmp_path, ["kraken", str(coarse)])
    [refused] = found.outcomes[1].refused
    assert "1.25 is no multiple of 0.1" in refused.reason
    assert any(rule.startswith("perpetuals.PF_XBTUSD.lot = 0.1 ") for rule in refused.rules)
    assert group(found, "coarse-2026-09", "sizes").verdict == "flips"


def test_several_processes_come_to_the_same_comparison(compared, tmp_path):
    """And plain as compiled: each process would have to load the compiled engine."""
    told, two = [], Options(processes=2)
    again = compare(small_trade(tmp_path), BOOKS[:2], options=two, progress=told.append)
    assert again.outcomes == compared.outcomes[:2]
    assert again.pairs == compared.pairs[:1]
    assert told == sorted(told) and told[-1] == 1.0


def test_trials_can_be_kept_to_other_ends(compared, tmp_path):
    """Both are liquidated: what made other numbers of it is listed, and not tried."""
    ends = Options(mode="jit", processes=1, trials="ends")
    change = (("leverage = 10", "leverage = 40"),)
    found = compare(small_trade(tmp_path, *change), BOOKS, options=ends)
    assert [each.end for each in found.outcomes] == ["liquidated", "liquidated", "impossible"]
    assert {each.verdict for each in found.pairs[0].groups} == {"untried"}
    assert "only other ends were asked for" in found.pairs[0].groups[0].told
    assert found.pairs[0].told.endswith("what moved them was not tried.")
    assert found.pairs[1].groups[0].verdict == "flips"


def other_names(folder):
    """Kraken's rules as a venue would have them that calls nothing what Kraken calls it."""
    changes = [
        ('id = "kraken-2026-09"', 'id = "elsewhere-2026-09"'),
        ('name = "kraken"', 'name = "elsewhere"'),
        ("PF_XBTUSD", "BTCUSDT"),
        ("[assets.XBT]", "[assets.BTC]"),
        ('base = "XBT"', 'base = "BTC"'),
        ("[assets.USD]", "[assets.USDT]"),
        ('code = "USD"', 'code = "USDT"'),
        ('settlement = "USD"', 'settlement = "USDT"'),
    ]
    text = KRAKEN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "elsewhere.toml"
    path.write_text(text)
    return str(path)


def test_a_venues_names_make_no_difference(compared, tmp_path):
    both = run(tmp_path, ["kraken", other_names(tmp_path)])
    kraken, elsewhere = both.outcomes
    assert kraken == compared.outcomes[0]
    assert (elsewhere.market, elsewhere.kept.unit) == ("BTCUSDT", "USDT")
    assert elsewhere.kept.value == kraken.kept.value
    assert both.pairs[0].same and both.pairs[0].groups == []
    assert "perpetuals.BTCUSDT.funding_cap" not in kraken.unverified
    assert {path.split(".")[1] for path in elsewhere.unverified if "assets" in path} == {"BTC"}


def test_values_that_cannot_be_put_in_alone_are_listed_as_not_tried(tmp_path):
    """Whole tiers on entry notional, and slices on mark: the mixture would make margin jump."""
    left, right = tmp_path / "left.toml", tmp_path / "right.toml"
    mark = KRAKEN.replace('margin_basis = { value = "entry"', 'margin_basis = { value = "mark"')
    left.write_text(mark.replace('id = "kraken-2026-09"', 'id = "left-2026-09"'))
    whole = KRAKEN.replace('tier_method = { value = "slice"', 'tier_method = { value = "whole"')
    whole = whole.replace("partial_share = { value = 0.1,", "partial_share = { value = 0.5,")
    right.write_text(whole.replace('id = "kraken-2026-09"', 'id = "right-2026-09"'))
    found = run(tmp_path, [str(left), str(right)])
    tiers = group(found, "right-2026-09", "margin-tiers")
    assert tiers.verdict == "untried"
    assert "margin jump" in tiers.told


def test_a_rulebook_without_the_coin_does_not_take_the_trade(tmp_path):
    poor = rulebooks.load("kraken").only(["PF_ETHUSD"])
    assert "PF_XBTUSD" not in poor.catalog.markets
    text = KRAKEN.replace('base = "XBT"\ntick = { value = 1,', 'base = "ETH"\ntick = { value = 1,')
    assert text != KRAKEN
    path = tmp_path / "poor.toml"
    path.write_text(text.replace('id = "kraken-2026-09"', 'id = "poor-2026-09"'))
    found = run(tmp_path, ["kraken", str(path)])
    assert found.outcomes[1].end == "impossible"
    assert "no linear perpetual on BTC" in found.outcomes[1].told
    assert found.pairs[0].groups == []
    assert found.pairs[0].told == f"Under poor-2026-09: {found.outcomes[1].told}"
    with pytest.raises(TradeError, match="no rulebook named has a linear perpetual on BTC"):
        run(tmp_path, [str(path)])


def test_a_size_or_price_off_the_steps_is_refused_with_the_rule(tmp_path):
    for change in (('"1.25"', '"1.00005"'), ("leverage = 10", "leverage = 10\nstop = 6500.5")):
        with pytest.raises(TradeError, match=r"no rulebook takes small-long: .* is no multiple of"):
            run(tmp_path, ["kraken"], change)


@pytest.mark.parametrize(
    ("books", "changes", "error", "words"),
    [
        (["atlantis"], (), RulebookError, "no rulebook 'atlantis'"),
        (["kraken@1999-01"], (), RulebookError, "no rulebook 'kraken-1999-01'"),
        (["nowhere.toml"], (), RulebookError, "nowhere.toml"),
        (["kraken", "kraken@2026-09"], (), RulebookError, "named twice: kraken-2026-09"),
        ([], (), RulebookError, "at least one"),
        (["kraken"], (('"BTC"', '"PEPE"'),), TradeError, "no perpetual on PEPE"),
        (["kraken"], (("USD =", "EUR ="),), TradeError, "no coin EUR"),
        (["kraken"], (("10:37", "11:37"),), TradeError, "at is not inside the world small"),
        (["cautious"], (), TradeError, "no rulebook takes small-long: cautious-2018-08: not poss"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(tmp_path, books, changes, error, words):
    with pytest.raises(error, match=words):
        run(tmp_path, books, *changes)


def test_a_world_needs_a_start_and_an_end(tmp_path):
    bare = WORLD.replace("start = 2020-03-12T10:36:00Z\n", "")
    with pytest.raises(TradeError, match="no start of its own"):
        run(tmp_path, ["kraken"], world=bare.replace("end = 2020-03-12T10:45:00Z\n", ""))
    with pytest.raises(TradeError, match="give the trade an until"):
        run(tmp_path, ["kraken"], world=WORLD.replace("end = 2020-03-12T10:45:00Z\n", ""))
    with pytest.raises(ScenarioError, match="no scenario 'nowhere'"):
        compare(small_trade(tmp_path), ["kraken"], "nowhere", options=HERE)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_march_2020_under_every_shipped_rulebook(tmp_path):
    from longshore.practice.compare import read_trade

    found = compare(read_trade("long-10x"), rulebooks.available())
    ends = {each.rulebook: each.end for each in found.outcomes}
    assert ends["kraken-2026-09"] == ends["kraken-2025-06"] == "liquidated"
    assert ends["cautious-2018-08"] == "impossible"
    refused = {each.rulebook for each in found.outcomes if not each.is_taken}
    assert len(found.outcomes) - len(refused) >= 8
    explained = [
        pair.same or pair.groups or {pair.left, pair.right} & refused for pair in found.pairs
    ]
    assert all(explained)
