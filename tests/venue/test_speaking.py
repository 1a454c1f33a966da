"""Languages and voices of the native API: whoever asks chooses, and the numbers stay the same."""

from __future__ import annotations

import re
from pathlib import Path

from longshore.venue.dialects.native import after_loss
from tests.venue.desk import SYMBOL, TOKEN, Desk, Socket, crash, desk_on, in_loop, until

HEADERS = {"host": "localhost", "authorization": f"Bearer {TOKEN}"}
HELD = f"/explain?position={SYMBOL}"


async def raw(desk: Desk, path: str, **headers: str) -> tuple[int, dict[str, object]]:
    """A GET with headers, whatever comes of it."""
    reply = await desk.client.get(f"/api/v1{path}", headers=headers)
    return reply.status_code, dict(reply.json())


def numbers(sentences: list[str]) -> list[str]:
    """All numbers of sentences, in whatever order the language puts them."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", " ".join(sentences)))


@in_loop
async def test_a_request_chooses_its_language_and_its_voice(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        english = await desk.get(HELD)
        german = await desk.get(f"{HELD}&lang=de")
        _, by_header = await raw(desk, HELD, **{"Accept-Language": "fr, de;q=0.9, en;q=0.1"})
        short = await desk.get(f"{HELD}&lang=de&voice=pro")
        about = await desk.get("/about?lang=de")
    assert english["sentences"][0].startswith("You own no BTC.")
    assert german["sentences"][0].startswith("Du besitzt keine BTC.")
    assert german == by_header
    assert numbers(german["sentences"]) == numbers(english["sentences"])
    assert short["sentences"][0].startswith("Long BTC · $")
    assert len(" ".join(short["sentences"])) < len(" ".join(german["sentences"])) / 2
    assert (about["language"], about["banner"]) == ("de", "Übungsgeld. Nichts hier ist echt.")
    assert {each["code"] for each in about["languages"]} == {"en", "de"}


@in_loop
async def test_facts_are_the_same_in_every_language_and_voice(folder: Path) -> None:
    """The API voice: a message's name, its values, its text."""
    order = f"when=before&symbol={SYMBOL}&side=buy&size=0.01&leverage=10"
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        for path in (HELD, f"/explain?{order}"):
            told = [await desk.get(f"{path}{more}") for more in ("", "&lang=de", "&voice=pro")]
            for reply in told:
                assert [fact["text"] for fact in reply["facts"]] == reply["sentences"]
            keys = [[fact["key"] for fact in reply["facts"]] for reply in told]
            assert keys[0] == keys[1] == keys[2]
            assert "liquidation-long" in keys[0]
        more = order.replace("leverage=10", "reduce_only=true")
        refused = await desk.get(f"/explain?{more}")
    assert [fact["key"] for fact in refused["facts"]] == ["reject-would-not-reduce"]


@in_loop
async def test_a_language_or_voice_that_is_not_here_is_refused_by_its_name(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for field, wrong in (("lang", "fr"), ("voice", "loud"), ("lang", "DE")):
            status, error = await raw(desk, f"/account?{field}={wrong}")
            assert (status, error["code"], error["field"]) == (400, "BAD_VALUE", field)
        status, _ = await raw(desk, "/account", **{"Accept-Language": ";;q=,x;q=x"})
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}&lang=fr", HEADERS)
        refused = await socket.open()
    assert status == 200
    assert (refused["type"], refused["code"]) == ("websocket.close", 4404)


@in_loop
async def test_refusals_and_streams_speak_it_too(folder: Path) -> None:
    async with desk_on(folder) as desk:
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        refused = await desk.client.post(
            "/api/v1/orders", json=body | {"reduce_only": True}, params={"lang": "de"}
        )
        await desk.order(leverage="50", size="0.5")
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}&lang=de", HEADERS)
        await socket.open()
        [card] = (await socket.message())["account"]["account"]["positions"]
        await crash(desk, 5)
        told = await until(socket, "notice")
        await socket.close()
        plain = (await desk.get("/account"))["positions"]
    assert refused.json()["message"].startswith("Es gibt keine Position")
    assert card["sentences"][0].startswith("Du besitzt keine BTC.")
    assert told["text"].startswith("Der Kontowert")
    assert all("Du" not in " ".join(each["sentences"]) for each in plain)


@in_loop
async def test_added_margin_says_where_liquidation_went(folder: Path) -> None:
    """T15: nothing is said when margin is taken out."""
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        [old] = (await desk.get("/account"))["positions"]
        more = (await desk.post(f"/positions/{SYMBOL}/margin", {"amount": "25"})).json()
        [new] = (await desk.get("/account"))["positions"]
        less = (await desk.post(f"/positions/{SYMBOL}/margin", {"amount": "-20"})).json()
    before, after = (each["liquidation"]["price_text"] for each in (old, new))
    assert before != after
    assert more["sentences"] == [
        "You added $25.00. Your size did not change. "
        f"Liquidation moved from {before} to {after}, {new['liquidation']['distance_pct']}% away."
    ]
    assert less["sentences"] == []


@in_loop
async def test_a_large_order_soon_after_a_loss_is_told_so(folder: Path) -> None:
    """UX-51, T18: not while it is of the usual size, nor longer than half an hour after it."""
    body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.03"}
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        calm = (await desk.post("/preview", body)).json()
        await crash(desk, 1)
        await desk.post(f"/positions/{SYMBOL}/close", {})
        large = (await desk.post("/preview", body)).json()
        usual = (await desk.post("/preview", body | {"size": "0.012"})).json()
        [fill] = [f for f in await desk.get("/fills") if f["side"] == "sell"]
        venue = desk.station.venue
        info, mine = venue.catalog.market(SYMBOL), venue.accounts.account_id("learner")
        assert mine is not None
        fills = await venue.history.fills(mine)
        soon, late = (venue.now_us + minutes * 60_000_000 for minutes in (30, 31))
        assert after_loss.told(info, fills, 10**12, soon)
        assert not after_loss.told(info, fills, 10**12, late)
    assert calm["warnings"] == usual["warnings"] == []
    [told] = large["warnings"]
    loss = f"{-float(fill['pnl']):,.2f}"
    assert told == f"This order is 3 times your usual size, 0 s after a loss of ${loss}."
