"""A branch's history is what its parent's was then, row for row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from longshore.engine.engine import Engine
from longshore.journal.replay import replay
from longshore.journal.store import Journal
from longshore.venue.inheriting import inherit
from longshore.venue.projections import candles
from longshore.venue.projections.candles import MINUTE_US
from longshore.venue.projections.projector import CURSOR, connect, open_projector, read_cursor
from longshore.venue.projections.rebuild import _Writer
from longshore.venue.projections.tables import METADATA
from longshore.venue.station import ACCOUNTS_FILE, HISTORY_FILE
from longshore.world.branch import branch
from longshore.world.moment import Moment
from longshore.world.world import JOURNAL_FILE, World
from tests.venue.desk import SYMBOL, Desk, desk_on, in_loop


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Everything in a history."""
    engine = connect(path)
    with engine.connect() as connection:
        found = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in METADATA.sorted_tables
            if table.name not in (CURSOR.name, candles.TABLE.name)
        }
        minutes = connection.execute(select(candles.TABLE)).mappings()
        found["candles"] = [dict(row) for row in minutes]
        assert read_cursor(connection)[0] > 0
    engine.dispose()
    return found


def written_until(parent: Path, row: int, path: Path) -> None:
    """The history of a journal's rows up to one of them, made from nothing."""
    journal = Journal.open(parent / JOURNAL_FILE)
    world = World.open(parent)
    projector = open_projector(path, world)
    engine = Engine(world.parts.setup)
    writer = _Writer(projector, lambda _: None)
    replay(journal, lambda c, _: engine.apply(c), None, on_batch=writer.take, last_row=row)
    writer.write()
    projector.close()
    world.close()
    journal.close()


async def busy(desk: Desk) -> list[int]:
    """Orders placed, moved, filled, fired and cancelled; the seqs in between."""
    await desk.account("anna")
    ask = float((await desk.get(f"/markets/{SYMBOL}/book"))["asks"][0][0])
    seqs = []
    resting = [
        await desk.order("anna", type="limit", price=f"{ask * part:.0f}", client_id=f"r{part}")
        for part in (0.9, 0.8)
    ]
    stop = {"trigger_price": f"{ask * 0.7:.0f}", "side": "sell", "type": "stop"}
    await desk.order("anna", size="0.02")
    stopped = await desk.order("anna", **stop)
    seqs.append(desk.station.world.journal.seq)
    await desk.step(70)
    ids = [order["order"]["id"] for order in (*resting, stopped)]
    moved = await desk.client.patch(
        f"/api/v1/orders/{ids[0]}?account=anna", json={"price": f"{ask * 0.85:.0f}"}
    )
    assert moved.status_code == 200, moved.text
    seqs.append(desk.station.world.journal.seq)
    await desk.client.delete(f"/api/v1/orders/{ids[1]}?account=anna")
    await desk.order("anna", side="sell", size="0.01")
    await desk.step(5)
    seqs.append(desk.station.world.journal.seq)
    await desk.post("/cancel-all", {}, "anna")
    await desk.account("bert")
    await desk.step(70)
    return seqs


@pytest.mark.timeout(600)
@in_loop
async def test_cut_back_it_is_what_it_was(tmp_path: Path) -> None:
    parent = tmp_path / "main"
    async with desk_on(parent) as desk:
        seqs = await busy(desk)
    for at, seq in enumerate(seqs):
        child = tmp_path / f"child-{at}"
        world = branch(parent, child, Moment(seq=seq))
        begin = world.journal.begin()
        inherit(world, child / HISTORY_FILE, child / ACCOUNTS_FILE)
        world.close()
        fresh = tmp_path / f"fresh-{at}.sqlite"
        written_until(parent, begin.row, fresh)
        ours, theirs = tables(child / HISTORY_FILE), tables(fresh)
        minute = begin.time_us - begin.time_us % MINUTE_US
        for name in theirs:
            if name != "candles":
                assert ours[name] == theirs[name], (name, seq)
        for kinds, until in ((("trade",), minute), (("mark", "index"), minute - 1)):
            mine, others = (
                [b for b in side["candles"] if b["kind"] in kinds and b["start_us"] <= until]
                for side in (ours, theirs)
            )
            assert mine == others, (kinds, seq)
        later = [b for b in ours["candles"] if b["start_us"] > minute]
        assert later == []
        assert (child / ACCOUNTS_FILE).exists()
