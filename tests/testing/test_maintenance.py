"""Scheduled maintenance as unmodified clients meet it, in each dialect's own words."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path

import ccxt
import httpx
import pytest
import websockets

from longshore.cli.app import run_app
from longshore.explain.downtimes import planned
from longshore.testing.venue import Account, TestingError, Venue, open_venue

UNIFIED, PAIR = "BTC/USD:USD", "BTC/USD"
SMALL = 0.001
PAGE = (Path(__file__).parents[2] / "docs/how-to/plan-maintenance.md").read_text("utf-8")


@pytest.fixture(scope="module")
def venue():
    with open_venue(markets=("PF_XBTUSD", "XBT/USD")) as made:
        yield made


@pytest.fixture(scope="module")
def anna(venue: Venue) -> Account:
    return venue.account("anna", spot={"USD": 100_000}, USD=100_000)


@pytest.fixture(scope="module")
def spot(venue: Venue, anna: Account):
    return loaded(venue, anna, "kraken")


@pytest.fixture(scope="module")
def futures(venue: Venue, anna: Account):
    return loaded(venue, anna, "krakenfutures")


@pytest.fixture(scope="module")
def usdm(venue: Venue, anna: Account):
    return loaded(venue, anna, "binanceusdm")


def loaded(venue: Venue, account: Account, name: str):
    made = venue.ccxt(name, account)
    made.load_markets()
    return made


def rest(venue: Venue, path: str) -> dict:
    return httpx.get(f"{venue.origin}{path}").json()


def test_kraken_spot_says_what_it_takes_and_refuses_in_its_own_words(venue, spot):
    """Cancel_only, maintenance, post_only, online."""
    resting = spot.create_order(PAIR, "limit", "buy", SMALL, 50_000)["id"]
    number = venue.plan_maintenance(2, closing_min=1, opening_min=1, reason="A new engine")
    try:
        assert rest(venue, "/0/public/SystemStatus")["result"]["status"] == "cancel_only"
        with pytest.raises(ccxt.OnMaintenance, match="cancel_only"):
            spot.create_order(PAIR, "limit", "buy", SMALL, 50_000)
        venue.step(61)
        assert spot.fetch_status()["status"] == "maintenance"
        for ask in (
            lambda: spot.create_order(PAIR, "market", "buy", SMALL),
            lambda: spot.cancel_order(resting),
            spot.fetch_balance,
        ):
            with pytest.raises(ccxt.ExchangeNotAvailable, match="EService:Unavailable"):
                ask()
        assert spot.fetch_order_book(PAIR)["bids"]
        venue.step(121)
        assert rest(venue, "/0/public/SystemStatus")["result"]["status"] == "post_only"
        with pytest.raises(ccxt.OnMaintenance, match="post_only"):
            spot.create_order(PAIR, "market", "buy", SMALL)
        venue.step(61)
        assert spot.fetch_status()["status"] == "ok"
        spot.cancel_order(resting)
        assert spot.fetch_open_orders(PAIR) == []
    finally:
        ended(venue, number)


def ended(venue: Venue, number: int) -> None:
    """It is over, if it is not."""
    for _ in range(2):
        try:
            venue.end_maintenance(number)
        except TestingError:
            return


def test_kraken_spot_tells_of_it_before(venue):
    number = venue.plan_maintenance(30, 20, reason="A new engine")
    try:
        (told,) = rest(venue, "/0/public/SystemStatus")["result"]["upcoming_maintenance"]
        assert told["title"] == "Scheduled Maintenance - A new engine"
        assert told["phase"] == "approaching_30m"
        assert 1_190 <= told["time_to_start_s"] <= 1_200
        assert rest(venue, "/0/public/MaintenanceSchedule")["result"]["events"] == [told]
    finally:
        ended(venue, number)
    assert "upcoming_maintenance" not in rest(venue, "/0/public/SystemStatus")["result"]
    assert rest(venue, "/0/public/MaintenanceSchedule")["result"] == {"events": []}


def test_kraken_futures_refuses_and_notifies(venue, futures):
    """`Unavailable` while it is down; a suspended market before it."""
    number = venue.plan_maintenance(2, 3, closing_min=1, opening_min=1, reason="A new engine")
    try:
        (told,) = futures.privateGetNotifications()["notifications"]
        assert (told["type"], told["priority"]) == ("maintenance", "high")
        assert told["note"] == "Maintenance, about 2 minutes. A new engine"
        venue.step(121)
        with pytest.raises(ccxt.ExchangeNotAvailable, match="marketSuspended"):
            futures.create_order(UNIFIED, "market", "buy", SMALL)
        venue.step(60)
        for ask in (lambda: futures.create_order(UNIFIED, "market", "buy", SMALL),
                    futures.fetch_balance):  # fmt: skip
            with pytest.raises(ccxt.ExchangeNotAvailable, match="Unavailable"):
                ask()
        (row,) = futures.publicGetInstruments()["instruments"]
        assert row["tradeable"] is False
        venue.step(121)
        (row,) = futures.publicGetInstruments()["instruments"]
        assert (row["tradeable"], row["postOnly"]) == (True, True)
        (told,) = futures.privateGetNotifications()["notifications"]
        assert told["type"] == "market"
        venue.step(61)
        assert futures.privateGetNotifications()["notifications"] == []
        assert futures.create_order(UNIFIED, "market", "buy", SMALL)["id"]
    finally:
        ended(venue, number)


def test_binance_says_so_and_refuses(venue, usdm):
    with venue.maintenance():
        assert usdm.fetch_status()["status"] == "maintenance"
        with pytest.raises(ccxt.OnMaintenance):
            usdm.create_order(usdm.symbols[0], "market", "buy", SMALL)
        with pytest.raises(ccxt.OnMaintenance):
            usdm.fetch_balance()
        assert usdm.fetch_time()
    assert usdm.fetch_status()["status"] == "ok"
    assert usdm.fetch_balance()["USD"]["total"] > 0


async def heard(socket, wanted: Callable[[dict], bool]) -> dict:
    while True:
        told = json.loads(await asyncio.wait_for(socket.recv(), 10))
        if wanted(told):
            return told


@pytest.mark.parametrize(
    ("path", "word", "wanted"),
    [
        ("/v2", lambda m: m["data"][0]["system"], lambda m: m.get("channel") == "status"),
        ("/", lambda m: m["status"], lambda m: m.get("event") == "systemStatus"),
    ],
)
def test_kraken_spot_sockets_hear_of_each_step(venue, path, word, wanted):
    """Told at first and whenever it changes, without a subscription."""

    async def follow() -> list[str]:
        address = venue.origin.replace("http", "ws") + path
        async with websockets.connect(address) as socket:
            seen = [word(await heard(socket, wanted))]
            number = await asyncio.to_thread(venue.plan_maintenance, 1, closing_min=1)
            seen.append(word(await heard(socket, wanted)))
            await asyncio.to_thread(venue.step, 61)
            seen.append(word(await heard(socket, wanted)))
            await asyncio.to_thread(venue.end_maintenance, number)
            seen.append(word(await heard(socket, wanted)))
            await asyncio.to_thread(venue.end_maintenance, number)
            return [*seen, word(await heard(socket, wanted))]

    expected = ["online", "cancel_only", "maintenance", "post_only", "online"]
    assert asyncio.run(follow()) == expected


def test_an_order_over_the_spot_socket_is_refused(venue, spot):
    async def placed() -> str:
        token = await asyncio.to_thread(spot.privatePostGetWebSocketsToken)
        params = {"order_type": "limit", "side": "buy", "order_qty": SMALL, "symbol": PAIR}
        params |= {"limit_price": 50_000, "token": token["result"]["token"]}
        address = venue.origin.replace("http", "ws") + "/v2"
        async with websockets.connect(address) as socket:
            with venue.maintenance():
                await socket.send(json.dumps({"method": "add_order", "params": params}))
                told = await heard(socket, lambda m: m.get("method") == "add_order")
        return told["error"]

    assert asyncio.run(placed()) == "EService:Unavailable"


def test_what_cannot_be_planned_is_named(venue):
    with pytest.raises(TestingError, match="BAD_VALUE"):
        venue.plan_maintenance(0)
    with venue.maintenance(), pytest.raises(TestingError, match="DOWNTIMES_OVERLAP"):
        venue.plan_maintenance()


def test_the_futures_feed_notifies(venue, anna, futures):
    async def follow() -> list[str]:
        pro = venue.ccxt("krakenfutures", anna, "pro")
        address = venue.origin.replace("http", "ws") + "/ws/v1"
        async with websockets.connect(address) as socket:
            await socket.send(json.dumps({"event": "challenge", "api_key": anna.key}))
            asked = await heard(socket, lambda m: m.get("event") == "challenge")
            signed = pro.hmac(
                pro.hash(pro.encode(asked["message"]), "sha256", "binary"),
                pro.base64_to_binary(anna.secret), "sha512", "base64",
            )  # fmt: skip
            wanted = {"event": "subscribe", "feed": "notifications_auth", "api_key": anna.key}
            wanted |= {"original_challenge": asked["message"], "signed_challenge": signed}
            await socket.send(json.dumps(wanted))
            feed = lambda m: m.get("feed") == "notifications_auth" and "notifications" in m  # noqa: E731
            seen = [await heard(socket, feed)]
            number = await asyncio.to_thread(venue.plan_maintenance, 5, 60)
            seen.append(await heard(socket, feed))
            await asyncio.to_thread(venue.end_maintenance, number)
        await pro.close()
        return [each["type"] for told in seen for each in told["notifications"]]

    assert asyncio.run(follow()) == ["maintenance"]


def test_the_page_s_example_holds(venue):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict = {}
    exec(code, names)  # noqa: S102 - the page of this repository
    names["test_a_bot_meets_maintenance"](venue)
    (each,) = planned(venue._hands.view)
    ended(venue, each.number)


def test_the_page_s_commands_are_there(capsys):
    lines = [line.split() for line in PAGE.splitlines() if line.startswith("    longshore")]
    asked = {tuple(line[1:3]) for line in lines}
    assert asked == {("maintenance", name) for name in ("plan", "planned", "off")}
    for line in lines:
        assert run_app([*line[1:3], "--help"]) == 0
        told = capsys.readouterr().out.lower()
        assert all(f"--{word[2:]}" in told for word in line if word.startswith("--"))
