"""The commands on rulebooks, in both forms."""

import json

import pytest

from longshore import rulebooks
from longshore.cli.app import run_app


@pytest.fixture
def call(capsys):
    """Run a command in this process: exit code and what it printed."""

    def run(*arguments):
        try:
            code = run_app(["rulebook", *arguments])
        except SystemExit as leaving:
            code = leaving.code
        return code, *capsys.readouterr()

    return run


def test_list_marks_the_newest_of_each_name(call):
    code, out, _ = call("list", "--json")
    listed = {each["id"]: each for each in json.loads(out)}
    assert (code, list(listed)) == (0, rulebooks.available())
    newest = [key for key, each in listed.items() if each["newest"]]
    assert [key for key in newest if key.startswith("kraken-20")] == ["kraken-2026-09"]
    assert len(newest) == len(listed) - 1
    _, out, _ = call("list")
    assert all(f"{each} *" in out for each in newest)  # also on a narrow screen
    assert "kraken-2025-06 *" not in out


@pytest.mark.parametrize("name", rulebooks.available())
def test_show_and_check_take_every_rulebook(call, name):
    code, out, _ = call("show", name, "--json")
    values = json.loads(out)
    assert code == 0
    code, out, _ = call("check", name, "--json")
    report = json.loads(out)
    assert (code, report["problems"], report["values_count"]) == (0, [], len(values))
    assert report["file"] == f"{name.replace('-', '_')}.toml"


def test_diff_names_what_differs_with_the_sources_of_both(call):
    code, out, _ = call("diff", "kraken-2025-06", "kraken", "--json")
    found = {each["path"]: each for each in json.loads(out)}
    assert code == 0
    share = found["liquidation.partial_share"]
    assert (share["left"], share["right"]) == ("1", "0.1")
    assert share["left_source"].startswith("S12: Equity protection process")
    assert share["left_source"].endswith(", 2026-03-17")
    assert share["right_source"].startswith("S14: ")
    assert found["perpetuals.PF_XBTUSD.funding_cap"]["left_source"].endswith(", unverified")
    last = found["fees.linear.tiers.10"]
    assert (last["left"], last["left_source"], last["right"] != "") == ("", "", True)
    same = "perpetual.margin_basis"
    assert same not in found
    assert call("diff", "kraken", "kraken-2026-09")[1] == "No value differs.\n"


def test_check_of_a_file_says_file_line_place_and_reason(call, tmp_path):
    text = rulebooks.shipped("kraken").text
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(text)
    assert call("check", str(good))[0] == 0
    bad.write_text(text.replace("[0, 0.01, 0.005]", "[0, 0.01, 0.05]", 1))
    code, out, _ = call("check", str(bad))
    line = text[: text.index("[0, 0.01, 0.005]")].count("\n") + 1
    said = "initial margin 0.01 is below maintenance margin 0.05"
    place = "perpetuals.PF_XBTUSD.tiers.0"
    assert (code, out.splitlines()[-2]) == (1, f"{bad}:{line}: {place}: {said}")
    code, out, _ = call("check", str(bad), "--json")
    problem = json.loads(out)["problems"][0]
    assert (code, problem) == (1, {"path": place, "reason": said, "line": line})


def test_check_of_no_file_is_an_error(call, tmp_path):
    code, out, err = call("check", str(tmp_path / "none.toml"))
    assert (code, out) == (1, "")
    assert "none.toml" in err


def test_schema_is_the_same_document_in_both_forms(call):
    code, out, _ = call("schema")
    assert code == 0
    assert out.count("\n") > 100
    assert json.loads(call("schema", "--json")[1]) == json.loads(out) == rulebooks.schema()
