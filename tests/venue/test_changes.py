"""Terms that change in a running world: the operator's route, what waits, who hears of it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from longshore.cli import terms as cli
from longshore.cli.output import WrongUsage
from longshore.engine.codes import Term
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.changes import said
from longshore.rulebooks import load
from longshore.rulebooks.changing import (
    NAMES,
    TermValueError,
    from_engine,
    name_of,
    term_of,
    to_engine,
)
from tests.venue.desk import SYMBOL, TOKEN, Socket, desk_on, in_loop, until

TIER = {"symbol": SYMBOL, "term": "tier", "values": ["0.02", "0.01"]}
BAD = [
    ({"symbol": "PF_NONE"}, 404, "UNKNOWN_SYMBOL", "symbol"),
    ({"term": "tears"}, 400, "BAD_VALUE", "term"),
    ({"values": ["0.02"]}, 400, "BAD_VALUE", "values"),
    ({"values": ["0.02", "0.01", "0.01"]}, 400, "BAD_VALUE", "values"),
    ({"values": ["0.0200000001", "0.01"]}, 400, "BAD_VALUE", "values"),
    ({"values": ["1e30", "0.01"]}, 400, "BAD_VALUE", "values"),
    ({"values": ["much", "0.01"]}, 400, "BAD_VALUE", "values"),
    ({"values": "0.02"}, 400, "BAD_VALUE", "values"),
    ({"tier": 99}, 422, "BAD_VALUE", ""),
    ({"tier": -1}, 400, "BAD_VALUE", "tier"),
    ({"tier": 2**63}, 400, "BAD_VALUE", "tier"),
    ({"values": ["0.02", "0.03"]}, 422, "TERM_OUT_OF_BOUNDS", "values"),
    ({"effective_ms": 1}, 422, "CHANGE_NOT_AHEAD", "effective_ms"),
    ({"effective_ms": -1}, 400, "BAD_VALUE", "effective_ms"),
]


@in_loop
async def test_a_change_is_announced_waits_and_comes(tmp_path: Path) -> None:
    """RULE-001, RULE-002: a socket of the market hears of it, an account is asked by it."""
    async with desk_on(tmp_path) as desk:
        socket = Socket(
            desk.app,
            f"/api/v1/stream?symbol={SYMBOL}",
            {"host": "localhost", "authorization": f"Bearer {TOKEN}"},
        )
        await socket.open()
        await desk.order(size="0.1")
        now_ms = (await desk.get("/clock"))["world_time"]
        body = TIER | {"effective_ms": now_ms + 60_000}
        made = await desk.post("/operator/terms", body)
        change = {
            "symbol": SYMBOL,
            "term": "tier",
            "tier": 0,
            "values": ["0.02", "0.01"],
            "effective_ms": now_ms + 60_000,
        }
        assert (made.status_code, made.json()) == (200, change)
        assert await desk.get(f"/markets/{SYMBOL}/changes") == [change]
        assert (await desk.get(f"/markets/{SYMBOL}"))["leverage_max"] == "100"
        notice = await until(socket, "notice")
        assert notice["code"] == "TERMS_ANNOUNCED"
        assert (
            f"{SYMBOL}: margin (initial / maintenance) of tier 1 will be 2% / 1%"
            in (notice["text"])
        )
        await socket.close()
        await desk.step(61)
        assert await desk.get(f"/markets/{SYMBOL}/changes") == []
        assert (await desk.get(f"/markets/{SYMBOL}"))["leverage_max"] == "50"
        refused = await desk.post(
            "/orders",
            {"symbol": SYMBOL, "side": "buy", "type": "limit", "size": "1"}
            | {"price": "50000", "leverage": "51"},
        )
        assert refused.json()["code"] in ("LEVERAGE_TOO_HIGH", "HAS_OPEN_RISK")


@in_loop
async def test_a_change_that_cannot_be_is_refused_by_name(tmp_path: Path) -> None:
    """RULE-004"""
    async with desk_on(tmp_path) as desk:
        before = desk.digest()
        for change, status, code, field in BAD:
            reply = await desk.post("/operator/terms", TIER | change)
            got = (reply.status_code, reply.json()["code"], reply.json()["field"])
            assert got == (status, code, field), change
        assert desk.digest() == before


@pytest.mark.parametrize("name", NAMES)
def test_values_go_in_and_come_out_as_a_file_writes_them(name):
    """RULE-001: each term by its name, in a sentence too."""
    book = load("kraken")
    info, row = book.catalog.market(SYMBOL), book.setup().markets[0]
    term = term_of(name)
    assert name_of(term) == name
    two = term in (Term.TIER, Term.MARGIN_FACTOR, Term.FEES)
    values = [Decimal("0.5"), Decimal("0.25")][: 2 if two else 1]
    changed = to_engine(name, values, info, row)
    assert from_engine(changed.term, changed.value, changed.other, info, row) == values
    for wrong in ([], values * 3, [Decimal("0.00000000000000000001")] * len(values)):
        with pytest.raises(TermValueError, match=name):
            to_engine(name, wrong, info, row)
    event = Event(
        kind=EventKind.TERMS_CHANGED,
        type=term,
        value_atoms=changed.value,
        amount_atoms=changed.other,
    )
    assert said(event, info, row).startswith(f"{SYMBOL}: ")


def test_the_engine_counts_what_a_file_means():
    """RULE-001: parts per million, lots, atoms, a cap for eight hours."""
    book = load("kraken")
    info, row = book.catalog.market(SYMBOL), book.setup().markets[0]

    def counted(name, *values):
        return to_engine(name, [Decimal(each) for each in values], info, row)[1:]

    assert counted("tier", "0.02", "0.01") == (20_000, 10_000)
    assert counted("tier_bound", "2000000") == (2 * 10**14, 0)
    assert counted("position_max", "1200") == (12_000_000, 0)
    assert counted("funding_cap", "0.005") == (8 * 5 * 10**15, 0)
    assert row.rate_cap_e18 == 8 * 5 * 10**15


class Recorded:
    """A client that keeps what it was asked, and answers as the venue does."""

    def __init__(self, url: str, data: Path | None) -> None:
        """Anywhere."""

    def post(self, path, body, why=""):
        """A change that was taken."""
        return {"path": path, "tier": 0, "effective_ms": 0, **body}

    def get(self, path):
        """One that waits."""
        return [{"term": "fees", "tier": 0, "values": [path], "effective_ms": 0}]


def test_the_command_line_says_it_the_same_way(monkeypatch, capsys):
    """RULE-001"""
    monkeypatch.setattr(cli, "Client", Recorded)
    cli.change((SYMBOL, "tier"), ["0.02", "0.01"], place=cli.Place(tier=1, at="2026-09-02T08:00Z"))
    said = capsys.readouterr().out
    assert said == f"{SYMBOL} tier 1: 0.02, 0.01 from 2026-09-02 08:00:00 UTC\n"
    cli.waiting(SYMBOL)
    assert f"/markets/{SYMBOL}/changes" in capsys.readouterr().out
    for wrong in ("tomorrow", "2026-09-02T08:00"):
        with pytest.raises(WrongUsage, match="write it as"):
            cli.milliseconds(wrong)
    when = datetime(2026, 9, 2, 8, tzinfo=UTC)
    assert cli.milliseconds("2026-09-02T10:00+02:00") == when.timestamp() * 1_000
