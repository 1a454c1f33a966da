"""The watch in a venue: alerts come by themselves, are kept, and what is made of them is logged."""

from __future__ import annotations

from pathlib import Path

from longshore.surveillance.alert import Pattern
from longshore.surveillance.watch import Watch
from longshore.venue.database import cut_after
from longshore.venue.inheriting import SINCE
from longshore.venue.station import ACCOUNTS_FILE
from tests.surveillance.stream import CATALOG, batch
from tests.surveillance.test_watch import everything
from tests.venue.desk import SCENARIO, SYMBOL, Desk, desk_on, in_loop

ALONE = SCENARIO.replace('[[agent]]\nkind = "maker"\n', "")


async def washed(desk: Desk) -> None:
    """Two of one hand, in a market where nobody else is."""
    for name in ("anna", "bert"):
        await desk.account(name)
    price = str(int(float((await desk.get(f"/markets/{SYMBOL}"))["index"])))
    pair = ["anna", "bert"]
    for _ in range(16):
        order = {"price": price, "size": "0.05", "type": "limit"}
        await desk.order(pair[0], side="sell", **order)
        await desk.order(pair[1], side="buy", **order)
        pair.reverse()


def put_alerts(desk: Desk) -> None:
    """One of each pattern, as a watch gave them."""
    for made in Watch(CATALOG).see(batch(everything().events)):
        desk.station.venue.alerts.file(made)


@in_loop
async def test_alerts_are_listed_with_evidence_and_answered_with_a_reason(tmp_path: Path) -> None:
    """SURV-009"""
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        page = await desk.get("/operator/alerts")
        assert page["watching"]
        assert sorted(each["pattern"] for each in page["alerts"]) == sorted(Pattern)
        assert {each["state"] for each in page["alerts"]} == {"open"}
        newest = page["alerts"][0]
        older = await desk.get(f"/operator/alerts?before={newest['id']}&limit=2")
        assert older["alerts"] == page["alerts"][1:3]
        one = await desk.get(f"/operator/alerts/{newest['id']}")
        assert one["alert"] == newest
        assert one["evidence"]
        for each in one["evidence"]:
            assert newest["from_seq"] <= each["seq"] <= newest["to_seq"]
            assert newest["from_time"] <= each["time"] <= newest["to_time"]
            assert each["text"]
        done = await desk.client.put(
            f"/api/v1/operator/alerts/{newest['id']}",
            json={"state": "dismissed"},
            params={"why": "a drill"},
        )
        assert done.status_code == 200, done.text
        dismissed = await desk.get("/operator/alerts?state=dismissed")
        assert [each["id"] for each in dismissed["alerts"]] == [newest["id"]]
        deed = (await desk.get("/operator/log"))[0]
        assert (deed["why"], deed["text"]) == ("a drill", done.json()["text"])


@in_loop
async def test_alerts_outlive_the_venue(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        before = await desk.get("/operator/alerts")
    async with desk_on(tmp_path) as desk:
        assert await desk.get("/operator/alerts") == before


@in_loop
async def test_the_running_venue_watches_its_own_stream(tmp_path: Path) -> None:
    """SURV-001, SURV-002"""
    async with desk_on(tmp_path, ALONE) as desk:
        await washed(desk)
        found = (await desk.get("/operator/alerts"))["alerts"]
        assert [(each["pattern"], each["accounts"]) for each in found] == [
            ("wash-trades", ["anna", "bert"])
        ]


@in_loop
async def test_what_is_wrong_is_refused_by_field_and_changes_nothing(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        before = await desk.get("/operator/alerts")
        for path, status, field in (
            ("/operator/alerts?limit=0", 400, "limit"),
            ("/operator/alerts?before=0", 400, "before"),
            ("/operator/alerts?state=lost", 400, "state"),
            ("/operator/alerts/0", 400, "id"),
            ("/operator/alerts/²", 400, "id"),
            (f"/operator/alerts/{2**63}", 400, "id"),
            ("/operator/alerts/999", 404, "id"),
        ):
            reply = await desk.client.get(f"/api/v1{path}")
            assert (reply.status_code, reply.json()["field"]) == (status, field), path
        for number, body in ((1, {"state": "lost"}), (999, {"state": "open"})):
            reply = await desk.client.put(f"/api/v1/operator/alerts/{number}", json=body)
            assert reply.status_code in {400, 404}
        assert await desk.get("/operator/alerts") == before
        assert await desk.get("/operator/log") == []


@in_loop
async def test_an_error_of_our_own_stops_the_watch_and_not_the_venue(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        desk.station.venue.alerts._watch.see = lambda _: 1 // 0
        await desk.order()
        assert not (await desk.get("/operator/alerts"))["watching"]
        await desk.order()


@in_loop
async def test_a_file_of_alerts_has_a_line_each(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        reply = await desk.client.get("/api/v1/operator/alerts.csv")
        assert reply.headers["content-type"].startswith("text/csv")
        assert len(reply.text.splitlines()) == 1 + len(Pattern)


@in_loop
async def test_a_branch_has_no_alert_of_what_has_not_happened_in_it(tmp_path: Path) -> None:
    """SURV-009"""
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        ends = sorted(each["to_seq"] for each in (await desk.get("/operator/alerts"))["alerts"])
        until = ends[len(ends) // 2]
        cut_after(tmp_path / ACCOUNTS_FILE, SINCE, until)
        left = sorted(each["to_seq"] for each in (await desk.get("/operator/alerts"))["alerts"])
    assert left == [each for each in ends if each <= until] != ends
