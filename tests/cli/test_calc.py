import json

import pytest

from longshore.cli.app import run_app

LONG = ("--symbol", "PF_XBTUSD", "--side", "long", "--qty", "0.5", "--entry", "60000")


@pytest.fixture
def call(capsys):
    """Run a command in this process: exit code and what it printed."""

    def run(*arguments):
        return run_app(["calc", *arguments]), *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (("liquidation-price", *LONG, "--leverage", "10"), "price", "54300"),
        (("liquidation-price", *LONG, "--leverage", "10"), "bankruptcy", "54000"),
        (("bankruptcy-price", *LONG, "--leverage", "10"), "order_price", "54000"),
        (("liquidation-price", *LONG, "--balance", "40000"), "price", None),
        (
            (
                "liquidation-price", *LONG, "--balance", "1000", "--mark", "59000",
                "--collateral", "ETH=1@3000", "--collateral", "XBT=0.1",
            ),
            "maintenance", "150",
        ),
        (  # the other position keeps 30 of the 10,000
            (
                "liquidation-price", "--symbol", "PF_XBTUSD", "--side", "long", "--qty", "1",
                "--entry", "84000", "--balance", "10000", "--also", "PF_ETHUSD=-1@3000",
            ),
            "price", "74450",
        ),
        (  # and it has lost 50
            (
                "liquidation-price", "--symbol", "PF_XBTUSD", "--side", "long", "--qty", "1",
                "--entry", "84000", "--balance", "10000", "--also", "PF_ETHUSD=-1@3000/3050",
            ),
            "price", "74500",
        ),
        (
            ("margin", "--symbol", "PF_XBTUSD", "--qty", "20", "--price", "84000"),
            "initial", "23600",
        ),
        (
            (
                "margin", "--symbol", "PF_XBTUSD", "--qty", "1", "--price", "84000",
                "--leverage", "4",
            ),
            "initial", "21000",
        ),
        (
            ("funding-payment", *LONG, "--rate", "-0.0001", "--index", "60000", "--hours", "2"),
            "payment", "6",
        ),
        (("fee", "--symbol", "PF_XBTUSD", "--qty", "1", "--price", "60000"), "fee", "30"),
        (
            (
                "fee", "--symbol", "PF_XBTUSD", "--qty", "1", "--price", "60000",
                "--liquidity", "maker", "--volume", "5000000",
            ),
            "fee", "10.5",
        ),
        (("pnl", *LONG, "--price", "59000"), "realised", "-500"),
        (("breakeven", *LONG), "order_price", "60061"),
        (("breakeven", *LONG, "--funding-paid", "-30"), "order_price", "60000"),
    ],
)  # fmt: skip
def test_one_document_and_a_table_with_units_and_articles(call, arguments, field, value):
    """LIQD-001, MRGN-001, FUND-007, FEES-001, CONT-001."""
    code, out, err = call(*arguments, "--rulebook", "kraken", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    document = json.loads(out)
    assert document[field] == value
    assert {line["article"][4] for line in document["why"]} == {"-"}
    code, out, err = call(*arguments)
    assert (code, err) == (0, "")
    assert "kraken" in out
    for word in (
        "value",
        "unit",
        "how",
        "article",
        document["unit"],
        document["why"][0]["article"],
    ):
        assert word in out


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (("collateral-value", "--collateral", "USD=5", "--collateral", "XBT=1@9"), "value", "14"),
        (("funding-rate", "--symbol", "PF_XBTUSD", "--premium", "-0.00016"), "paid", "-0.00002"),
        (
            (
                "premium", "--symbol", "PF_XBTUSD", "--index", "84000", "--bid", "84007.2",
                "--ask", "84018",
            ),
            "relative", "0.00015",
        ),
        (
            ("funding-rate", "--symbol", "BTC-PERP", "--premium", "0.0024", "--previous", "0.0048",
             "--rulebook", "coinbase_intx"),
            "paid", "0.000125",
        ),
        (
            ("margin", "--symbol", "XBTUSD", "--qty", "60000", "--price", "60000",
             "--risk-limit", "350", "--rulebook", "bitmex"),
            "initial", "0.015",
        ),
    ],
)  # fmt: skip
def test_rates_and_collateral_on_the_command_line(call, arguments, field, value):
    """FUND-001, FUND-002, MRGN-002."""
    code, out, err = call(*arguments, "--json")
    assert (code, err, json.loads(out)[field]) == (0, "", value)
    code, out, _ = call(*arguments)
    assert (code, "article" in out) == (0, True)


