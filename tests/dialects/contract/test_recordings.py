"""Every recording of the real venue has the keys, kinds, words and number formats of ours.

The recordings lie beside the repository; where they do not, these tests are skipped and say so. A
recording that nothing here answers fails, and so does a reason that no difference needs any more.
"""

from __future__ import annotations

import asyncio

import pytest

from tests.dialects.contract import futures_told, spot_told
from tests.dialects.contract.cases import APART
from tests.dialects.contract.forms import Rules, differences
from tests.dialects.contract.recordings import BESIDE, files, recorded
from tests.dialects.contract.words import rules_of
from tests.dialects.spot_inside import spot_inside

pytestmark = pytest.mark.skipif(not BESIDE, reason="no recordings beside the repository")
RECORDED = recorded() if BESIDE else {}
REQUESTS = [name for name in RECORDED if name.endswith(("_request", " sent subscribe"))]
"""What a client said: ours must take it."""
SAID = [name for name in RECORDED if name not in REQUESTS]
METHODS = (
    *("ws_add_order_request", "ws_amend_order_request"),
    *("ws_cancel_order_request", "ws_batch_add_request"),
)
DEPTH = 1_000


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Our answers by the name of the recording."""

    async def tell():
        async with spot_inside(tmp_path_factory.mktemp("contract")) as spot:
            requests = {name: RECORDED[name] for name in METHODS}
            answers = await spot_told.told(spot, requests, DEPTH)
            return answers | await futures_told.told(spot.inside)

    return asyncio.run(tell())


def test_no_recording_is_left_out(told):
    """A file that is new beside the repository has to be answered."""
    read = {name.split(" ")[0] for name in RECORDED}
    assert files() == read
    assert set(SAID) <= set(told)
    assert set(APART) <= set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_ours_is_like_the_recorded_one(told, name):
    ours, theirs = told[name], RECORDED[name]
    if isinstance(ours, list) != isinstance(theirs, list):
        ours, theirs = as_rows(ours), as_rows(theirs)
    found = differences(ours, theirs, rules_of(name))
    reasons = APART.get(name, {})
    unexplained = {path: wrong for path, wrong in found.items() if not explained(path, reasons)}
    assert not unexplained
    assert [path for path in reasons if path not in found] == []


def as_rows(payload):
    """A message as the only one of its kind."""
    return payload if isinstance(payload, list) else [payload]


def explained(path, reasons):
    """Whether a reason is given for a field, or for an object that holds it."""
    return any(
        path == reason or path.startswith((f"{reason}.", f"{reason}[")) for reason in reasons
    )


@pytest.mark.parametrize("name", METHODS)
def test_a_recorded_request_is_taken(told, name):
    answer, asked = told[name], RECORDED[name]
    assert (answer["success"], answer["req_id"]) == (True, asked["req_id"])


def test_every_recorded_request_is_made():
    """What was recorded being asked of the feeds is what is asked above, of our own markets."""
    feeds = {each["feed"] for each in RECORDED[f"{futures_told.SOCKET} sent subscribe"]}
    wanted = RECORDED[f"{spot_told.V1} sent subscribe"]
    assert feeds == {"book", "trade", "ticker_lite"}
    assert {each["subscription"]["name"] for each in wanted} == {"book", "trade", "ticker"}
    assert {each["subscription"].get("depth", DEPTH) for each in wanted} == {DEPTH}
    others = {f"{futures_told.SOCKET} sent subscribe", f"{spot_told.V1} sent subscribe"}
    assert set(REQUESTS) == {*METHODS, *others}


RULES = Rules(
    words={"side": frozenset({"buy", "sell"})},
    free=frozenset({"name"}),
    more={"fee": "documented"},
    whole=frozenset({"time"}),
    plain=frozenset({"size"}),
)
THEIRS = {
    "rows": [{"side": "buy", "price": "1.50", "size": "2", "time": 7, "name": "a"}],
    "at": "2026-01-02T03:04:05.123Z",
    "qty": 1,
    "best": [1.5, "0.1"],
}


def changed(**fields):
    return THEIRS | {"rows": [THEIRS["rows"][0] | fields]}


@pytest.mark.parametrize(
    "ours",
    [
        THEIRS,
        changed(side="sell", price="0.25", size="0.5", name="b"),
        changed(fee=1),
        THEIRS | {"qty": 0.5},
    ],
)
def test_what_is_alike(ours):
    assert differences(ours, THEIRS, RULES) == {}


@pytest.mark.parametrize(
    ("ours", "path"),
    [
        (changed(side="hold"), ".rows[].side"),
        (changed(price="1.5"), ".rows[].price"),
        (changed(price=1.5), ".rows[].price"),
        (changed(price=None), ".rows[].price"),
        (changed(size="much"), ".rows[].size"),
        (changed(time=7.5), ".rows[].time"),
        (changed(more=1), ".rows[].more"),
        (THEIRS | {"at": "2026-01-02T03:04:05Z"}, ".at"),
        (THEIRS | {"best": ["1.5", "0.1"]}, ".best[0]"),
        (THEIRS | {"best": [1.5]}, ".best[1]"),
        ({name: each for name, each in THEIRS.items() if name != "qty"}, ".qty"),
    ],
)
def test_what_is_not_alike_is_named(ours, path):
    assert list(differences(ours, THEIRS, RULES)) == [path]
