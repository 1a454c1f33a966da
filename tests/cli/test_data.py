"""`longshore data` on the command line: what is printed, for people and for programs."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from longshore.cli.app import run_app
from tests.recordings.made import BARS, NAME, changed, wrote

RECORDING = "kraken-perp-btcusd-1m-2024-01-01"


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Run a command in this process: exit code and what it printed."""
    monkeypatch.setenv("LONGSHORE_DATA", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments):
        code = run_app(["data", *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def recording(call, tmp_path):
    assert call("import", str(wrote(tmp_path, NAME, BARS)))[0] == 0
    return tmp_path / "home" / "recordings" / RECORDING


@pytest.mark.parametrize("command", ["import", "fetch", "list", "check", "show"])
def test_help_says_what_it_does(command, call):
    code, said, _ = call(command, "--help")
    assert (code, "--json" in said) == (0, True)


def test_import_tells_rows_and_checks(call, tmp_path):
    path = wrote(tmp_path, NAME, BARS)
    code, out, _ = call("import", str(path), "--licence", "CC0", "--json")
    (made,) = json.loads(out)["recordings"]
    assert (code, made["licence"], made["series"][0]["rows"]) == (0, "CC0", 3)
    code, _, err = call("import", str(path))
    assert (code, "exists already" in err) == (1, True)
    code, out, _ = call("import", str(path), "--replace")
    assert (code, RECORDING in out, "6 of 6" in out) == (0, True, True)


def test_import_of_what_is_wrong_names_the_place(call, tmp_path):
    path = wrote(tmp_path, NAME, changed(BARS, 2, "101,100,", "99,100,"))
    code, out, err = call("import", str(path))
    assert (code, out) == (1, "")
    assert f"{NAME}, line 2, column 'high': high 99 is below low 100" in err


def test_what_was_left_out_is_said(call, tmp_path):
    wrote(tmp_path, NAME, BARS)
    wrote(tmp_path, "terms.json", '{"tickSize": 1}\n')
    code, out, _ = call("import", str(tmp_path))
    assert (code, "left out terms.json" in out) == (0, True)


def test_list_names_those_of_the_package_and_the_imported(call, recording):
    _, out, _ = call("list", "--json")
    names = [each["name"] for each in json.loads(out)]
    assert names[-1] == recording.name
    assert "xbtusd-2020-03" in names


@pytest.mark.parametrize("name", ["xbtusd-2021-04", RECORDING])
def test_check_makes_every_check_again(name, call, recording):
    code, out, _ = call("check", name, "--json")
    printed = json.loads(out)
    assert (code, printed["sound"], printed["gaps"]) == (0, True, [])
    assert {each["name"] for each in printed["checks"]["bars"]} >= {
        "times go forward",
        "high not below low",
    }


def test_check_of_a_changed_file_fails(call, recording):
    with (recording / "bars.parquet").open("ab") as file:
        file.write(b"x")
    code, _, err = call("check", RECORDING)
    assert (code, "digest differs" in err) == (1, True)


def test_a_recording_is_shown_in_lines(call, recording):
    code, out, _ = call("show", RECORDING)
    assert code == 0
    assert out.startswith("kraken BTCUSD · bars · bars: the path inside each bar is made")
    assert "█" in out
    assert "2024-01-01T00:00" in out.splitlines()[-1]
    _, out, _ = call("show", RECORDING, "--json")
    printed = json.loads(out)
    assert (printed["decimals"], printed["columns"][0]) == (2, [10050, 10100, 10000, 10025])


def test_gaps_are_empty_columns(call, tmp_path):
    text = f"{BARS}2024-01-01T00:05:00Z,100,100,100,100,1\n"
    call("import", str(wrote(tmp_path, NAME, text)))
    columns = json.loads(call("show", RECORDING, "--json")[1])["columns"]
    assert [column is None for column in columns] == [False, False, False, True, True, False]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_a_recording_is_shown_on_a_page(call, recording, tmp_path):
    page = tmp_path / "page.html"
    code, out, _ = call("show", RECORDING, "--html", str(page))
    assert (code, "written to" in out) == (0, True)
    tags = Tags()
    tags.feed(page.read_text(encoding="utf-8"))
    drawing = next(attrs for tag, attrs in tags.seen if tag == "svg")
    assert (drawing["role"], "kraken BTCUSD" in drawing["aria-label"]) == ("img", True)
    assert sum(tag == "rect" for tag, _ in tags.seen) == 3
    assert "Licence: not stated." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "show"])
def test_what_is_not_there_is_refused_with_what_there_is(command, call, recording):
    code, _, err = call(command, "nothing")
    assert (code, RECORDING in err, "xbtusd-2020-03" in err) == (1, True, True)
