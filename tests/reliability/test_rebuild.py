"""History made anew from the journal, in whatever portions, is equal row for row."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from longshore.journal.store import Journal
from longshore.venue.projections import projector, rebuild
from longshore.venue.station import Station
from longshore.world.world import JOURNAL_FILE
from tests.reliability.folders import TABLES, copied, drop_history, rows
from tests.venue.desk import SYMBOL, Desk, desk_on

CRASH = """
name = "rebuilt"
markets = ["PF_XBTUSD"]
start = 2020-03-12T10:35:00Z
opens = 2020-03-12T11:01:00Z
seed = 7
[feed]
kind = "replay"
recording = "xbtusd-2020-03"
interval_s = 10
[[agent]]
kind = "maker"
settings = { slower = 4, levels = 8 }
[[agent]]
kind = "noise"
[[account]]
name = "learner"
deposit = { USD = "100000" }
[[account]]
name = "risky"
deposit = { USD = "1000" }
[[order]]
at = 2020-03-12T10:35:30Z
account = "risky"
market = "PF_XBTUSD"
side = "buy"
value = "60000"
[[order]]
at = 2020-03-12T10:35:30Z
account = "learner"
market = "PF_XBTUSD"
side = "sell"
value = "10000"
"""
"""Half an hour of the crash: a long is liquidated, a short is paid funding at eleven."""


async def trade(desk: Desk) -> None:
    """Everything a user can do, once."""
    await desk.account("anna")
    await desk.order("anna", size="0.5", leverage="5", client_id="anna's entry")
    await desk.order("anna", type="limit", price="5000", stop_price="4000")
    placed = await desk.order(type="limit", size="0.1", price="5500", client_id="moved")
    path = f"/api/v1/orders/{placed['order']['id']}"
    await desk.client.patch(path, json={"size": "0.05", "price": "5400"})
    await desk.client.delete(path)
    await desk.client.delete(path)
    await desk.post("/orders", {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "99"})
    await desk.post(f"/positions/{SYMBOL}/margin", {"amount": "25"}, "anna")
    await desk.post(f"/positions/{SYMBOL}/close", {"size": "0.2"}, "anna")
    await desk.post("/cancel-all", {}, "anna")
    upkeep = {"reason": "A new engine.", "down_min": 1, "closing_min": 0, "opening_min": 0}
    assert (await desk.post("/operator/maintenance", upkeep)).status_code == 200
    await desk.step(90)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world that nobody disturbed; its history was written batch by batch as it lived."""
    folder = tmp_path_factory.mktemp("lived") / "world"

    async def live() -> None:
        async with desk_on(folder, CRASH) as desk:
            await trade(desk)

    asyncio.run(live())
    return folder


def test_every_table_of_it_holds_rows(lived):
    assert [name for name, found in rows(lived).items() if not found] == []


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_dropped_and_rebuilt_each_table_is_equal_row_for_row(rebuilt, lived, table):
    assert rows(rebuilt)[table] == rows(lived)[table]


@pytest.fixture(scope="module")
def rebuilt(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same world after its projection database was lost."""
    folder = copied(lived, tmp_path_factory.mktemp("rebuilt") / "world")
    drop_history(folder)
    caught_up(folder)
    return folder


def caught_up(folder: Path) -> None:
    """Open the world, let history come to the journal's end, and leave."""
    station = Station.open(folder, "", lambda _: None)
    assert station.projector.seq == station.world.journal.seq
    station.projector.close()
    station.accounts.close()
    station.world.close()


class Killed(BaseException):
    """The process is gone: nothing of it is written any more."""


def test_killed_anywhere_on_the_way_history_goes_on_from_its_cursor(lived, tmp_path):
    """Killed early, in the middle, at the very next transaction, and late."""
    folder = copied(lived, tmp_path / "world")
    drop_history(folder)
    for part in (0.05, 0.5, 0.5005, 0.9):
        with pytest.raises(Killed):
            write_until(folder, part)
    caught_up(folder)
    assert rows(folder) == rows(lived)


def write_until(folder: Path, part: float) -> None:
    """Catch up in small transactions, and be killed once this part of the journal is written."""
    patch = pytest.MonkeyPatch()
    write = projector.Projector.write

    def watched(self, batches):
        if batches and batches[0].first_seq > part * last_seq(folder):
            self._engine.dispose()
            raise Killed
        write(self, batches)

    with patch.context() as changed:
        changed.setattr(rebuild, "COMMANDS_AT_ONCE", 1)
        changed.setattr(projector.Projector, "write", watched)
        Station.open(folder, "", lambda _: None)


def last_seq(folder: Path) -> int:
    """Where the journal ends."""
    journal = Journal.open(folder / JOURNAL_FILE)
    journal.close()
    return journal.seq
