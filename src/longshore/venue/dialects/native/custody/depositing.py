"""Networks, deposit addresses, and what came to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.sentences import say
from longshore.venue.dialects.native.custody.asking import network_of, shown
from longshore.venue.dialects.native.schema.custody import (
    ChainDepositRow,
    DepositStage,
    NetworkRow,
    PlaceBody,
    PlaceRow,
)
from longshore.venue.dialects.native.wire import Call

if TYPE_CHECKING:
    from longshore.custody.desk import Desk
    from longshore.custody.networks import Listed, Network
    from longshore.custody.records import Deposit

US_PER_MS, US_PER_S = 1_000, 1_000_000
NO_LIMIT = 2**63


async def list_networks(call: Call) -> list[NetworkRow]:
    """Which coins come and go over which made-up chains, and what that costs now."""
    desk = await call.venue.custody.now()
    return [
        _network(call, desk, network, listed)
        for network in desk.house.networks.values()
        for listed in network.listed
    ]


def _network(call: Call, desk: Desk, network: Network, listed: Listed) -> NetworkRow:
    tier = call.venue.onshore.limits_of(call.account_id)
    left = desk.withdrawals.left_today_atoms(call.account_id, listed.asset, tier)
    fee_atoms = desk.house.chains[network.name].fee_atoms(desk.now_us)
    return NetworkRow(
        network=network.name,
        title=network.title,
        asset=listed.asset,
        like=say(f"custody-like-{network.name}"),
        block_s=network.block_us // US_PER_S,
        confirmations=network.confirmations,
        final=network.final,
        needs_memo=network.needs_memo,
        deposit_min=shown(call, listed.asset, listed.deposit_min_atoms),
        withdrawal_min=shown(call, listed.asset, listed.withdrawal_min_atoms),
        withdrawal_fee=shown(call, listed.asset, listed.withdrawal_fee_atoms),
        network_fee=shown(call, network.fee_asset, fee_atoms),
        fee_asset=network.fee_asset,
        left_today=None if left >= NO_LIMIT else shown(call, listed.asset, max(0, left)),
        text=say("custody-practice"),
    )


async def make_address(call: Call, body: PlaceBody) -> PlaceRow:
    """The account's address for deposits over a network; the same one each time."""
    network = network_of(call, body.network)
    place = await call.venue.custody.place(call.account_id, network.name)
    key = "custody-address-memo" if place.memo else "custody-address"
    return PlaceRow(network=place.network, address=place.address, memo=place.memo, text=say(key))


async def list_deposits(call: Call) -> list[ChainDepositRow]:
    """What came to the account's addresses, newest first, and what becomes of it."""
    desk = await call.venue.custody.now()
    mine = [each for each in desk.deposits.all.values() if each.account_id == call.account_id]
    return [_deposit(call, desk, each) for each in reversed(mine)]


def _deposit(call: Call, desk: Desk, deposit: Deposit) -> ChainDepositRow:
    chain = desk.house.chains[deposit.network]
    stage = stage_of(desk, deposit)
    why = deposit.why.lower().replace("_", "-")
    key = f"custody-why-{why}" if stage == "unclaimed" else f"custody-deposit-{stage}"
    return ChainDepositRow(
        id=deposit.id,
        network=deposit.network,
        asset=deposit.asset,
        amount=shown(call, deposit.asset, deposit.atoms),
        address=deposit.address,
        memo=deposit.memo,
        txid=deposit.txid,
        stage=stage,
        confirmations=0 if deposit.height is None else chain.confirmations(deposit.height),
        needed=chain.network.confirmations,
        seen_ms=deposit.seen_us // US_PER_MS,
        text=say(key),
    )


def stage_of(desk: Desk, deposit: Deposit) -> DepositStage:
    """How far a deposit has come."""
    if deposit.paid:
        return "held" if f"d{deposit.id}" in desk.due else "credited"
    if deposit.is_gone:
        return "gone"
    if deposit.why:
        return "unclaimed"
    return "seen" if deposit.height is None else "confirming"
