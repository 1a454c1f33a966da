"""The exercise with messages: all are told apart by what they ask, and bait has its price."""

from __future__ import annotations

import pytest

from longshore.custody.messages import MESSAGES, THIEF
from longshore.custody.wallet import address_of, read_words
from tests.venue.desk import desk_on, in_loop
from tests.venue.test_custody import SCENARIO
from tests.venue.test_custody_routes import code_of, coins, got


def gift(address, network, asset, amount):
    return {"network": network, "asset": asset, "address": address, "amount": amount}


@in_loop
async def test_a_message_does_not_say_what_it_is_and_a_verdict_does(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        listed = await desk.get("/custody/messages")
        assert [each["id"] for each in listed] == [each.name for each in MESSAGES]
        assert not any({"bait", "right"} & set(each) for each in listed)
        for message in MESSAGES:
            for verdict in ("real", "bait"):
                told = await got(desk, f"/custody/messages/{message.name}", {"verdict": verdict})
                assert told["bait"] is message.is_bait
                assert told["right"] is ((verdict == "bait") == message.is_bait)
                assert told["text"].startswith("Bait" if message.is_bait else "Real")


@in_loop
async def test_words_that_are_typed_into_bait_lose_the_coins_for_good(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        words = (await got(desk, "/custody/wallet", {}))["words"]
        mine = (await coins(desk, words))["address"]
        chain_of_coins = (await coins(desk, words, "granite"))["address"]
        await got(desk, "/operator/custody/gifts", gift(mine, "ferry", "USD", "500"))
        await got(desk, "/operator/custody/gifts", gift(mine, "lattice", "USD", "70"))
        await got(desk, "/operator/custody/gifts", gift(chain_of_coins, "granite", "XBT", "1"))
        await desk.step(7_200)
        body = {"verdict": "real", "words": words}
        told = await got(desk, "/custody/messages/restore", body)
        assert (told["right"], told["bait"]) == (False, True)
        taken = {(each["network"], each["asset"]) for each in told["taken"]}
        assert taken == {("ferry", "USD"), ("granite", "XBT")}, "Lattice's fee is paid in ETH"
        await desk.step(7_200)
        left = {network: (await coins(desk, words, network)) for network in ("ferry", "granite")}
        assert [each["amount"] for each in left.values()] == ["0", "0"]
        opened = await got(desk, "/custody/wallet", {"words": THIEF})
        theirs = {(each["network"], each["asset"]): each["amount"] for each in opened["coins"]}
        for each in told["taken"]:
            assert theirs[each["network"], each["asset"]] == each["amount"]
        assert (await got(desk, "/custody/messages/restore", body))["taken"] == []
        for row in await desk.get("/custody/holdings"):
            books = sum(float(each["amount"]) for each in row["books"])
            assert abs(books - float(row["on_chains"])) < 1e-6


@in_loop
async def test_what_is_asked_wrongly_is_refused_by_name(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        words = (await got(desk, "/custody/wallet", {}))["words"]
        for path, body, status, code, field in (
            ("restore", {"verdict": "bait", "words": "my real words"}, 400, "BAD_VALUE", "words"),
            ("moved", {"verdict": "real", "words": words}, 400, "BAD_VALUE", "words"),
            ("moved", {"verdict": "maybe"}, 400, "BAD_VALUE", "verdict"),
            ("none", {"verdict": "real"}, 404, "UNKNOWN_MESSAGE", "message"),
        ):
            reply = await desk.post(f"/custody/messages/{path}", body)
            assert code_of(reply, status) == (code, field)


@pytest.mark.parametrize("family", ["granite", "hull", "harbour"])
def test_the_thief_is_nobody_of_the_venue_s(family):
    assert read_words(THIEF) == THIEF
    assert address_of(THIEF, family).startswith(f"practice-{family}-")
