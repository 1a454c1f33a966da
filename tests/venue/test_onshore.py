"""Who may trade what: the walk through the gates, and what each one stops until then."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from longshore.cli.app import run_app
from longshore.engine.codes import Gate, Reason, Reject
from longshore.engine.state import position_slot
from longshore.venue.dialects.native.routes import OPERATIONS
from longshore.venue.history import Span
from longshore.venue.onshore.desk import gate_of
from longshore.venue.onshore.documents import Documents
from longshore.venue.onshore.gating import (
    US_PER_DAY,
    Asked,
    Today,
    money_gate,
    next_us,
    product_gate,
)
from longshore.venue.onshore.log import Confirmed, Decided, Excluded, Lives, Shown
from longshore.venue.onshore.regimes import Value, load
from longshore.venue.onshore.standing import stands
from tests.venue.desk import SCENARIO, desk_on, in_loop
from tests.venue.onshore import (
    CAUTIOUS,
    HOUR_S,
    LATE,
    MIDNIGHT_S,
    ONSHORE,
    agree,
    answer,
    lives,
    put,
    refused,
    show,
    through,
)

ISOLATED = {"leverage": "5"}
PAGE = Path(__file__).parents[2] / "docs/how-to/ask-who-trades.md"


def held(desk, gate=Gate.PERPETUAL, account="learner"):
    """What the engine holds of a gate."""
    number = desk.station.accounts.account_id(account)
    return Reject(gate_of(desk.station.world.engine.view.accounts[number], gate))


async def comes(desk, reject, gate=Gate.PERPETUAL):
    """A review follows what was committed, a moment later."""
    for _ in range(200):
        if held(desk, gate) == reject:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{held(desk, gate).name} stays, where {reject.name} is to come")


@in_loop
async def test_a_world_without_such_rules_asks_nobody(tmp_path):
    async with desk_on(tmp_path, SCENARIO) as desk:
        assert not (await desk.get("/onshore"))["on"]
        assert await refused(desk) == ""
        reply = await put(desk, "/onshore/residence", {"country": "US", "state": "TX"})
        assert (reply.status_code, reply.json()["code"]) == (422, "NOT_ONSHORE")


@in_loop
async def test_the_walk_of_somebody_in_the_united_states(tmp_path):
    """Each step opens the next, until five times leverage is taken and twenty refused."""
    async with desk_on(tmp_path, ONSHORE) as desk:
        assert await refused(desk) == "COUNTRY_NOT_KNOWN"
        await lives(desk, "US", "TX")
        assert await refused(desk) == "NOT_IDENTIFIED"
        await show(desk, "ada", "basic")
        assert await refused(desk) == "TIER_TOO_LOW"
        await show(desk, "ada")
        assert await refused(desk) == "NOT_DISCLOSED"
        assert (await agree(desk)).status_code == 200
        assert await refused(desk) == "NOT_ASSESSED"
        assert (await answer(desk, True)).status_code == 200
        assert await refused(desk, **ISOLATED) == ""
        assert await refused(desk, leverage="20", symbol="PF_XBTUSD") == "LEVERAGE_CAPPED"
        told = await desk.get("/onshore")
        assert {step["state"] for step in told["steps"]} == {"done"}
        perpetual = next(gate for gate in told["gates"] if gate["id"] == "perpetual")
        assert (perpetual["open"], perpetual["cap"]) == (True, "10")


@in_loop
async def test_without_a_choice_the_cap_is_the_leverage(tmp_path):
    """Bots that set none can trade, cross, at the cap."""
    async with desk_on(tmp_path, ONSHORE) as desk:
        await through(desk)
        assert await refused(desk) == ""
        number = desk.station.accounts.account_id("learner")
        position = desk.station.world.engine.view.positions[position_slot(number, 1)]
        assert (position.leverage_ppm, position.isolated) == (10_000_000, 0)


@in_loop
async def test_retail_under_esma_s_rules_is_refused_ten_times(tmp_path):
    async with desk_on(tmp_path, CAUTIOUS) as desk:
        await through(desk, "DE")
        assert await refused(desk, leverage="10") == "LEVERAGE_CAPPED"
        assert await refused(desk, leverage="2") == ""


@in_loop
async def test_failed_questions_lower_the_cap_until_others_are_passed(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await lives(desk, "DE")
        await show(desk, "lena")
        await agree(desk)
        assert (await answer(desk, False)).status_code == 200
        assert await refused(desk, leverage="5") == "LEVERAGE_CAPPED"
        assert await refused(desk, leverage="2") == ""
        onshore = desk.station.venue.onshore
        rules = onshore.regime.jurisdictions["eea"]
        hour = replace(rules, retry_hours=Value(value=1, verified=False))
        others = onshore.regime.jurisdictions | {"eea": hour}
        onshore.regime = replace(onshore.regime, jurisdictions=others)
        soon = await answer(desk, True)
        assert (soon.status_code, soon.json()["code"]) == (422, "TOO_SOON")
        await desk.step(HOUR_S)
        assert (await answer(desk, True)).status_code == 200
        told = await desk.get("/onshore")
        assert next(g["cap"] for g in told["gates"] if g["id"] == "perpetual") == "10"
        again = await answer(desk, True)
        assert (again.status_code, again.json()["code"]) == (409, "PASSED")


@pytest.mark.parametrize(
    ("country", "person", "flaw"),
    [
        ("DE", "otto", "expired"),
        ("US", "june", "name_mismatch"),
        ("US", "tim", "under_age"),
        ("DE", "ivo", "sanctioned"),
        ("DE", "noor", "elsewhere"),
    ],
)
@in_loop
async def test_a_document_that_is_wrong_is_refused_by_name(tmp_path, country, person, flaw):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await lives(desk, country, "TX" if country == "US" else "")
        told = await show(desk, person)
        assert (told["case"]["state"], told["case"]["flaw"]) == ("refused", flaw)
        assert await refused(desk) == "NOT_IDENTIFIED"


@in_loop
async def test_a_country_or_state_that_is_not_served(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        for country, state in (("KP", ""), ("US", "NY")):
            await lives(desk, country, state)
            assert await refused(desk) == "NOT_OFFERED_HERE"
            reply = await desk.post("/onshore/identity", {"person": "ada"})
            assert (reply.status_code, reply.json()["code"]) == (422, "NOT_OFFERED_HERE")


@in_loop
async def test_consent_to_another_version_or_text_is_refused(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await lives(desk, "DE")
        for changed, code in (
            ({"version": "2020-01-01"}, "WRONG_VERSION"),
            ({"sha256": "0" * 64}, "WRONG_HASH"),
        ):
            reply = await agree(desk, **changed)
            assert (reply.status_code, reply.json()["code"]) == (422, code)
        american = await desk.get("/onshore/documents/dated")
        reply = await agree(desk, sha256=american["sha256"])
        assert reply.json()["code"] == "WRONG_HASH"
        assert held(desk) == Reject.NOT_IDENTIFIED


@in_loop
async def test_the_document_is_read_in_ones_language_and_either_hash_counts(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await lives(desk, "DE")
        english = await desk.get("/onshore/documents/perpetual")
        german = await desk.get("/onshore/documents/perpetual?lang=de")
        assert german["language"] == "de" and german["sha256"] != english["sha256"]
        assert (await agree(desk, sha256=german["sha256"])).status_code == 200


@in_loop
async def test_a_new_version_asks_again_and_holds_up_nobody_who_closes(tmp_path):
    async with desk_on(tmp_path, LATE) as desk:
        await through(desk)
        assert await refused(desk, **ISOLATED) == ""
        documents = desk.station.venue.onshore.documents
        current = documents.current("perpetual", "us", desk.station.venue.now_us)
        documents.add("perpetual.us.2026-09-02.en.md", current.text.encode() + b"\nMore.\n")
        await desk.station.venue.onshore.settle(desk.station.accounts.account_id("learner"))
        assert await refused(desk) == ""
        await desk.step(MIDNIGHT_S)
        await comes(desk, Reject.NOT_DISCLOSED)
        assert await refused(desk) == "NOT_DISCLOSED"
        reply = await desk.post("/positions/PF_XBTUSD/close", {})
        assert reply.status_code == 200, reply.text
        assert (await agree(desk)).status_code == 200
        assert await refused(desk, **ISOLATED) == ""


@in_loop
async def test_shutting_oneself_out_lasts_as_long_as_was_said(tmp_path):
    """Neither another wish nor a restart makes it shorter; closing goes on."""
    async with desk_on(tmp_path, ONSHORE) as desk:
        await through(desk)
        assert await refused(desk, **ISOLATED) == ""
        onshore, number = desk.station.venue.onshore, desk.station.accounts.account_id("learner")
        until_us = desk.station.venue.now_us + 2 * HOUR_S * 10**6
        await onshore.note(number, Excluded(**desk.station.venue.stamp(), until_us=until_us))
        assert await refused(desk) == "SELF_EXCLUDED"
        assert (await desk.post("/positions/PF_XBTUSD/close", {})).status_code == 200
        await desk.step(HOUR_S)
    async with desk_on(tmp_path, ONSHORE) as desk:
        assert await refused(desk) == "SELF_EXCLUDED"
        await desk.step(HOUR_S - 60)
        assert await refused(desk) == "SELF_EXCLUDED"
        await desk.step(120)
        await comes(desk, Reject.NONE)
        assert await refused(desk, **ISOLATED) == ""
        assert (await desk.post("/onshore/exclusion", {"days": 3})).status_code == 200
        shorter = await desk.post("/onshore/exclusion", {"days": 1})
        assert (shorter.status_code, shorter.json()["code"]) == (422, "SELF_EXCLUDED")
        assert await refused(desk) == "SELF_EXCLUDED"


@in_loop
async def test_the_operator_s_states_are_kept_and_logged(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await through(desk)
        assert await refused(desk, **ISOLATED) == ""

        async def state(name):
            path = "/api/v1/operator/accounts/learner/state?why=a+drill"
            return await desk.client.put(path, json={"state": name})

        assert (await state("close_only")).status_code == 200
        assert await refused(desk) == "ACCOUNT_CLOSE_ONLY"
        assert (await state("closed")).json()["code"] == "HAS_OPEN_RISK"
        assert (await desk.post("/positions/PF_XBTUSD/close", {})).status_code == 200
        assert (await state("frozen")).status_code == 200
        moved = {"asset": "USD", "amount": "1", "wallet": "flex"}
        reply = await desk.post("/withdrawals", moved)
        assert reply.json()["code"] == "ACCOUNT_FROZEN"
        assert (await desk.get("/operator/log"))[0]["why"] == "a drill"
    async with desk_on(tmp_path, ONSHORE) as desk:
        assert await refused(desk) == "ACCOUNT_FROZEN"


@in_loop
async def test_what_moved_since_a_time_is_the_ledgers_sum_however_much_there_was(tmp_path):
    async with desk_on(tmp_path, ONSHORE) as desk:
        await through(desk)
        venue, number = desk.station.venue, desk.station.accounts.account_id("learner")
        since_us = venue.now_us
        await desk.step(1)
        for side in ("buy", "sell", "buy", "sell"):
            assert await refused(desk, side=side, **ISOLATED) == ""
        asset_id = venue.catalog.settlement.asset_id
        rows = await venue.history.ledger(number, Span(after_us=since_us, limit=500))
        sums = Counter()
        for row in rows:
            if row.asset_id == asset_id:
                sums[row.reason] += row.amount_atoms
        assert await venue.history.moved_since(number, asset_id, since_us) == dict(sums)
        assert sums[Reason.FEE] < 0


@in_loop
async def test_limits_of_a_day(tmp_path):
    """Practice money comes in until the limit; a loss shuts what opens; tomorrow all is open."""
    async with desk_on(tmp_path, LATE) as desk:
        await through(desk)
        reply = await put(desk, "/onshore/limits", {"deposit": "100", "loss": "5"})
        assert reply.json()["deposit_limit"] == "100", reply.text
        money = {"account": "learner", "asset": "USD", "amount": "60"}
        for _ in range(2):
            assert (await desk.post("/operator/deposits", money)).status_code == 200
        await comes(desk, Reject.OVER_LIMIT, Gate.DEPOSIT)
        reply = await desk.post("/operator/deposits", money)
        assert reply.json()["code"] == "OVER_LIMIT"
        assert await refused(desk, size="0.5", **ISOLATED) == ""
        await comes(desk, Reject.OVER_LIMIT)
        assert await refused(desk) == "OVER_LIMIT"
        raised = await put(desk, "/onshore/limits", {"loss": "500"})
        assert raised.json()["code"] == "OVER_LIMIT"
        await desk.step(MIDNIGHT_S)
        await comes(desk, Reject.NONE)
        await comes(desk, Reject.NONE, Gate.DEPOSIT)


def at(day: float, *entries, last_used_day: float = 0) -> Asked:
    """An account whose log is this, so many days after its first entry; by the rules of the EEA."""
    return Asked(
        regime=load("kraken"),
        documents=Documents(),
        standing=stands(entries),
        now_us=int(day * US_PER_DAY),
        last_used_us=int(last_used_day * US_PER_DAY),
        today=Today(),
    )


def test_identity_runs_out_after_its_days():
    lived = Lives(seq=1, time_us=0, country="DE", state="")
    shown = Shown(seq=2, time_us=0, case="c", person="lena", tier="pro", provider="practice")
    known = Decided(seq=3, time_us=0, case="c", flaw="", until_us=730 * US_PER_DAY)
    entries = lived, shown, known
    assert product_gate(at(729, *entries, last_used_day=729), "spot") == Reject.NONE
    gone = at(730, *entries, last_used_day=729)
    assert product_gate(gone, "spot") == Reject.IDENTITY_EXPIRED
    assert money_gate(gone, Gate.WITHDRAWAL) == Reject.IDENTITY_EXPIRED
    assert next_us(at(729, *entries, last_used_day=729)) == 730 * US_PER_DAY


def test_in_another_country_it_is_asked_anew_who_somebody_is():
    lived = Lives(seq=1, time_us=0, country="DE", state="")
    shown = Shown(seq=2, time_us=0, case="c", person="lena", tier="pro", provider="practice")
    known = Decided(seq=3, time_us=0, case="c", flaw="", until_us=730 * US_PER_DAY)
    moved = Lives(seq=4, time_us=0, country="NL", state="")
    assert product_gate(at(1, lived, shown, known), "spot") == Reject.NONE
    assert product_gate(at(1, lived, shown, known, moved), "spot") == Reject.NOT_IDENTIFIED
    here = Lives(seq=4, time_us=0, country="DE", state="BE")
    assert product_gate(at(1, lived, shown, known, here), "spot") == Reject.NONE


def test_an_account_that_nobody_uses_is_to_be_confirmed_and_pays_out_all_the_same():
    lived = Lives(seq=1, time_us=0, country="DE", state="")
    shown = Shown(seq=2, time_us=0, case="c", person="lena", tier="pro", provider="practice")
    known = Decided(seq=3, time_us=0, case="c", flaw="", until_us=999 * US_PER_DAY)
    entries = lived, shown, known
    assert product_gate(at(364, *entries), "spot") == Reject.NONE
    asleep = at(365, *entries)
    assert product_gate(asleep, "spot") == Reject.INACTIVE
    assert money_gate(asleep, Gate.WITHDRAWAL) == Reject.NONE
    awake = at(365, *entries, Confirmed(seq=4, time_us=365 * US_PER_DAY))
    assert product_gate(awake, "spot") == Reject.NONE


@in_loop
async def test_the_operator_decides_by_hand_and_on_appeal(tmp_path):
    by_hand = ONSHORE.replace('onshore = "kraken"', 'onshore = "kraken"\nidentity = "manual"')
    async with desk_on(tmp_path, by_hand) as desk:
        await lives(desk, "DE")
        assert (await show(desk, "lena"))["case"]["state"] == "waiting"
        again = await desk.post("/onshore/identity", {"person": "lena"})
        assert again.json()["code"] == "CASE_WAITS"
        (case,) = await desk.get("/operator/identities")
        path = f"/operator/identities/{case['case']}"
        assert (await desk.post(path, {"accept": False})).status_code == 200
        assert (await desk.post(path, {"accept": True})).json()["code"] == "DECIDED"
        assert await refused(desk) == "NOT_IDENTIFIED"
        words = {"text": "The photo was dark."}
        assert (await desk.post("/onshore/identity/appeal", words)).status_code == 200
        (case,) = await desk.get("/operator/identities")
        assert case["appeal"] == "The photo was dark."
        assert (await desk.post(path, {"accept": True})).status_code == 200
        assert await refused(desk) == "NOT_DISCLOSED"


@in_loop
async def test_what_was_on_record_when_the_venue_was_killed_counts_when_it_is_back(tmp_path):
    """It dies between the record and the engine's command."""
    async with desk_on(tmp_path, ONSHORE) as desk:
        await through(desk)
        venue = desk.station.venue
        until_us = venue.now_us + 10**12
        entry = Excluded(**venue.stamp(), until_us=until_us)
        venue.onshore.log.note(desk.station.accounts.account_id("learner"), entry)
        assert held(desk) == Reject.NONE
    async with desk_on(tmp_path, ONSHORE) as desk:
        assert held(desk) == Reject.SELF_EXCLUDED


def test_the_page_about_it_names_routes_options_and_codes_that_are_there():
    text = PAGE.read_text("utf-8")
    routes = {f"{operation.path}" for operation in OPERATIONS}
    named = set(re.findall(r"`(?:GET|POST|PUT) (/[^`]+)`", text)) - {"/onshore/questions"}
    assert len(named) > 8 and named <= routes
    shouted = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", text))
    assert shouted <= set(Reject.__members__) | {"TOO_OLD"}
    for regime in re.findall(r"--onshore (\w+)", text):
        assert load(regime).jurisdictions


def test_the_command_line_sets_an_account_s_state(capsys, tmp_path):
    """The reason is for the log; a state that is none is refused before anything is sent."""
    assert run_app(["account", "state", "learner", "asleep", "--why", "a drill"]) == 2
    (tmp_path / "operator.token").write_text("x")
    given = ["--url", "http://127.0.0.1:9", "--data", str(tmp_path)]
    assert run_app(["account", "state", "learner", "frozen", "--why", "a drill", *given]) == 1
    assert "no venue answers" in capsys.readouterr().err
