"""Kraken Spot's deposits and withdrawals over the made-up chains of the venue's custody."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from longshore.custody.addresses import check_address, make_address
from longshore.custody.inputs import Added, Froze, Gave
from longshore.custody.networks import COIN
from tests.dialects.desk import SCENARIO
from tests.dialects.spot_inside import spot_inside

SPOT = SCENARIO.split("[[agent]]")[0]
WALLET = make_address("granite", "wallet")
FERRY = "Ferry (practice)"
GRANITE = "Granite (practice)"
KEY = {"asset": "XBT", "key": "mine"}


class Pier:
    """A trader with two bitcoins, whose book has an address that can be used."""

    def __init__(self, spot, trader):
        self.spot, self.trader = spot, trader
        self.custody = spot.venue.custody

    async def ask(self, name, **parameters):
        return await self.spot.ask(self.trader, name, **parameters)

    async def result(self, name, **parameters):
        return await self.spot.result(self.trader, name, **parameters)

    async def wait(self, hours):
        """Custody's time passes, without a market's: in these tests the desk looks ahead."""
        desk = self.custody.desk
        desk.come_to(desk.now_us + hours * 3_600_000_000)
        await self.custody.now()
        desk.house.balanced()


@asynccontextmanager
async def pier_on(folder):
    async with spot_inside(folder, SPOT) as spot:
        trader = await spot.trader("trader", XBT="2", USD="1000")
        pier = Pier(spot, trader)
        await pier.custody.do(Added(trader.account_id, "mine", "granite", WALLET, ""))
        yield pier


async def methods_and_addresses(pier):
    """A method is a network, and an address says that it is practice."""
    (granite,) = await pier.result("DepositMethods", asset="XBT")
    assert (granite["method"], granite["minimum"]) == (GRANITE, "0.00010000")
    dollars = await pier.result("DepositMethods", asset="USD")
    assert [each["method"].split()[0] for each in dollars] == ["Lattice", "Ferry", "Harbour"]
    (plain,) = await pier.result("DepositMethods", asset="SOL")
    assert plain["method"] == "Practice money"
    (address,) = await pier.result("DepositAddresses", asset="XBT", method=GRANITE)
    check_address(address["address"], "granite")
    (lattice,) = await pier.result("DepositAddresses", asset="USD", method="Lattice (practice)")
    (ferry,) = await pier.result("DepositAddresses", asset="USD", method=FERRY)
    assert lattice["address"] != ferry["address"]
    (harbour,) = await pier.result("DepositAddresses", asset="USD", method="Harbour (practice)")
    assert harbour["tag"].isdigit()
    assert await pier.ask("DepositAddresses", asset="USD", method="Moon") == {
        "error": ["EGeneral:Invalid arguments:method"]
    }


async def a_deposit(pier):
    """Pending, then credited, and told once."""
    (to,) = await pier.result("DepositAddresses", asset="USD", method=FERRY)
    await pier.custody.do(Gave("ferry", "USD", to["address"], "", 25 * COIN))
    pending, brought = await pier.result("DepositStatus", asset="USD")
    assert (pending["status"], pending["method"], pending["amount"]) == (
        *("Pending", FERRY),
        "25.00000000",
    )
    assert brought["method"] == "Practice money"
    await pier.wait(1)
    after, same = await pier.result("DepositStatus", asset="USD")
    assert (after["status"], after["refid"]) == ("Success", pending["refid"])
    assert same == brought
    assert (await pier.result("Balance"))["ZUSD"] == "1025.00000000"


async def a_withdrawal(pier):
    """Only once its address has waited; less the fee; told until it is settled."""
    wait = {"error": ["EFunding:Unknown withdraw key"]}
    assert await pier.ask("Withdraw", **KEY, amount="0.5") == wait
    (_, mine) = await pier.result("WithdrawAddresses", asset="XBT")
    assert (mine["key"], mine["address"], mine["verified"]) == ("mine", WALLET, False)
    await pier.wait(24)
    assert (await pier.result("WithdrawAddresses", asset="XBT"))[1]["verified"]
    told = await pier.result("WithdrawInfo", **KEY, amount="0.5")
    assert (told["limit"], told["amount"], told["fee"]) == (
        *("2.00000000", "0.49980000"),
        "0.00020000",
    )
    elsewhere = await pier.ask("Withdraw", **KEY, amount="0.5", address="practice-granite-b")
    assert elsewhere == wait
    for amount in ("3", "0.0001"):
        refused = await pier.ask("Withdraw", **KEY, amount=amount)
        assert refused == {"error": ["EFunding:Invalid amount"]}
    assert await pier.ask("Withdraw", asset="USD", key="mine", amount="50") == wait
    made = await pier.result("Withdraw", **KEY, amount="0.5", address=WALLET)
    assert (await pier.result("Balance"))["XXBT"] == "1.50000000"
    (sent,) = await pier.result("WithdrawStatus", asset="XBT")
    assert (sent["refid"], sent["status"], sent["amount"]) == (
        *(made["refid"], "Initial"),
        "0.49980000",
    )
    await pier.wait(24)
    (done,) = await pier.result("WithdrawStatus", asset="XBT")
    assert (done["status"], done["refid"]) == ("Success", made["refid"])
    chain = pier.custody.desk.house.chains["granite"]
    assert chain.balances[WALLET, "XBT"] == COIN // 2 - 20_000
    late = await pier.ask("WithdrawCancel", asset="XBT", refid=made["refid"])
    assert late == {"error": ["EFunding:Unknown reference id"]}


async def a_cancel(pier):
    """What waits comes back whole, by its owner alone, and is no deposit."""
    await pier.wait(24)
    made = await pier.result("Withdraw", **KEY, amount="0.5")
    other = await pier.spot.trader("other", XBT="1")
    asked = {"asset": "XBT", "refid": made["refid"]}
    theirs = await pier.spot.ask(other, "WithdrawCancel", **asked)
    assert theirs == {"error": ["EFunding:Unknown reference id"]}
    assert await pier.spot.result(other, "WithdrawStatus") == []
    assert await pier.result("WithdrawCancel", **asked) is True
    assert (await pier.result("Balance"))["XXBT"] == "2.00000000"
    (told,) = await pier.result("WithdrawStatus", asset="XBT")
    assert (told["status"], told["status-prop"]) == ("Failure", "canceled")
    assert len(await pier.result("DepositStatus", asset="XBT")) == 1


async def a_freeze(pier):
    """Frozen, the service is not there; what money there is stays."""
    await pier.wait(24)
    await pier.custody.do(Froze(is_frozen=True))
    refused = await pier.ask("Withdraw", **KEY, amount="0.5")
    assert refused == {"error": ["EService:Unavailable"]}
    assert (await pier.result("Balance"))["XXBT"] == "2.00000000"


@pytest.mark.parametrize(
    "walk", [methods_and_addresses, a_deposit, a_withdrawal, a_cancel, a_freeze]
)
def test_over_chains(tmp_path, walk):
    async def run():
        async with pier_on(tmp_path) as pier:
            await walk(pier)

    asyncio.run(run())
