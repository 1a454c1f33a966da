"""Each problem of a file is found, and told with its path and its line."""

import pytest

from longshore import rulebooks
from tests.rulebooks.test_loader import KRAKEN, edited

XBT = "perpetuals.PF_XBTUSD"


def found(text):
    return [(each.path, each.reason, each.line) for each in rulebooks.check(text, "x").problems]


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        # tiers
        ("[0, 0.01, 0.005]", "[5, 0.01, 0.005]", f"{XBT}.tiers.0", "first bound is 5: a gap"),
        ("[1_000_000, 0.02, 0.01]", "[0, 0.02, 0.01]", f"{XBT}.tiers.1", "overlaps the tier"),
        ("[3_000_000, 0.04,", "[900_000, 0.04,", f"{XBT}.tiers.2", "is below 1000000 of"),
        ("0.04, 0.02]", "0.04, 0.001]", f"{XBT}.tiers.2", "lower than in the tier before"),
        ("[50_000, 0.0014,", "[9_000, 0.0014,", "fees.spot.tiers.2", "is below 10000 of"),
        # rates
        (
            "partial_share = { value = 0.1,",
            "partial_share = { value = 1.1,",
            "",
            "rate 1.1 is above 1",
        ),
        ("funding_cap = { value = 0.005,", "funding_cap = { value = 5,", "", "rate 5 is above 1"),
        ("cover_band = { value = 0.05,", "cover_band = { value = -0.05,", "", "-0.05 is below 0"),
        ("[0, 0.0002, 0.0005]", "[0, 0.0002, 5]", "fees.linear.tiers.0", "taker fee 5 is above 1"),
        ("[0, 0.0002, 0.0005]", "[0, -2, 0.0005]", "fees.linear.tiers.0", "maker fee 2 is above 1"),
        ("[0, 0.01, 0.005]", "[0, 1.5, 0.005]", f"{XBT}.tiers.0", "initial margin 1.5 is above 1"),
        ("[0, 0.01, 0.005]", "[0, 0.01, 0.05]", f"{XBT}.tiers.0", "is below maintenance margin"),
        ("[0, 0.01, 0.005]", "[0, 0, 0]", f"{XBT}.tiers.0", "initial margin is 0"),
        ("funding_cap = { value = 0.005,", "funding_cap = { value = nan,", "", "NaN is no number"),
        ("cap = { value = 0.005,", "cap = { value = 5e99,", f"{XBT}.funding_cap", "out of range"),
        ("\ndecimals = 8", "\ndecimals = 80", "assets.USD.decimals", "not between 0 and 18"),
        # sizes
        ("lot = { value = 0.0001,", "lot = { value = 0,", f"{XBT}.lot", "0 is too small"),
        ("divisor = { value = 8,", "divisor = { value = 0,", f"{XBT}.funding_divisor", "too small"),
        (
            "1200, source",
            "1200.00005, source",
            f"{XBT}.position_max",
            "no multiple of the lot, 0.0001",
        ),
        (
            "{ value = 1200, ver",
            "{ value = 0.00001, ver",
            f"{XBT}.order_max",
            "below one lot, 0.0001",
        ),
        # names
        ('base = "XBT"', 'base = "XTB"', f"{XBT}.base", "unknown asset XTB; there are: USD, XBT"),
        ('settlement = "USD"', 'settlement = "EUR"', "settlement", "unknown asset EUR"),
        (
            'value = "slice"',
            'value = "thick"',
            "perpetual.tier_method.value",
            "there are: slice, whole",
        ),
        ('"partial", "full"', '"partial", "fool"', "liquidation.ladder.value.2", "method 'fool'"),
        (
            '"partial", "full"',
            '"cut_tiers", "full"',
            "liquidation.ladder",
            "and liquidation.cut_tiers is 0",
        ),
        (
            "assign_band = {",
            'pause_s = { value = -1, source = "S14", date = 2026-10-01 }\nassign_band = {',
            "liquidation.pause_s",
            "too small",
        ),
        (
            "assign_band = {",
            'backstop = { value = 0.5, source = "S14", date = 2026-10-01 }\nassign_band = {',
            "liquidation.backstop",
            "liquidation.pause_s is 0",
        ),
        (
            "assign_band = {",
            'adl_rank = { value = "luck", source = "S14", date = 2026-10-01 }\nassign_band = {',
            "liquidation.adl_rank.value",
            "there are: profit_leverage",
        ),
        ("collar = {", "collor = {", "perpetual.collor", "unknown key; there are: margin_basis"),
        ("id = 4\nbase", "id = 9\nbase", "perpetuals.PF_DOGEUSD.id", "ids count from 1"),
        # provenance
        (
            '1200, source = "S7"',
            '1200, source = "S99"',
            f"{XBT}.position_max",
            "source S99 is not in",
        ),
        (', note = "from an older page"', "", "perpetual.mark_premium_cap", "without a note"),
        ("[sources]", '[sources]\nS90 = { what = "nothing" }', "sources.S90", "cited by no value"),
        # units of the engine
        (
            "cover_band = { value = 0.05,",
            "cover_band = { value = 0.00000005,",
            "",
            "no whole number",
        ),
    ],
)
def test_each_problem_is_told_with_path_and_line(old, new, path, reason):
    text = edited(old, new)
    at = next(i for i, (a, b) in enumerate(zip(KRAKEN, text, strict=False)) if a != b)
    line = text[:at].count("\n") + 1
    path = path or next(p for p, *_ in found(text))
    assert [(p, n) for p, why, n in found(text) if reason in why] == [(path, line)]
    assert path.rpartition(".")[2] in text.splitlines()[line - 1] or path[-1].isdigit()


