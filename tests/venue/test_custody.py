"""Custody in a venue: chains, custody's record and the engine's balances tell the same, always."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager

import pytest

from longshore.custody.addresses import make_address
from longshore.custody.inputs import (
    Added,
    Asked,
    Cancelled,
    Credited,
    Froze,
    Gave,
    Placed,
    Recovered,
    Sent,
    Taken,
)
from longshore.custody.networks import COIN
from longshore.custody.records import Refused
from longshore.engine.codes import Gate, Origin, Reject, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.custody import Custody, TakenError
from longshore.venue.views import balance
from tests.venue.desk import UNHURRIED, desk_on, in_loop

SCENARIO = f"""{UNHURRIED.split("[[agent]]")[0]}
[[account]]
name = "learner"
deposit = {{ USD = "10000" }}
""".replace('"PF_XBTUSD", ', "")
"""A spot market where nobody trades: a day of it costs little."""
DAY_S = 86_400
WALLET = make_address("hull", "wallet")
FLEX, CASH = WalletKind.FLEX, WalletKind.CASH


class Vault:
    """A venue with a customer, and what its custody says."""

    def __init__(self, desk):
        self.desk = desk
        self.venue = desk.station.venue
        self.custody = self.venue.custody
        self.learner = self.venue.accounts.account_id("learner")

    def usd(self, wallet):
        asset_id = self.venue.catalog.asset("USD").asset_id
        row = balance(self.venue.view, self.learner, wallet, asset_id)
        return int(row.amount_atoms)

    async def step(self, seconds):
        await self.desk.step(seconds)
        self.check((await self.custody.now()).house)

    def check(self, house):
        """Chains and books agree, and what custody moved is what the engine moved."""
        house.balanced()
        stock = 3 * 50_000_000 * COIN
        moved = self.usd(FLEX) + self.usd(CASH) - 10_000 * COIN
        held = house.books.atoms("customers", "USD") + house.books.atoms("stock", "USD")
        assert held == stock + moved

    async def pay_in(self, atoms=100 * COIN):
        place = await self.custody.do(Placed(self.learner, "ferry"))
        await self.custody.do(Gave("ferry", "USD", place.address, "", atoms))

    async def keep(self):
        await self.custody.do(Added(self.learner, "mine", "ferry", WALLET, ""))
        await self.step(DAY_S)

    async def withdraw(self, atoms=100 * COIN, wallet=FLEX):
        return await self.custody.withdraw(
            Asked(self.learner, wallet, "mine", "USD", atoms, "standard")
        )


@asynccontextmanager
async def vault_on(folder):
    async with desk_on(folder, SCENARIO) as desk:
        vault = Vault(desk)
        yield vault
        vault.check(vault.custody.desk.house)


@in_loop
async def test_a_deposit_ends_in_the_engine_once_after_its_confirmations(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.pay_in()
        assert vault.usd(CASH) == 0
        await vault.step(600)
        assert vault.usd(CASH) == 100 * COIN
        await vault.step(DAY_S)
        assert vault.usd(CASH) == 100 * COIN
    async with vault_on(tmp_path) as vault:
        await vault.step(60)
        assert vault.usd(CASH) == 100 * COIN
        assert [each.paid for each in vault.custody.desk.deposits.all.values()] == [True]


@in_loop
async def test_time_alone_credits_a_deposit_nobody_has_to_ask(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.pay_in()
        await vault.desk.step(600)
        async with asyncio.timeout(10):
            while vault.usd(CASH) == 0:
                await vault.desk.step(60)
                await asyncio.sleep(0)
        assert vault.usd(CASH) == 100 * COIN


@in_loop
async def test_a_withdrawal_takes_first_and_arrives_less_its_fee(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.keep()
        made = await vault.withdraw()
        assert (made.stage, vault.usd(FLEX)) == ("waiting", 9_900 * COIN)
        await vault.step(3_600)
        chain = vault.custody.desk.house.chains["ferry"]
        assert chain.balances[WALLET, "USD"] == 100 * COIN - COIN // 10
        assert made.stage == "done"


@in_loop
async def test_more_than_there_is_is_refused_by_the_engine_and_nothing_leaves(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.keep()
        with pytest.raises(TakenError) as refused:
            await vault.withdraw(10_001 * COIN)
        assert refused.value.events[-1].reject == Reject.INSUFFICIENT_FUNDS
        assert [each.stage for each in vault.custody.desk.withdrawals.all.values()] == ["refused"]
        assert vault.usd(FLEX) == 10_000 * COIN


@in_loop
async def test_of_two_withdrawals_that_race_for_one_balance_one_is_refused(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.keep()
        ends = await asyncio.gather(
            *(vault.withdraw(6_000 * COIN) for _ in range(2)), return_exceptions=True
        )
        assert sorted(type(each).__name__ for each in ends) == ["TakenError", "Withdrawal"]
        assert vault.usd(FLEX) == 4_000 * COIN


@in_loop
async def test_a_cancelled_withdrawal_comes_back_to_its_wallet(tmp_path):
    async with vault_on(tmp_path) as vault:
        await vault.keep()
        made = await vault.withdraw()
        await vault.custody.do(Cancelled(made.id, vault.learner))
        await vault.custody.now()
        assert vault.usd(FLEX) == 10_000 * COIN
        with pytest.raises(Refused, match="ALREADY_SENT"):
            await vault.custody.do(Cancelled(made.id, vault.learner))


@in_loop
async def test_what_is_refused_is_not_written_down(tmp_path):
    async with vault_on(tmp_path) as vault:
        before = len(list(vault.custody._log.lines()))
        for asked in (
            Placed(vault.learner, "moon"),
            Added(vault.learner, "mine", "ferry", "practice-hull-x", ""),
            Asked(vault.learner, FLEX, "mine", "USD", COIN, "standard"),
            Cancelled(7, vault.learner),
            Recovered(7, vault.learner),
            Sent("ferry", WALLET, "USD", WALLET, "", COIN),
        ):
            with pytest.raises(Refused):
                await vault.custody.do(asked)
        assert len(list(vault.custody._log.lines())) == before


@in_loop
async def test_an_address_is_written_down_once_however_often_it_is_asked_for(tmp_path):
    async with vault_on(tmp_path) as vault:
        places = [await vault.custody.place(vault.learner, "ferry") for _ in range(3)]
        shared = [await vault.custody.place(vault.learner, "harbour") for _ in range(3)]
        assert len(set(places)) == len(set(shared)) == 1
        assert len(list(vault.custody._log.lines())) == 1


@in_loop
async def test_a_deposit_that_a_gate_keeps_out_waits_and_is_credited_once_when_it_opens(tmp_path):
    async with vault_on(tmp_path) as vault:
        shut = {"kind": CommandKind.SET_GATE, "account_id": vault.learner, "type": Gate.DEPOSIT}
        await vault.venue.submit(
            [Command(origin=Origin.OPERATOR, value=Reject.COUNTRY_NOT_KNOWN, **shut)]
        )
        await vault.pay_in()
        await vault.step(600)
        seq = vault.venue.view.seq
        for _ in range(3):
            await vault.custody.now()
        assert (vault.usd(CASH), vault.venue.view.seq) == (0, seq)
        (row,) = await vault.desk.get("/custody/deposits")
        assert row["stage"] == "held"
        await vault.venue.submit([Command(origin=Origin.OPERATOR, **shut)])
        await vault.step(3_600)
        await vault.step(3_600)
        assert vault.usd(CASH) == 100 * COIN


@in_loop
async def test_a_line_that_cannot_be_written_is_not_done(tmp_path, monkeypatch):
    async with vault_on(tmp_path) as vault:

        def full(seq, time_us, asked, done):
            done()
            raise OSError("the disk is full")

        monkeypatch.setattr(vault.custody._log, "note", full)
        with pytest.raises(OSError, match="full"):
            await vault.custody.do(Froze(is_frozen=True))
        assert vault.custody.desk.withdrawals.frozen_us is None


async def cut(folder, monkeypatch, where, act):
    """Do something, and keep what is on the disk just before custody writes a kind of line."""
    kept = folder.with_name(f"cut-{where.__name__}")
    note = Custody._note

    def copied(self, asked, *seq):
        if isinstance(asked, where) and not kept.exists():
            shutil.copytree(folder, kept)
        return note(self, asked, *seq)

    with monkeypatch.context() as patched:
        patched.setattr(Custody, "_note", copied)
        async with vault_on(folder) as vault:
            await act(vault)
    assert kept.exists()
    return kept


@pytest.mark.parametrize(
    ("where", "flex", "stages"),
    [(Asked, 10_000, []), (Taken, 9_900, ["waiting"])],
)
@in_loop
async def test_a_withdrawal_cut_off_before_a_line_is_taken_once_or_not_at_all(
    tmp_path, monkeypatch, where, flex, stages
):
    async def act(vault):
        await vault.keep()
        await vault.withdraw()

    kept = await cut(tmp_path / "whole", monkeypatch, where, act)
    async with vault_on(kept) as vault:
        found = vault.custody.desk.withdrawals.all.values()
        assert [each.stage for each in found] == stages
        assert vault.usd(FLEX) == flex * COIN
        await vault.step(3_600)
        assert [each.stage for each in found] == ["done"] * len(stages)
        assert vault.usd(FLEX) == flex * COIN


@in_loop
async def test_a_withdrawal_cut_off_before_the_engine_took_it_is_dropped(tmp_path, monkeypatch):
    async def act(vault):
        await vault.keep()
        submit = vault.custody._sequencer.submit
        kept = tmp_path / "cut"

        async def copied(commands, texts):
            if commands and not kept.exists():
                shutil.copytree(tmp_path / "whole", kept)
            return await submit(commands, texts)

        monkeypatch.setattr(vault.custody._sequencer, "submit", copied)
        await vault.withdraw()

    async with vault_on(tmp_path / "whole") as vault:
        await act(vault)
    async with vault_on(tmp_path / "cut") as vault:
        assert [each.stage for each in vault.custody.desk.withdrawals.all.values()] == ["refused"]
        assert vault.usd(FLEX) == 10_000 * COIN


@in_loop
async def test_a_deposit_cut_off_after_the_engine_credited_it_is_not_credited_again(
    tmp_path, monkeypatch
):
    async def act(vault):
        await vault.pay_in()
        await vault.step(600)

    kept = await cut(tmp_path / "whole", monkeypatch, Credited, act)
    async with vault_on(kept) as vault:
        assert vault.custody.desk.due == {}
        assert vault.usd(CASH) == 100 * COIN
        await vault.step(DAY_S)
        assert vault.usd(CASH) == 100 * COIN
