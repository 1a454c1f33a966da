"""What a tier may bring in and take out within a day: data of the rules of residence."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from longshore.engine.codes import Gate, Reject
from longshore.venue.custody_terms import STANDARD, TERMS, of_tier
from longshore.venue.onshore import regimes
from tests.venue.desk import SCENARIO, desk_on, in_loop
from tests.venue.onshore import LATE, MIDNIGHT_S, lives, show
from tests.venue.test_custody import SCENARIO as SPARSE
from tests.venue.test_custody_routes import got
from tests.venue.test_onshore import comes

DAY_S = 86_400
SLOW = SPARSE.replace('rulebook = "kraken"', 'rulebook = "kraken"\nonshore = "kraken"')


async def left_today(desk, network="ferry", asset="USD"):
    return next(
        each["left_today"]
        for each in await desk.get("/custody/networks")
        if (each["network"], each["asset"]) == (network, asset)
    )


@in_loop
async def test_who_is_known_little_brings_in_no_more_than_the_tier_allows(tmp_path):
    async with desk_on(tmp_path, LATE) as desk:
        await lives(desk, "DE")
        await show(desk, "lena", "basic")
        money = {"account": "learner", "asset": "USD", "amount": "24999"}
        assert (await desk.post("/operator/deposits", money)).status_code == 200
        await comes(desk, Reject.NONE, Gate.DEPOSIT)
        reply = await desk.post("/operator/deposits", money | {"amount": "1"})
        assert reply.status_code == 200
        await comes(desk, Reject.OVER_LIMIT, Gate.DEPOSIT)
        reply = await desk.post("/operator/deposits", money)
        assert reply.json()["code"] == "OVER_LIMIT"
        await desk.step(MIDNIGHT_S)
        await comes(desk, Reject.NONE, Gate.DEPOSIT)
        assert (await desk.post("/operator/deposits", money | {"amount": "25000"})).is_success
        await comes(desk, Reject.OVER_LIMIT, Gate.DEPOSIT)
        await show(desk, "lena", "intermediate")
        await comes(desk, Reject.NONE, Gate.DEPOSIT)


@in_loop
async def test_as_much_goes_out_as_the_tier_allows(tmp_path):
    async with desk_on(tmp_path, SLOW) as desk:
        await lives(desk, "DE")
        await show(desk, "lena", "intermediate")
        assert await left_today(desk) == "50000"
        money = {"account": "learner", "asset": "USD", "amount": "90000"}
        assert (await desk.post("/operator/deposits", money)).is_success
        mine = (await got(desk, "/custody/wallet", {}))["coins"]
        address = next(each["address"] for each in mine if each["network"] == "ferry")
        book = {"name": "mine", "network": "ferry", "address": address}
        await got(desk, "/custody/book", book)
        await desk.step(DAY_S)
        asked = {"name": "mine", "asset": "USD", "amount": "50001", "wallet": "flex"}
        code = (await got(desk, "/custody/withdrawals/code", asked))["code"]
        reply = await desk.post("/custody/withdrawals", asked | {"code": code})
        assert (reply.json()["code"], reply.json()["field"]) == ("OVER_LIMIT", "amount")
        asked["amount"] = "50000"
        code = (await got(desk, "/custody/withdrawals/code", asked))["code"]
        await got(desk, "/custody/withdrawals", asked | {"code": code})
        assert await left_today(desk) == "0"
        await show(desk, "lena", "pro")
        assert await left_today(desk) == "200000"
    async with desk_on(tmp_path, SLOW) as desk:
        assert await left_today(desk) == "200000"


@in_loop
async def test_where_nobody_is_asked_the_standard_limits_count(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        assert await left_today(desk) == "250000"


def test_custody_knows_the_limits_of_all_rules_by_name():
    """So that what was let through by other rules is let through again when it is replayed."""
    named = {of_tier(name, tier) for name in regimes.names() for tier in regimes.TIERS}
    assert set(TERMS.daily_atoms) == {STANDARD, *named}


def told(tier):
    """A line of the page."""
    limits = regimes.load("kraken").limits[tier]
    inward = f"{regimes.number(limits.deposit_day):,} USD"
    outward = [f"{regimes.number(v):,} {name}" for name, v in limits.withdrawal_day.items()]
    return f"| {tier} | {inward} | {', '.join(outward) or 'nothing'} |".replace(
        "| 0 USD", "| nothing" if tier == "unverified" else "| no limit"
    )


@pytest.mark.parametrize("tier", regimes.TIERS)
def test_the_page_tells_them(tier):
    page = Path(__file__).parents[2] / "docs/how-to/ask-who-trades.md"
    assert told(tier) in page.read_text("utf-8")


def test_rules_without_the_limits_of_a_tier_are_none(monkeypatch, tmp_path):
    whole = (resources.files("longshore.venue.onshore") / "regimes" / "cautious.toml").read_text(
        "utf-8"
    )
    (tmp_path / "regimes").mkdir()
    (tmp_path / "regimes" / "short.toml").write_text(whole.replace("limits.pro", "limits.basic2"))
    monkeypatch.setattr(regimes.resources, "files", lambda _: tmp_path)
    with pytest.raises(msgspec.ValidationError, match="basic2"):
        regimes.load("short")
    without = re.sub(r"\[limits\.pro\](.|\n)*?(?=\[jurisdictions)", "", whole)
    (tmp_path / "regimes" / "shorter.toml").write_text(without)
    with pytest.raises(regimes.RegimeError, match="limits are for unverified, basic"):
        regimes.load("shorter")
