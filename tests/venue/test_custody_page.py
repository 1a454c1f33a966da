"""What the page about moving coins says is so."""

from __future__ import annotations

import re
from pathlib import Path

from longshore.custody.networks import COIN, NETWORKS
from longshore.venue.custody_terms import STANDARD, TERMS
from longshore.venue.dialects.kraken_spot.routes import REST
from longshore.venue.dialects.native.routes import OPERATIONS, PREFIX

PAGE = (Path(__file__).parents[2] / "docs/how-to/move-coins.md").read_text(encoding="utf-8")


def test_every_route_on_the_page_is_there():
    told = set(re.findall(r"`(GET|POST|PUT|DELETE)\s(\S+?)`", PAGE))
    known = {(each.method, f"{PREFIX}{each.path}") for each in OPERATIONS}
    assert len(told) >= 11
    assert told <= known


def test_every_method_of_krakens_on_the_page_is_there():
    told = set(re.findall(r"`((?:Deposit|Withdraw)\w*)`", PAGE))
    assert len(told) == 9
    assert {f"private/{name}" for name in told} <= REST.keys()


def test_the_table_of_chains_is_the_chains():
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
    told = [
        (row[0].strip("| `"), row[1], row[3], row[4], row[5], row[6].strip(" |")) for row in rows
    ]
    assert told == [
        (
            each.name,
            ", ".join(listed.asset for listed in each.listed),
            f"{each.block_us // 1_000_000} s",
            f"{each.confirmations} blocks",
            f"{each.final} blocks",
            "yes" if each.needs_memo else "no",
        )
        for each in NETWORKS
    ]


def test_limits_and_times_are_those_on_the_page():
    limits = TERMS.daily_atoms[STANDARD]
    told = f"{limits['XBT'] // COIN} XBT, {limits['ETH'] // COIN} ETH and {limits['USD'] // COIN:,}"
    assert told in PAGE
    assert TERMS.recovery_ppm == 50_000
    assert TERMS.book_wait_us == TERMS.change_hold_us == TERMS.day_us == 86_400_000_000
    assert (TERMS.cancel_us, TERMS.batch_us) == (300_000_000, 600_000_000)