def test_what_price_alone_cannot_close_is_said(call):
    _, out, _ = call("liquidation-price", *LONG, "--balance", "40000")
    assert "Price alone cannot close this position" in out
    assert "none" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("liquidation-price", *LONG), "give a leverage (isolated) or a wallet"),
        (("liquidation-price", *LONG, "--also", "PF_ETHUSD=1"), "a position is SYMBOL=SIZE@ENTRY"),
        (("liquidation-price", *LONG, "--leverage", "0"), "leverage must be above zero"),
        (("liquidation-price", *LONG, "--leverage", "500"), "above the lowest tier's 100"),
        (("liquidation-price", *LONG, "--balance", "much"), "'much' is no number"),
        (
            ("liquidation-price", *LONG, "--balance", "1", "--collateral", "XBT"),
            "collateral is SYMBOL=QUANTITY or SYMBOL=QUANTITY@PRICE, not 'XBT'",
        ),
        (("liquidation-price", *LONG, "--leverage", "9", "--rulebook", "no"), "no rulebook 'no'"),
        (("margin", "--symbol", "PI_XBTUSD", "--qty", "1", "--price", "1"), "no perpetual"),
        (
            ("premium", "--symbol", "PF_XBTUSD", "--index", "1"),
            "bid: this market's premium is of bid",
        ),
        (("funding-rate", "--symbol", "PF_XBTUSD", "--premium", "2"), "premium: 2 is more than"),
        (("collateral-value", "--collateral", "XBT=1"), "XBT needs an index price"),
        (("fee", "--symbol", "PF_XBTUSD", "--qty", "0", "--price", "1"), "qty must be above"),
        (("pnl", *LONG, "--price", "NaN"), "price: NaN is no number"),
        (("pnl", *LONG), "--price"),
        (("breakeven", *LONG, "--liquidity", "both"), "both"),
        (("funding-payment", *LONG, "--rate", "1", "--index", "1"), "beyond the rulebook's cap"),
    ],
)
def test_a_bad_value_ends_with_code_2_and_a_sentence(call, arguments, words):
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("longshore: ")
    assert words in err
    code, out, _ = call(*arguments, "--json")
    assert (code, set(json.loads(out))) == (2, {"error"})


QUOTES = (
    "--constituent", "A=100:3", "--constituent", "B=99/103/102@2.5", "--constituent", "C=98/102",
)  # fmt: skip


def test_an_index_of_quotes_on_the_command_line(call):
    """INDX-001, INDX-002, INDX-006"""
    code, out, err = call("index-price", *QUOTES, "--json")
    document = json.loads(out)
    assert (code, err, document["price"]) == (0, "", "100.5")
    assert [part["fate"] for part in document["parts"]] == ["used", "used", "missing"]
    code, out, _ = call(
        "index-price", *QUOTES, "--price-of", "mid", "--method", "equal_mean", "--outlier",
        "clamp=0.001", "--stale-after", "2", "--sources-min", "2",
    )  # fmt: skip
    assert code == 0
    for words in ("locked: too few", "stale: older", "missing: it lacks", "INDX-003"):
        assert words in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--constituent", "A"), "constituent is NAME=LAST or NAME=BID/ASK[/LAST], not 'A'"),
        (("--constituent", "A=1/2/3/4"), "constituent is NAME=LAST"),
        (("--constituent", "A=1/"), "constituent is NAME=LAST"),
        (("--constituent", "A=1:"), "a weight or an age is missing in 'A=1:'"),
        (("--constituent", "A=1", "--constituent", "A=1"), "'A' is there twice"),
        (("--constituent", "A=1", "--outlier", "drop"), "outlier is drop=SHARE, clamp"),
        (("--constituent", "A=1", "--outlier", "hide=0.1"), "outlier is one of drop, clamp, med"),
        (("--constituent", "A=1", "--outlier", "drop=x"), "deviation: 'x' is no number"),
        (("--constituent", "A=1", "--method", "mode"), "mode"),
        ((), "--constituent"),
    ],
)
def test_an_index_that_cannot_be_ends_with_code_2(call, arguments, words):
    code, out, err = call("index-price", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_mark_of_candidates_on_the_command_line(call):
    """MARK-001, MARK-002, MARK-005, MARK-006"""
    arguments = (
        "--candidate", "smoothed", "--candidate", "funded", "--candidate", "last", "--index",
        "84000", "--basis", "-30", "--rate", "0.0001", "--hours-left", "4", "--method", "median",
    )  # fmt: skip
    code, out, err = call("mark-price", *arguments, "--json")
    document = json.loads(out)
    assert (code, err, document["price"]) == (0, "", "83987.1")
    assert [each["price"] for each in document["candidates"]] == [None, "83970", "84004.2"]
    code, out, _ = call("mark-price", *arguments, "--last", "90000", "--band", "0.00001")
    assert code == 0
    for words in ("84000.84", "held at the edge", "MARK-006", "index + smoothed basis"):
        assert words in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--candidate", "open", "--index", "1"), "open"),
        (("--candidate", "last"), "--index"),
        (("--candidate", "last", "--index", "0"), "index must be above zero"),
        (("--candidate", "smoothed", "--index", "1"), "basis: the candidate smoothed needs it"),
        (("--candidate", "last", "--candidate", "mid", "--index", "1"), "single takes one"),
    ],
)
def test_a_mark_that_cannot_be_ends_with_code_2(call, arguments, words):
    code, out, err = call("mark-price", *arguments)
    assert (code, out) == (2, "")
    assert words in err
