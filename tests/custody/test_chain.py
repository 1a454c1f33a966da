"""One chain: blocks, fees, the pool, reorganisations; its supply never changes."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from longshore.custody.addresses import make_address
from longshore.custody.chain import MINERS, Chain, ChainError, Output
from longshore.custody.networks import COIN, HOUR_US, NETWORKS

ME, YOU = (make_address("granite", "test", each) for each in ("me", "you"))
START_US = 1_790_000_000_000_000
BY_NAME = {each.name: each for each in NETWORKS}


def chain(name="granite", seed=1, undone_ppm=0, coins=4):
    network = msgspec.structs.replace(BY_NAME[name], undone_ppm=undone_ppm)
    genesis = [
        Output(ME, asset, 5 * COIN)
        for asset in dict.fromkeys([network.fee_asset, network.listed[-1].asset])
        for _ in range(coins)
    ]
    return Chain(network, seed, START_US, genesis)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_payment_arrives_its_fee_goes_to_the_miners_and_nothing_is_made_or_lost(name):
    c = chain(name)
    asset = c.network.fee_asset
    before = c.supply()
    made = c.send(ME, [Output(YOU, asset, 7 * COIN)], START_US)
    assert c.balances[YOU, asset] == 0
    while c.pool:
        c.step()
    assert c.balances[YOU, asset] == 7 * COIN
    assert c.balances[MINERS, asset] == made.fee_atoms > 0
    assert c.balances[ME, asset] == before[asset] - 7 * COIN - made.fee_atoms
    assert c.supply() == before


def test_blocks_come_one_to_a_stretch_in_order_and_idle_ones_are_skipped():
    c = chain()
    times = [c.block_us(height) for height in range(200)]
    assert times == sorted(times)
    gaps = {b - a for a, b in itertools.pairwise(times)}
    assert len(gaps) > 100
    assert max(gaps) < 2 * c.network.block_us
    for time_us in (times[7], times[7] - 1, times[8] - 1, times[150]):
        idle = chain()
        idle.come_to(time_us)
        assert idle.height == max(h for h in range(200) if times[h] <= time_us)


@pytest.mark.parametrize("name", ["granite", "lattice"])
def test_nobody_sends_more_than_there_is_or_the_same_twice(name):
    c = chain(name, coins=1)
    asset = c.network.fee_asset
    with pytest.raises(ChainError):
        c.send(ME, [Output(YOU, asset, 5 * COIN)], START_US)  # nothing is left for the fee
    with pytest.raises(ChainError):
        c.send(YOU, [Output(ME, asset, 1)], START_US)
    with pytest.raises(ChainError):
        c.send(ME, [Output(YOU, asset, 0)], START_US)
    c.send(ME, [Output(YOU, asset, 4 * COIN)], START_US)
    with pytest.raises(ChainError):
        c.send(ME, [Output(YOU, asset, 4 * COIN)], START_US)


def test_a_token_does_not_move_without_the_coin_that_pays_the_fee():
    c = Chain(BY_NAME["lattice"], 1, START_US, [Output(ME, "USD", 100 * COIN)])
    with pytest.raises(ChainError, match="ETH"):
        c.send(ME, [Output(YOU, "USD", COIN)], START_US)


def test_a_fee_of_a_quiet_hour_waits_while_the_chain_is_busy():
    c = chain("ferry")
    quiet, busy = START_US, START_US
    hours = [START_US + n * HOUR_US for n in range(50)]
    fees = {c.fee_atoms(each) for each in hours}
    assert len(fees) > 3
    quiet = next(a for a, b in itertools.pairwise(hours) if c.fee_atoms(a) < c.fee_atoms(b))
    busy = quiet + HOUR_US
    c.come_to(busy - busy % HOUR_US)
    c.send(ME, [Output(YOU, "USD", COIN)], quiet)
    c.step()
    assert len(c.pool) == 1
    while c.pool:
        c.step()
    assert c.fee_atoms(c.block_us(c.height)) <= c.fee_atoms(quiet)


def test_a_reorganisation_undoes_blocks_no_deeper_than_final_and_keeps_the_supply():
    undone = dropped = 0
    for seed in range(30):
        c = chain(seed=seed, undone_ppm=300_000)
        before, heights, settled = c.supply(), {}, set()
        for _ in range(3):
            c.send(ME, [Output(YOU, "XBT", COIN)], START_US)
        for _ in range(40):
            for what, made, height in c.step():
                undone += what == "undone"
                dropped += what == "dropped"
                if what == "undone":
                    assert heights.pop(made.txid) == height
                    assert made.txid not in settled
                elif what == "mined":
                    heights[made.txid] = height
            settled |= {txid for txid, height in heights.items() if c.is_settled(height)}
            assert c.supply() == before
            assert min(c.balances.values()) >= 0
            held = sum(coin.atoms for coin in c.coins.values())
            assert held + c.balances[MINERS, "XBT"] == before["XBT"]
        assert c.balances[YOU, "XBT"] == len(heights) * COIN
    assert undone > 20
    assert dropped > 3


def test_what_is_sent_again_is_never_lost():
    for seed in range(20):
        c = chain(seed=seed, undone_ppm=300_000)
        for _ in range(4):
            c.send(ME, [Output(YOU, "XBT", COIN)], START_US, resent=True)
        for _ in range(60):
            assert all(what != "dropped" for what, _, _ in c.step())
        while c.pool:
            c.step()
        assert c.balances[YOU, "XBT"] == 4 * COIN


def test_the_same_seed_gives_the_same_chain():
    def story(seed):
        c = chain(seed=seed, undone_ppm=200_000)
        c.send(ME, [Output(YOU, "XBT", COIN)], START_US)
        return [c.step() for _ in range(30)]

    assert story(1) == story(1)
    assert story(1) != story(2)