SHORT = 'funding_short_s = { value = 1800, verified = false, note = "a test" }'
CASH = 'funding_cash_s = { value = 5400, verified = false, note = "a test" }'
AT = 'funding_at_s = { value = 1800, verified = false, note = "a test" }'
LAG = "funding_lag = {"


@pytest.mark.parametrize(
    ("added", "path", "reason"),
    [
        (SHORT, "perpetual.funding_short_s", "goes with a funding_pay of 'at_once'"),
        (SHORT.replace("1800", "7200"), "perpetual.funding_short_s", "above the longer"),
        (SHORT.replace("short", "long"), "perpetual.funding_long_s", "goes with funding_short_s"),
        (CASH, "perpetual.funding_cash_s", "whole numbers of funding_interval_s"),
        (CASH.replace("5400", "7200") + f"\n{AT}", "perpetual.funding_cash_s", "less funding_at_s"),
        (AT.replace("1800", "86400"), "perpetual.funding_at_s", "a time of day"),
        (AT.replace("1800", "-1"), "perpetual.funding_at_s", "-1 is"),
        (CASH.replace("sh_s", "sh_at_s"), "perpetual.funding_cash_at_s", "goes with funding_cash"),
        (SHORT.replace("1800", "0"), "perpetual.funding_short_s", "0 is too small"),
    ],
)  # fmt: skip
def test_intervals_that_cannot_be(added: str, path: str, reason: str) -> None:
    """FUND-010, FUND-011, FUND-012"""
    problems = found(edited(LAG, f"{added}\n{LAG}"))
    assert [where for where, why, _ in problems if reason in why] == [path]


def test_a_missing_key_is_told_at_its_table():
    text = edited("funding_divisor = { value = 8,", "# ")
    line = text[: text.index("[perpetuals.PF_XBTUSD]")].count("\n") + 1
    assert (XBT, "the key funding_divisor is missing", line) in found(text)


def test_every_fault_of_shape_is_told_not_the_first():
    text = edited("collar =", "collor =").replace('value = "slice"', "value = 7", 1)
    assert [path for path, *_ in found(text)] == [
        "perpetual",
        "perpetual.tier_method.value",
        "perpetual.collor",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb == 2\n", 2),
        ("a = 1\nb = [\n", 3),
        ("a = " + "9" * 5000, 1),
        ("a = " + "[" * 9999, 1),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text, line):
    (problem,) = rulebooks.check(text, "x").problems
    assert (problem.line, problem.reason.startswith("no TOML: ")) == (line, True)
    assert "line" not in problem.reason


def test_a_table_where_none_belongs_and_none_where_one_does():
    assert ("fees", "a table belongs here", 1) in found("fees = 1")
    assert ("fees.spot.tiers", "a list belongs here", 1) in found("fees.spot.tiers = 1")


def test_what_cannot_be_used_cannot_be_loaded():
    with pytest.raises(rulebooks.RulebookError, match=r"line \d+: perpetuals.PF_XBTUSD.base"):
        rulebooks.parse(edited('base = "XBT"', 'base = "XTB"'))


def test_the_table_of_orders_may_be_left_out_and_is_told_where_it_is_wrong():
    """A rule of orders that is left out does not exist, and is not among the values."""
    bare = rulebooks.parse(KRAKEN)
    assert not [e.path for e in bare.entries() if e.path.startswith("orders.")]
    given = KRAKEN + '\n[orders]\niceberg_min = { value = 0.1, verified = false, note = "ours" }\n'
    made = rulebooks.parse(given)
    assert [e.path for e in made.entries() if e.path.startswith("orders.")] == [
        "orders.iceberg_min"
    ]
    assert [m.display_min_ppm for m in made.setup().markets][:1] == [100_000]
    assert [m.display_min_ppm for m in bare.setup().markets][:1] == [0]
    (problem,) = rulebooks.check(given.replace("0.1,", "1.5,", -1), "x").problems[-1:]
    assert (problem.path, "above 1" in problem.reason) == ("orders.iceberg_min", True)
    assert ("orders.icebergs", "unknown key; there are: iceberg_min", KRAKEN.count("\n") + 3) in [
        (p, w[: len("unknown key; there are: iceberg_min")], n)
        for p, w, n in found(given.replace("iceberg_min", "icebergs"))
    ]


@pytest.mark.parametrize(
    ("rule", "path", "reason"),
    [
        ("collar_most = { value = 0.1,", "orders.collar_most", "with a collar from a premium only"),
        ('collar_from = { value = "last",', "orders.collar_from.value", "unknown method 'last'"),
        ("orders_max = { value = -1,", "orders.orders_max", "too small"),
        ("halt_move = { value = 0.1,", "orders.halt_move", "goes with a halt_window_s"),
        ("take_band = { value = 1.5,", "orders.take_band", "above 1"),
        ("take_band = { value = 0.00000001,", "orders.take_band", "no whole number of ppm"),
    ],
)
def test_a_senseless_rule_of_orders_is_told(rule, path, reason):
    """HALT-001, ORDR-028"""
    text = KRAKEN + f'\n[orders]\n{rule} verified = false, note = "ours" }}\n'
    last = text.count("\n")
    assert [(p, n) for p, why, n in found(text) if reason in why] == [(path, last)]
