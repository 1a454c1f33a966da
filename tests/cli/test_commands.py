import json
import os
import subprocess
import sys
import time

import httpx
import pytest

from longshore.cli.app import COMMANDS, GROUPS, first_line, run_app
from longshore.cli.connect import ccxt_config
from longshore.explain.sentences import speaking, spoken
from longshore.journal.store import Journal
from tests.world.small import TEXT

LONGSHORE = [sys.executable, "-m", "longshore"]


@pytest.fixture
def call(capsys):
    """Run a command in this process: exit code and what it printed."""

    def run(*arguments):
        try:
            code = run_app(arguments)
        except SystemExit as leaving:
            code = leaving.code
        return code, *capsys.readouterr()

    return run


def document(printed):
    """The one JSON document that stdout must be."""
    assert printed.count("\n") == 1
    return json.loads(printed)


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    scenario = folder / "small.toml"
    scenario.write_text(TEXT)
    assert run_app(["run", str(scenario), "--out", str(folder / "out"), "--json"]) == 0
    return folder / "out"


def test_version_answers_at_once_and_disclaims():
    started = time.perf_counter()
    said = subprocess.run([*LONGSHORE, "--version"], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - started
    first, second = said.stdout.splitlines()
    assert first.startswith("longshore 0.")
    for words in ("education", "Not financial advice", "Not connected with or endorsed by"):
        assert words in second
    assert seconds < 1.0


def test_version_as_json():
    said = subprocess.run([*LONGSHORE, "--version", "--json"], capture_output=True, check=True)
    assert set(json.loads(said.stdout)) == {"version", "disclaimers"}


def test_every_command_has_help_that_says_what_it_does(call):
    code, out, _ = call("--help")
    assert code == 0
    for command in (
        "serve",
        "run",
        "replay",
        "archive",
        "explain",
        "compare",
        "connect",
        "bench",
        "fit",
    ):
        assert command in out
        code, said, _ = call(command, "--help")
        assert (code, "--json" in said) == (0, True), command
    for group, commands in {
        "account": ("create", "deposit", "show"),
        "keys": ("create",),
        "rulebook": ("list", "show", "diff", "check", "schema"),
        "calc": (
            "liquidation-price",
            "margin",
            "funding-payment",
            "fee",
            "pnl",
            "breakeven",
            "index-price",
            "mark-price",
        ),
        "scenario": ("list",),
        "world": ("report",),
    }.items():
        for command in commands:
            code, said, _ = call(group, command, "--help")
            assert (code, "--json" in said) == (0, True), command


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run",), 2),
        (("run", "nowhere", "--out", "x"), 1),
        (("run", "nowhere", "--out", "x", "--engine", "warp"), 2),
        (("replay", "nowhere"), 1),
        (("frobnicate",), 2),
        (("rulebook", "show", "atlantis"), 1),
        (("explain",), 2),
        (("explain", "nowhere"), 1),
        (("--port", "many"), 2),
        (("serve", "--speed", "-1", "--no-browser"), 2),
        (("serve", "--host", "0.0.0.0", "--no-browser"), 2),  # noqa: S104 - refused
        (("serve", "--port", "99999", "--no-browser"), 2),
        (("serve", "--port", "-1", "--no-browser"), 2),
        (("serve", "--speed", "Infinity", "--no-browser"), 2),
        (("serve", "--speed", "NaN", "--no-browser"), 2),
        (("serve", "--speed", "1e400", "--no-browser"), 2),
    ],
)
def test_exit_codes_and_errors_in_both_forms(call, arguments, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LONGSHORE_DATA", str(tmp_path / "data"))
    exit_code, out, err = call(*arguments)
    assert (exit_code, out) == (code, "")
    assert err.startswith("longshore: ")
    exit_code, out, err = call(*arguments, "--json")
    assert exit_code == code
    assert set(document(out)) == {"error"}


def test_run_writes_its_folder_and_prints_the_agreed_document(run_folder, call):
    assert {path.name for path in run_folder.iterdir()} >= {
        "journal.db",
        "events.parquet",
        "summary.json",
    }
    summary = json.loads((run_folder / "summary.json").read_text())
    code, out, _ = call("replay", str(run_folder), "--json")
    report = document(out)
    assert code == 0
    assert (report["digest"], report["seq"]) == (summary["digest"], summary["seq"])
    assert report["conserved"] is True
    code, _, err = call("run", "march-2020", "--out", str(run_folder))
    assert (code, "exists already" in err) == (1, True)


def test_run_prints_digest_seq_events_and_what_is_not_verified(tmp_path, call):
    scenario = tmp_path / "short.toml"
    scenario.write_text(TEXT.replace("10:45:00Z", "10:40:30Z"))
    code, out, _ = call("run", str(scenario), "--out", str(tmp_path / "out"), "--json")
    result = document(out)
    assert code == 0
    assert set(result) == {"digest", "seq", "events", "faithful", "unverified"}
    assert result["faithful"] is (result["unverified"] == [])


def test_a_damaged_row_is_named_on_the_command_line(run_folder, call, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    journal = Journal.open(run_folder / "journal.db")
    journal.db.execute("VACUUM INTO ?", (str(copy / "journal.db"),))
    journal.close()
    journal = Journal.open(copy / "journal.db")
    journal.db.execute("UPDATE entries SET time_us = time_us + 1 WHERE row = 3")
    journal.close()
    code, _, err = call("replay", str(copy))
    assert code == 1
    assert "journal row 3 is not what was written; the last good seq is" in err


def test_explain_tells_a_run_in_sentences_that_add_up(run_folder, call):
    code, out, _ = call("explain", str(run_folder), "--json")
    assert code == 0
    story = document(out)["long"]
    assert story["sentences"]
    assert sum(part["amount_atoms"] for part in story["parts"]) == story["lost_atoms"]


def test_archive_moves_old_rows(call, tmp_path):
    scenario = tmp_path / "short.toml"
    scenario.write_text(TEXT.replace("10:45:00Z", "10:40:30Z"))
    folder, old = tmp_path / "out", tmp_path / "old.db"
    assert call("run", str(scenario), "--out", str(folder))[0] == 0
    code, out, _ = call("archive", str(folder), str(old), "--json")
    assert (code, document(out)["rows"] > 0) == (0, True)
    assert call("replay", str(folder))[0] == 0
    assert call("archive", str(folder), str(tmp_path / "older.db"))[0] == 1


def test_ccxt_addresses_end_as_the_client_needs_them():
    config = ccxt_config("http://127.0.0.1:8000", "k", "s")
    api = config["urls"]["api"]
    assert api["private"] == "http://127.0.0.1:8000/derivatives/api/"
    assert api["ws"] == "ws://127.0.0.1:8000/ws/v1"


@pytest.fixture(scope="module")
def venue(tmp_path_factory):
    """A real venue in a process of its own; its data folder."""
    data = tmp_path_factory.mktemp("venue")
    scenario = data / "small.toml"
    scenario.write_text(TEXT.replace("2020-03-12T10:45:00Z", "2020-03-15T00:00:00Z"))
    options = ["--world", str(scenario), "--data", str(data), "--no-browser", "--engine", "plain"]
    options.append("--json")
    command = [*LONGSHORE, "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        url = json.loads(server.stdout.readline())["url"]
        yield data, url
        server.terminate()


def test_accounts_and_keys_of_a_running_venue(venue, call):
    data, url = venue
    place = ("--data", str(data), "--json")
    code, out, _ = call("account", "create", "bot", "--deposit", "USD=2500", *place)
    assert (code, document(out)["name"]) == (0, "bot")
    code, out, _ = call("account", "create", "bot", *place)
    assert (code, "exists" in document(out)["error"]) == (1, True)
    code, out, _ = call("account", "deposit", "bot", "USD=500", *place)
    [balance] = document(out)
    assert (code, float(balance["balance"])) == (0, 3000.0)
    code, out, _ = call("account", "show", "bot", *place)
    assert code == 0
    assert document(out)
    code, out, _ = call("keys", "create", "bot", *place)
    assert (code, set(document(out))) == (0, {"key", "secret"})
    code, out, _ = call("connect", "ccxt", "bot", *place)
    config = document(out)["config"]
    assert config["urls"]["api"]["public"].startswith(url.split("/?")[0])
    code, out, _ = call("connect", "ccxt-binance", "bot", *place)
    config = document(out)["config"]
    assert config["urls"]["api"]["fapiPublicV2"] == url.split("/?")[0] + "/fapi/v2"
    assert call("account", "deposit", "bot", "500", *place)[0] == 2
    assert call("keys", "create", "nobody", *place)[0] == 1


def test_what_is_printed_to_be_pasted_can_be_pasted(venue, call, monkeypatch):
    """No line of it is broken, whatever the width: a secret in two parts is no secret."""
    monkeypatch.setenv("COLUMNS", "40")
    place = ("--data", str(venue[0]))
    call("account", "create", "paster", *place)
    _, out, _ = call("keys", "create", "paster", *place)
    (named, key), (kept, secret) = map(str.split, out.splitlines())
    assert (named, kept) == ("key", "secret")
    assert min(len(key), len(secret)) > 40
    for client in ("ccxt", "ccxt-binance", "sdk"):
        _, out, _ = call("connect", client, "paster", *place)
        compile(out, client, "exec")
    _, out, _ = call("account", "deposit", "paster", "USD=1", *place)
    assert out == "paster: 1 USD in flex\n"


def test_explain_says_what_the_venue_says_of_a_position(venue, call):
    """The very strings of the API, and a number's tree down to where a value was read."""
    data, url = venue
    place = ("--data", str(data))
    token = {"Authorization": f"Bearer {(data / 'operator.token').read_text()}"}
    base = url.split("/?")[0] + "/api/v1"
    call("account", "create", "holder", "--deposit", "USD=10000", *place)
    with httpx.Client(headers=token, timeout=60) as client:
        symbol = client.get(f"{base}/about").json()["default_symbol"]
        order = {"symbol": symbol, "side": "buy", "type": "market", "size": "0.1", "leverage": "5"}
        placed = client.post(f"{base}/orders?account=holder", json=order)
        assert placed.status_code == 200, placed.text
        client.post(f"{base}/clock", json={"action": "pause"}).raise_for_status()
        asked = ("explain", "--account", "holder", "--position", symbol, *place)
        told = client.get(
            f"{base}/explain", params={"position": symbol, "account": "holder"}
        ).json()
    code, out, _ = call(*asked, "--json")
    assert (code, document(out)["sentences"]) == (0, told["sentences"])
    code, out, _ = call(*asked, "--number", "liquidation")
    shown = out.splitlines()
    assert (code, shown[0]) == (0, told["sentences"][0])
    assert any(line.startswith("Liquidation price: ") for line in shown)
    assert "perpetuals." in out and "LIQD-001" in out
    assert call(*asked, "--number", "luck")[0] == 1
    assert call("explain", "--account", "holder", "--number", "size", *place)[0] == 2
    assert call("explain", "--account", "holder", *place)[0] == 1
    httpx.post(f"{base}/clock", json={"action": "resume"}, headers=token).raise_for_status()


def test_a_taken_port_is_refused_with_exit_code_2(venue, tmp_path):
    _, url = venue
    port = url.split("/?")[0].rsplit(":", 1)[1]
    environment = os.environ | {"LONGSHORE_DATA": str(tmp_path)}
    command = [*LONGSHORE, "serve", "--port", port, "--no-browser"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"port {port} is in use" in done.stderr


def test_without_a_venue_the_operator_is_told_so(call, tmp_path):
    code, _, err = call("account", "show", "bot", "--data", str(tmp_path))
    assert (code, "has `longshore serve` run?" in err) == (1, True)


def test_help_says_what_each_command_does(capsys):
    assert run_app(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, place in COMMANDS.items():
        told = first_line(place)
        assert told.endswith((".", ":"))
        assert f" {name} " in shown
        assert told.split()[0] in shown
    places = [place for _, commands in GROUPS.values() for place in commands.values()]
    assert all(first_line(place) for place in places)


def test_a_language_of_the_environment_is_spoken_or_refused_by_its_name(
    run_folder, monkeypatch, call
):
    monkeypatch.setenv("LONGSHORE_LANGUAGE", "fr")
    code, out, err = call("explain", str(run_folder), "--json")
    assert (code, "fr" in document(out)["error"]) == (2, True)
    assert "LONGSHORE_LANGUAGE is 'fr', not one of en, de" in err
    with speaking():
        monkeypatch.setenv("LONGSHORE_LANGUAGE", "de")
        assert call("--help")[0] == 0
        assert spoken() == ("de", "learner")
    assert spoken() == ("en", "learner")
