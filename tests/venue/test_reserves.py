"""What the venue owes and holds: the same for everybody, to the atom, and provable by each."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from longshore.cli import reserves as cli_reserves
from longshore.cli.app import run_app
from longshore.custody.reserves import Proof, ProofError, Statement, check, compared
from longshore.venue import reserves
from tests.venue.desk import UNHURRIED, crash, desk_on, in_loop

HOUR_S = 3_600
PAGE = Path(__file__).parents[2] / "docs/how-to/check-reserves.md"


async def stated(desk, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return msgspec.convert(await desk.get(f"/reserves?{query}"), Statement)


async def proved(desk, account="learner", **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return msgspec.convert(await desk.get(f"/reserves/proof?{query}", account), Proof)


@in_loop
async def test_every_customer_s_balances_are_counted_once_and_add_up_to_what_is_held(tmp_path):
    async with desk_on(tmp_path) as desk:
        await desk.account("other")
        await desk.order(size="0.5")
        await desk.post(
            "/transfers", {"asset": "USD", "amount": "7.5", "source": "flex", "target": "cash"}
        )
        mine, others = await proved(desk), await proved(desk, "other")
        check(mine)
        check(others)
        compared(mine, others.statement)
        assert mine.nonce != others.nonce
        usd = [each.asset for each in mine.statement.assets].index("USD")
        wallets = (await desk.get("/account"))["wallets"]
        held = sum(float(row["amount"]) for row in wallets if row["asset"] == "USD")
        assert mine.sums[usd] == round(held * 1e8)
        assert mine.statement.assets[usd].owed > mine.sums[usd] + others.sums[usd]
        view = desk.station.world.engine.view
        assert mine.statement.customers == view.accounts_count - 15


@in_loop
async def test_one_statement_stands_for_an_hour_and_is_the_same_for_everybody(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        await desk.account("other")
        first = await stated(desk)
        await desk.order()
        await desk.step(60)
        assert await stated(desk) == first
        assert (await proved(desk, "other")).statement == first
        await desk.step(HOUR_S)
        second = await stated(desk)
        assert second.seq > first.seq
        check(await proved(desk))
        assert await stated(desk, seq=first.seq) == first
        old = await proved(desk, seq=first.seq)
        check(old)
        with pytest.raises(ProofError, match="different moments"):
            compared(old, second)


@in_loop
async def test_an_account_that_came_later_is_told_so_and_what_was_never_stated_is_not_there(
    tmp_path,
):
    async with desk_on(tmp_path) as desk:
        statement = await stated(desk)
        await desk.account("late")
        reply = await desk.client.get("/api/v1/reserves/proof", params={"account": "late"})
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_PROOF")
        assert "within an hour" in reply.json()["message"]
        for seq in (statement.seq - 1, -1, 2**70):
            reply = await desk.client.get("/api/v1/reserves", params={"seq": seq})
            assert reply.status_code == (404 if seq == statement.seq - 1 else 400), reply.text
            assert reply.json()["field"] == "seq"


@in_loop
async def test_a_debt_is_told_and_makes_nobody_s_balance_smaller(tmp_path, monkeypatch):
    counted = reserves._balances

    def indebted(view, account_id, *others):
        """The learner owes the other account thirty thousand dollars more."""
        moved = {learner: -30_000, other: 30_000}.get(account_id, 0) * 10**8
        return [
            counted(view, account_id, *others)[0] + moved,
            *counted(view, account_id, *others)[1:],
        ]

    async with desk_on(tmp_path, UNHURRIED) as desk:
        await desk.account("other")
        learner, other = (desk.station.accounts.account_id(name) for name in ("learner", "other"))
        monkeypatch.setattr(reserves, "_balances", indebted)
        for name, dollars in (("learner", 0), ("other", 40_000)):
            proof = await proved(desk, name)
            check(proof)
            assert (proof.sums[0], proof.statement.assets[0].asset) == (dollars * 10**8, "USD")
        assert proof.statement.assets[0].debts == 20_000 * 10**8


@in_loop
async def test_after_a_liquidation_it_still_adds_up_to_what_came_in(tmp_path):
    async with desk_on(tmp_path, UNHURRIED) as desk:
        came_in = int(desk.station.world.engine.view.assets[1].supply_atoms)
        await desk.order(size="1")
        await crash(desk, 30)
        assert await desk.get("/liquidations")
        proof = await proved(desk)
        check(proof)
        assert proof.sums[0] < 9_900 * 10**8
        assert proof.statement.assets[0].held == came_in


@in_loop
async def test_statements_outlive_a_restart_and_balances_only_so_many_more(tmp_path, monkeypatch):
    monkeypatch.setattr(reserves, "KEPT", 2)
    async with desk_on(tmp_path, UNHURRIED) as desk:
        first = await stated(desk)
        proof = await proved(desk)
    async with desk_on(tmp_path, UNHURRIED) as desk:
        assert await proved(desk) == proof
        for _ in range(2):
            await desk.step(HOUR_S)
            await stated(desk)
        assert await stated(desk, seq=first.seq) == first
        reply = await desk.client.get("/api/v1/reserves/proof", params={"seq": first.seq})
        assert reply.status_code == 404
        check(await proved(desk))


@in_loop
async def test_what_was_stated_of_commands_that_are_not_there_is_taken_back(tmp_path):
    async with desk_on(tmp_path) as desk:
        lost = msgspec.structs.replace(await stated(desk), seq=10**9)
        desk.station.venue.reserves._keep(lost, [])
    async with desk_on(tmp_path) as desk:
        assert desk.station.venue.reserves.stated(10**9) is None
        assert (await stated(desk)).seq < 10**9


def test_a_file_that_cannot_be_written_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli_reserves.Client, "__init__", lambda *_: None)
    monkeypatch.setattr(cli_reserves.Client, "get", lambda *_, **__: {})
    file = tmp_path / "nowhere" / "proof.json"
    assert run_app(["reserves", "proof", "learner", str(file)]) == 2
    assert "proof.json: No such file" in capsys.readouterr().err


def test_the_page_s_commands_are_there(capsys):
    """Every `longshore reserves` line of the how-to is one the program knows."""
    lines = [
        line.split() for line in PAGE.read_text("utf-8").splitlines() if "    longshore" in line
    ]
    asked = {tuple(line[1:3]) for line in lines}
    assert asked == {("reserves", name) for name in ("show", "proof", "check")}
    for line in lines:
        assert run_app([*line[1:3], "--help"]) == 0
        told = capsys.readouterr().out.lower()
        assert all(f"--{word[2:]}" in told for word in line if word.startswith("--"))


@in_loop
async def test_a_proof_is_checked_without_the_venue(tmp_path, capsys):
    async with desk_on(tmp_path / "world") as desk:
        proof, statement = await proved(desk), await stated(desk)
    mine, theirs = tmp_path / "mine.json", tmp_path / "theirs.json"
    mine.write_bytes(msgspec.json.encode(proof))
    theirs.write_bytes(msgspec.json.encode(statement))
    assert run_app(["reserves", "check", str(mine), "--against", str(theirs)]) == 0
    told = capsys.readouterr().out
    assert "10,000.00000000" in told and "shows the same statement" in told
    assert run_app(["reserves", "check", str(mine), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["balances"]["USD"] == "10,000.00000000"
    mine.write_bytes(msgspec.json.encode(proof).replace(b'"sums":[', b'"sums":[1'))
    assert run_app(["reserves", "check", str(mine)]) == 1
    assert "not under the root" in capsys.readouterr().err
    theirs.write_bytes(b"{}")
    mine.write_bytes(msgspec.json.encode(proof))
    assert run_app(["reserves", "check", str(mine), "--against", str(theirs)]) == 1
    assert "this is no statement" in capsys.readouterr().err
    assert run_app(["reserves", "check", str(tmp_path / "none.json")]) == 2
