"""Custody over the native API: from a wallet of one's own to the venue and back, and refusals."""

from __future__ import annotations

from longshore.venue import custody as venue_custody
from tests.venue.desk import desk_on, in_loop
from tests.venue.test_custody import DAY_S, SCENARIO

HOUR_S = 3_600


def code_of(reply, status):
    assert reply.status_code == status, reply.text
    return reply.json()["code"], reply.json()["field"]


async def got(desk, path, body, account="learner"):
    reply = await desk.post(path, body, account)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def coins(desk, words, network="ferry"):
    opened = await got(desk, "/custody/wallet", {"words": words})
    return next(each for each in opened["coins"] if each["network"] == network)


@in_loop
async def test_coins_go_from_ones_own_wallet_to_the_venue_and_back(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        words = (await got(desk, "/custody/wallet", {}))["words"]
        mine = (await coins(desk, words))["address"]
        gift = {"network": "ferry", "asset": "USD", "address": mine, "amount": "500"}
        await got(desk, "/operator/custody/gifts", gift)
        await desk.step(60)
        assert (await coins(desk, words))["amount"] == "500"
        place = await got(desk, "/custody/addresses", {"network": "ferry"})
        assert place["address"].startswith("practice-hull-")
        send = {"words": words, "network": "ferry", "asset": "USD", "amount": "200"}
        sent = await got(desk, "/custody/wallet/send", send | {"address": place["address"]})
        (deposit,) = await desk.get("/custody/deposits")
        assert (deposit["txid"], deposit["stage"]) == (sent["txid"], "seen")
        await desk.step(600)
        (deposit,) = await desk.get("/custody/deposits")
        assert (deposit["stage"], deposit["amount"]) == ("credited", "200")
        entry = {"name": "mine", "network": "ferry", "address": mine}
        assert (await got(desk, "/custody/book", entry))["usable"] is False
        await desk.step(DAY_S)
        asked = {"name": "mine", "asset": "USD", "amount": "150"}
        told = await got(desk, "/custody/withdrawals/code", asked)
        assert told["code"] in told["message"]
        made = await got(desk, "/custody/withdrawals", asked | {"code": told["code"]})
        assert (made["stage"], made["arrives"], made["fee"]) == ("waiting", "149.9", "0.1")
        again = await desk.post("/custody/withdrawals", asked | {"code": told["code"]})
        assert code_of(again, 422) == ("CODE_NEEDED", "code")
        before = float((await coins(desk, words))["amount"])
        await desk.step(HOUR_S)
        (made,) = await desk.get("/custody/withdrawals")
        assert made["stage"] == "done"
        assert float((await coins(desk, words))["amount"]) == before + 149.9
        late = await desk.client.delete("/api/v1/custody/withdrawals/1")
        assert code_of(late, 422) == ("ALREADY_SENT", "id")
        for row in await desk.get("/custody/holdings"):
            books = sum(float(each["amount"]) for each in row["books"])
            assert abs(books - float(row["on_chains"])) < 1e-6


@in_loop
async def test_a_wrong_code_takes_nothing_and_three_void_it(tmp_path, monkeypatch):
    terms = venue_custody.msgspec.structs.replace(venue_custody.TERMS, book_wait_us=0)
    monkeypatch.setattr(venue_custody, "TERMS", terms)
    async with desk_on(tmp_path, SCENARIO) as desk:
        mine = (await coins(desk, ""))["address"]
        await got(desk, "/custody/book", {"name": "mine", "network": "ferry", "address": mine})
        asked = {"name": "mine", "asset": "USD", "amount": "150", "wallet": "flex"}
        right = (await got(desk, "/custody/withdrawals/code", asked))["code"]
        digest = desk.digest()
        wrong = str(int(right) + 1)[-6:].zfill(6)
        for body, code in (
            (asked, "CODE_WRONG"),
            (asked | {"code": wrong}, "CODE_WRONG"),
            (asked | {"code": right, "amount": "151"}, "CODE_WRONG"),
            (asked | {"code": right}, "CODE_NEEDED"),
        ):
            assert code_of(await desk.post("/custody/withdrawals", body), 422) == (code, "code")
        assert desk.digest() == digest
        dear = asked | {"amount": "10001"}
        code = (await got(desk, "/custody/withdrawals/code", dear))["code"]
        reply = await desk.post("/custody/withdrawals", dear | {"code": code})
        assert code_of(reply, 422) == ("INSUFFICIENT_FUNDS", "amount")
        frozen = await desk.client.put("/api/v1/operator/custody/freeze", json={"frozen": True})
        assert frozen.status_code == 200
        code = (await got(desk, "/custody/withdrawals/code", asked))["code"]
        reply = await desk.post("/custody/withdrawals", asked | {"code": code})
        assert code_of(reply, 422) == ("FROZEN", "")


@in_loop
async def test_what_comes_without_its_memo_is_the_venues_to_give(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        await desk.account("other")
        place = await got(desk, "/custody/addresses", {"network": "harbour"})
        gift = {"network": "harbour", "asset": "USD", "address": place["address"], "amount": "40"}
        await got(desk, "/operator/custody/gifts", gift)
        await got(desk, "/operator/custody/gifts", gift | {"memo": place["memo"]})
        await desk.step(600)
        (mine,) = await desk.get("/custody/deposits")
        assert (mine["stage"], mine["memo"]) == ("credited", place["memo"])
        assert await desk.get("/custody/deposits", "other") == []
        body = {"id": 1, "account": "learner"}
        await got(desk, "/operator/custody/recoveries", body)
        twice = await desk.post("/operator/custody/recoveries", body)
        assert code_of(twice, 422) == ("NOT_UNCLAIMED", "id")
        rows = await desk.get("/custody/deposits")
        assert [each["stage"] for each in rows] == ["credited", "credited"]


@in_loop
async def test_bad_addresses_networks_and_words_are_refused_by_name(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        mine = (await coins(desk, ""))["address"]
        entry = {"name": "mine", "network": "ferry", "address": mine}
        gift = {"network": "ferry", "asset": "USD", "address": mine, "amount": "1"}
        for path, body, status, expected in (
            ("/custody/addresses", {"network": "moon"}, 404, ("UNKNOWN_NETWORK", "network")),
            ("/custody/book", entry | {"network": "moon"}, 404, ("UNKNOWN_NETWORK", "network")),
            ("/custody/book", entry | {"address": "0x1"}, 400, ("BAD_ADDRESS", "address")),
            (
                "/custody/book",
                entry | {"address": mine[:-1] + "a"},
                400,
                ("BAD_ADDRESS", "address"),
            ),
            ("/custody/book", entry | {"name": " "}, 400, ("BAD_NAME", "name")),
            ("/custody/book", entry | {"memo": "x" * 31}, 400, ("BAD_MEMO", "memo")),
            ("/custody/wallet", {"words": "abandon " * 12}, 400, ("BAD_VALUE", "words")),
            ("/operator/custody/gifts", gift | {"amount": "0"}, 400, ("BAD_VALUE", "amount")),
            ("/operator/custody/gifts", gift | {"asset": "XBT"}, 422, ("NOT_ON_NETWORK", "asset")),
            ("/operator/custody/gifts", gift | {"address": "1"}, 400, ("BAD_ADDRESS", "address")),
        ):
            assert code_of(await desk.post(path, body), status) == expected, (path, body)
        assert await desk.get("/custody/book") == []
        gone = await desk.client.delete("/api/v1/custody/book/mine")
        assert code_of(gone, 404) == ("UNKNOWN_ADDRESS", "name")
