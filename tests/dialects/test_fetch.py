"""`longshore data fetch`: another Longshore as the venue, through an unmodified ccxt."""

from __future__ import annotations

import json

import ccxt
import pytest

from longshore.cli.app import run_app
from longshore.world.recordings.fetching import Asked, Client, Fetch
from longshore.world.recordings.problem import RecordingError
from longshore.world.recordings.store import read
from tests.dialects.desk import SYMBOL, UNIFIED

START_MS = 1_790_337_600_000  # the world's: 2026-09-25T12:00Z
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS


class Wavering:
    """A client that counts what it is asked, and fails where it is told to."""

    def __init__(self, exchange, fails=()) -> None:
        self._exchange = exchange
        self._fails = list(fails)
        self.asked: list[int] = []

    def parse_timeframe(self, timeframe):
        return self._exchange.parse_timeframe(timeframe)

    def fetch_ohlcv(self, symbol, timeframe, since, limit, extra):
        if self._fails and self._fails[0] == len(self.asked):
            self._fails.pop(0)
            raise ccxt.NetworkError("gone")
        self.asked.append(since)
        return self._exchange.fetch_ohlcv(symbol, timeframe, since, min(limit, 100), extra)


@pytest.fixture
def exchange(desk):
    return ccxt.krakenfutures({"enableRateLimit": False, "urls": desk.urls()})


def client(exchange, **more):
    return Client(exchange, (ccxt.NetworkError,), **({"pause_s": 0.0} | more))


def asked(hours=4, **more):
    return Asked("krakenfutures", UNIFIED, START_MS - hours * HOUR_MS, START_MS, **more)


def closes(made):
    (recording,), (folder,) = made.manifests, made.folders
    table = read(folder, recording.series[0])
    return {t // 1_000: float(table.text("close", i)) for i, t in enumerate(table.time_us)}


def published(desk, kind):
    path = f"/api/charts/v1/{kind}/{SYMBOL}/1m"
    span = {"from": START_MS // 1_000 - 4 * 3_600, "to": START_MS // 1_000 - 60}
    return {c["time"]: float(c["close"]) for c in desk.public(path, **span)["candles"]}


@pytest.mark.parametrize(("what", "kind"), [("bars", "trade"), ("mark", "mark")])
def test_bars_are_the_ones_the_venue_publishes(what, kind, desk, exchange, tmp_path):
    parts = []
    made = Fetch(client(exchange), asked(what=what), tmp_path).run(parts.append)
    found = closes(made)
    assert len(found) == 240
    assert found == published(desk, kind)
    assert parts[-1] == 1.0
    assert sorted(p.name for p in tmp_path.iterdir()) == [made.manifests[0].name]
    assert (made.manifests[0].asset, made.manifests[0].venue) == ("XBT", "krakenfutures")


def test_a_fetch_that_broke_off_goes_on_where_it_stood(desk, exchange, tmp_path):
    lost = Wavering(exchange, fails=[1, 1, 1, 1])
    with pytest.raises(RecordingError, match=r"did not answer: gone\. Run it again"):
        Fetch(client(lost), asked(), tmp_path).run()
    (kept,) = tmp_path.iterdir()
    kept.write_text(kept.read_text() + "17903")  # a line that was cut
    again = Wavering(exchange)
    made = Fetch(client(again), asked(), tmp_path).run()
    assert lost.asked == [START_MS - 4 * HOUR_MS]
    assert min(again.asked) == START_MS - 4 * HOUR_MS + 100 * MINUTE_MS
    assert closes(made) == published(desk, "trade")


def test_an_error_that_passes_is_tried_again(exchange, tmp_path):
    wavering = Wavering(exchange, fails=[1, 1])
    assert len(closes(Fetch(client(wavering), asked(), tmp_path).run())) == 240


def test_rates_are_fetched_too(exchange, tmp_path):
    made = Fetch(client(exchange), asked(24, what="funding"), tmp_path).run()
    (recording,) = made.manifests
    assert (recording.level, recording.rows) == ("figures", 24)
    assert recording.gaps == []


def test_nothing_there_is_a_refusal_and_a_span_has_two_ends(exchange, tmp_path):
    early = Asked("krakenfutures", UNIFIED, 1_300_000_000_000, 1_300_000_600_000)
    with pytest.raises(RecordingError, match="a header and no rows"):
        Fetch(client(exchange), early, tmp_path).run()
    with pytest.raises(RecordingError, match="lies after"):
        Fetch(client(exchange), asked()._replace(to_ms=0), tmp_path)


def test_the_command_prints_one_document(desk, tmp_path, capsys):
    span = ("2026-09-25T11:00Z", "2026-09-25T12:00Z")
    words = ["data", "fetch", "krakenfutures", UNIFIED, *span, "--url", desk.origin]
    code = run_app([*words, "--data", str(tmp_path), "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert printed["recordings"][0]["series"][0]["rows"] == 60


@pytest.mark.parametrize(
    ("place", "span", "code", "told"),
    [
        (("atlantis", UNIFIED), ("2026-09-25", "2026-09-26"), 1, "ccxt knows no venue 'atlantis'"),
        (("krakenfutures", UNIFIED), ("monday", "2026-09-26"), 2, "'monday' is no time"),
    ],
)
def test_what_cannot_be_fetched_is_refused(place, span, code, told, tmp_path, capsys):
    assert run_app(["data", "fetch", *place, *span, "--data", str(tmp_path)]) == code
    assert told in capsys.readouterr().err
