"""What if: five changes to a liquidation, with agents reacting and with the flow frozen."""

from datetime import UTC, datetime

import pytest

from longshore.practice.counterfactual import ChangeError, Question, asking, what_if
from longshore.world.branch import branch
from longshore.world.moment import Moment, MomentError
from longshore.world.world import World
from tests.world.small import MARKET

TEXT = f"""{MARKET}
[[account]]
name = "cross"
deposit = {{ USD = "1000" }}
[[account]]
name = "isolated"
deposit = {{ USD = "1100" }}
[[order]]
at = 2020-03-12T10:40:05Z
account = "cross"
market = "PF_XBTUSD"
side = "buy"
value = "30000"
[[order]]
at = 2020-03-12T10:40:06Z
account = "isolated"
market = "PF_XBTUSD"
side = "buy"
value = "30000"
margin = "isolated"
leverage = 30
"""
OPENED = datetime(2020, 3, 12, 10, 40, 10, tzinfo=UTC)
FORCED = ("liquidated", "reduced")
STOPPED = ("stopped", "open")  # the book may be too thin for all of it
LATE = datetime(2020, 3, 12, 10, 40, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds") / "five"
    world = World.create(folder, TEXT)
    world.run(world.end_us)
    world.save()
    world.close()
    return folder


def ask(folder, account="cross", mode="jit", **asked):
    return what_if(folder, Question(account=account, **asked), mode)


@pytest.mark.parametrize("flow", ["agents", "frozen"])
@pytest.mark.parametrize("at", [None, OPENED])
def test_unchanged_it_comes_to_the_very_same_state(folder, flow, at):
    answer = ask(folder, mode="plain", flow=flow, at=at)
    assert answer.reproduced is True
    assert answer.before == answer.after
    assert answer.before.end in FORCED
    assert "12 Mar 2020 10:4" in answer.before.liquidated_at
    assert answer.told[-1].endswith("the very same state.")


@pytest.mark.parametrize("flow", ["agents", "frozen"])
@pytest.mark.parametrize(
    ("account", "change", "end"),
    [
        ("cross", "leverage 5x", "open"),
        ("isolated", "leverage 5x", "open"),
        ("cross", "stop at 6,600", STOPPED),
        ("cross", "add margin 6000", "open"),
        ("isolated", "add margin 6000", "open"),
        ("cross", "isolated", FORCED),
        ("isolated", "cross", FORCED),
    ],
)
def test_a_change_from_the_beginning_on(folder, account, change, end, flow):
    answer = ask(folder, account, change=change, flow=flow)
    assert answer.before.end in FORCED
    assert answer.after.end in ((end,) if isinstance(end, str) else end), answer.told
    assert answer.after.refusals == []
    assert (answer.reproduced, answer.agents_changed) == (None, False)
    assert answer.after.digest != answer.before.digest
    assert any(change in line for line in answer.told)
    reacting = "Agents reacted" in " ".join(answer.told)
    assert reacting == (flow == "agents")


def test_leverage_keeps_the_stake_and_makes_the_position_smaller(folder):
    before, after = (ask(folder, "isolated", change=c).after for c in ("", "leverage 5x"))
    assert float(after.kept.value) > float(before.kept.value) + 400
    assert after.entry == before.entry


def test_money_from_outside_is_told(folder):
    answer = ask(folder, change="add margin 6000")
    assert answer.after.paid_in.value.startswith("6000")
    assert any("came from outside" in line for line in answer.told)


def test_a_change_of_what_is_held_already(folder):
    stop = ask(folder, change="stop at 6,600", at=OPENED)
    assert stop.after.end in STOPPED
    assert float(stop.after.kept.value) > float(stop.before.kept.value) + 100
    assert stop.at_us >= 1_584_009_610_000_000
    saved = ask(folder, "isolated", change="add margin 6000", at=OPENED)
    assert saved.after.end == "open"


def test_leaving_closing_and_closing_half(folder):
    """UX-33: what a debrief lets one try from a moment of the past."""
    left = ask(folder, change="leave", at=OPENED)
    assert (left.after.end, left.after.digest) == (left.before.end, left.before.digest)
    never = ask(folder, change="leave")
    assert never.after.end == "nothing"
    closed = ask(folder, change="close", at=OPENED)
    assert closed.after.end in ("closed", "open")  # the book may be too thin for all of it
    assert closed.after.liquidated_at == ""
    half = ask(folder, change="close half", at=OPENED)
    kept = [float(each.after.kept.value) for each in (closed, half, left)]
    assert kept[0] > kept[1] > kept[2]


def test_what_the_venue_does_not_take_is_said_and_it_ends_as_it_did(folder):
    refused = ask(folder, "isolated", change="leverage 2x", at=OPENED)
    assert refused.after.end == refused.before.end
    assert refused.after.refusals
    assert any(line.startswith("The venue refused: ") for line in refused.told)
    mode = ask(folder, change="isolated", at=OPENED)
    assert mode.after.refusals


def test_another_rulebook_counts_from_the_beginning(folder):
    answer = ask(folder, rulebook="binance-usdm-2026-11")
    assert answer.at_seq == 0
    assert answer.after.end in (*FORCED, "open")
    assert answer.after.digest != answer.before.digest
    same = ask(folder, rulebook="kraken")
    assert same.after.digest == same.before.digest
    frozen = ask(folder, rulebook="kraken", flow="frozen")
    assert frozen.after.digest == frozen.before.digest


def test_a_branchs_past_is_its_parents(folder):
    to = folder.parent / "late"
    branch(folder, to, Moment(time_us=int(LATE.timestamp()) * 1_000_000)).close()
    answer = what_if(to, Question(account="cross", at=OPENED))
    assert answer.reproduced is True
    assert answer.until_us <= int(LATE.timestamp()) * 1_000_000


def test_it_ends_where_it_was_asked_to(folder):
    answer = ask(folder, until=LATE)
    assert answer.reproduced
    assert answer.until_us == int(LATE.timestamp()) * 1_000_000


def test_changed_agents_are_told(folder, monkeypatch):
    monkeypatch.setattr(asking, "sources_digest", lambda: "other code")
    answer = ask(folder, until=LATE)
    assert answer.agents_changed
    assert any("code has changed" in line for line in answer.told)


@pytest.mark.parametrize(
    ("asked", "error", "why"),
    [
        ({"change": "leverage"}, ChangeError, "a change is one of"),
        ({"change": "leverage 0x"}, ChangeError, "above zero"),
        ({"change": "sell everything"}, ChangeError, "a change is one of"),
        ({"change": "stop at 6,600.001"}, ChangeError, "no multiple"),
        ({"account": "nobody"}, LookupError, "no account"),
        ({"market": "PF_ETHUSD"}, LookupError, "no market"),
        ({"at": 10**9}, MomentError, "is not from 1"),
        ({"until": datetime(2030, 1, 1, tzinfo=UTC)}, MomentError, "has not come yet"),
        ({"rulebook": "kraken_inverse"}, ChangeError, "no linear perpetual"),
    ],
)
def test_what_means_nothing_is_refused(folder, asked, error, why):
    with pytest.raises(error, match=why):
        ask(folder, **asked)
