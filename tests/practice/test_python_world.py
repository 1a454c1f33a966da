"""`from longshore import World`: the same in an event loop, and nothing lost on the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from longshore import AsyncWorld, World
from longshore.engine.events import EventKind
from longshore.explain.liquidation import LiquidationStory
from longshore.explain.position import PositionCard
from longshore.practice.worlds import WorldError
from longshore.rulebooks import ConversionError, UnknownSymbolError
from longshore.world.moment import MomentError
from longshore.world.replaying import replay_folder
from tests.world.small import TEXT

SYMBOL = "PF_XBTUSD"
START = datetime(2020, 3, 12, 10, 40, tzinfo=UTC)


@pytest.fixture
def world(tmp_path):
    with World.create(TEXT, tmp_path / "first") as world:
        world.account("anna", USD=2_000)
        world.advance(seconds=20)
        yield world


def test_an_order_a_position_a_stop_and_their_events(world):
    placed = world.place("anna", SYMBOL, "buy", "0.1", stop=6_000)
    assert placed.ok
    assert placed.filled == Decimal("0.1")
    held = world.position("anna", SYMBOL)
    assert held is not None
    assert (held.size, held.isolated) == (Decimal("0.1"), False)
    assert abs(held.entry_price - placed.average_price) < Decimal("0.001")
    assert abs(held.mark_price - world.price(SYMBOL)) < 1
    assert held.liquidation_price is None or held.liquidation_price < held.mark_price
    resting = world.place("anna", SYMBOL, "buy", "0.1", "limit", price="6000")
    world.cancel("anna", resting.order_id)
    kinds = world.events("anna")["event"].to_pylist()
    assert {"ORDER_PLACED", "TRADED", "ORDER_ENDED"} <= set(kinds)
    assert isinstance(world.explain("anna", SYMBOL), PositionCard)


def test_events_are_a_table_with_names_and_times(world):
    world.place("anna", SYMBOL, "sell", "0.05")
    table = world.events()
    assert table.num_rows > 10
    assert table.schema.field("time").type.tz == "UTC"
    assert table["account"].to_pylist().count("anna") > 0
    assert set(table["market"].to_pylist()) >= {SYMBOL, None}
    assert table["kind"].to_pylist()[0] == EventKind.ACCOUNT_CREATED
    assert world.events(after_seq=world.seq).num_rows == 0
    mine = world.events("anna", after_seq=world.seq - 1)
    assert 0 < mine.num_rows < table.num_rows


def test_going_on_until_something_happens(world):
    assert world.run_until(liquidation="long")
    assert START < world.time < START + timedelta(minutes=5)
    assert isinstance(world.explain("long"), LiquidationStory)
    assert not world.run_until(fill="anna", limit=timedelta(seconds=5))
    level = world.price(SYMBOL) * Decimal("0.999")
    if world.run_until(price=(SYMBOL, level.quantize(Decimal("0.1")))):
        assert world.price(SYMBOL) <= level + 1
    world.advance(minutes=10)
    assert world.time == world.end
    assert world.step() is False


def test_stepping(world):
    before = world.seq, world.time
    assert world.step()
    assert (world.seq, world.time) > before
    assert world.step("fill")
    assert "FILLED" in world.events(after_seq=before[0])["event"].to_pylist()
    at = world.time
    assert world.step("minute")
    assert world.time - at == timedelta(minutes=1)


def test_a_branch_goes_its_own_way_and_is_kept_beside(world):
    world.place("anna", SYMBOL, "buy", "0.1")
    seq, digest = world.seq, world.digest
    world.advance(minutes=1)
    with world.branch("second", at=seq) as second:
        assert (second.seq, second.digest, second.name) == (seq, digest, "second")
        second.advance(to=world.time)
        assert second.digest == world.digest
        second.place("anna", SYMBOL, "sell", "0.1")
        assert second.digest != world.digest
        assert second.worth("anna") != world.worth("anna")
    again = World.open(world.folder.parent / "second")
    assert again.position("anna", SYMBOL) is None
    again.close()
    assert world.branch().name == "first-branch"


def test_a_world_without_a_folder_leaves_nothing_behind():
    with World.create(TEXT) as world:
        world.advance(seconds=10)
        branch = world.branch("other")
        folder = world.folder
        assert branch.folder.parent == folder.parent
    assert not folder.parent.exists()


def test_one_file_and_back(world, tmp_path):
    world.place("anna", SYMBOL, "buy", "0.1")
    world.export(tmp_path / "w.world")
    with World.load(tmp_path / "w.world", tmp_path / "elsewhere") as came:
        assert (came.digest, came.name) == (world.digest, "first")
        assert came.position("anna", SYMBOL).size == Decimal("0.1")


def test_deleting_makes_branches_whole(world):
    world.advance(seconds=20)
    child = world.branch("child", at=world.seq - 5)
    digest = child.digest
    child.close()
    world.delete()
    assert replay_folder(child.folder).digest == digest


def test_what_if_of_a_running_world(world):
    world.place("anna", SYMBOL, "buy", "1.5")
    world.advance(minutes=2)
    answer = world.what_if(account="anna", at=START + timedelta(seconds=20))
    assert answer.reproduced is True
    assert answer.before.digest == world.digest
    changed = world.what_if("leverage 2x", account="anna", flow="frozen")
    assert changed.after.digest != world.digest


def test_what_is_refused(world):
    with pytest.raises(WorldError, match="no account 'bert'"):
        world.place("bert", SYMBOL, "buy", 1)
    with pytest.raises(UnknownSymbolError):
        world.place("anna", "PF_NONE", "buy", 1)
    with pytest.raises(ConversionError):
        world.place("anna", SYMBOL, "buy", "0.00001")
    too_large = world.place("anna", SYMBOL, "buy", 100, "limit", price=6_600)
    assert not too_large.ok
    assert too_large.reason.endswith(".")
    with pytest.raises(WorldError):
        world.deposit("anna", "USD", 0)
    with pytest.raises(WorldError):
        world.cancel("anna", 5)
    with pytest.raises(WorldError, match="forward only"):
        world.advance(to=START)
    with pytest.raises(WorldError, match="by how much"):
        world.advance()
    with pytest.raises(WorldError, match="one thing"):
        world.run_until()
    with pytest.raises(MomentError):
        world.branch("b", at=10**9)
    with pytest.raises(ValueError, match="small letters"):
        world.branch("No Name")


def both(tmp_path):
    async def run():
        async with await AsyncWorld.create(TEXT, tmp_path / "async") as world:
            await world.account("anna", USD=2000)
            await world.advance(seconds=20)
            await world.place("anna", SYMBOL, "buy", "0.1")
            met = await world.run_until(liquidation="long")
            branch = await world.branch("other")
            await branch.step("minute")
            digests = world.world.digest, branch.world.digest
            await branch.close()
            return met, *digests, (await world.events()).num_rows

    return asyncio.run(run())


def test_in_an_event_loop_it_is_the_same(tmp_path):
    with World.create(TEXT, tmp_path / "sync") as world:
        world.account("anna", USD=2000)
        world.advance(seconds=20)
        world.place("anna", SYMBOL, "buy", "0.1")
        met = world.run_until(liquidation="long")
        with world.branch("sync-other") as branch:
            branch.step("minute")
            ours = met, world.digest, branch.digest, world.events().num_rows
    assert both(tmp_path) == ours


class Careful:
    """Buys once, with a stop and a target so near that one of them will soon be met."""

    def __init__(self):
        self.times, self.told = [], []

    def on_time(self, world):
        self.times.append(world.time)
        if len(self.times) == 1:
            price = int(world.price(SYMBOL))
            world.place("anna", SYMBOL, "buy", "0.01", stop=price - 3, target=price + 3)

    def on_event(self, world, event):
        self.told.append((world.time, EventKind(event.kind)))
        with pytest.raises(WorldError, match="does not go on"):
            world.advance(seconds=1)


def test_a_trader_of_ones_own_is_called_and_its_orders_are_anyones(world, tmp_path):
    """By time and by what names its account; a replay has what it did without its class."""
    trader = Careful()
    world.join("anna", trader, every=timedelta(seconds=7))
    before = world.time
    world.advance(seconds=60)
    assert [(time - before).total_seconds() for time in trader.times] == list(range(7, 60, 7))
    assert {kind for _, kind in trader.told} >= {EventKind.ORDER_TRIGGERED, EventKind.TRADED}
    assert all(time > trader.times[0] for time, _ in trader.told)
    assert replay_folder(tmp_path / "first", resimulate=True).digest == world.digest


class Broken:
    """Raises at its second call."""

    calls = 0

    def on_time(self, world):
        self.calls += 1
        if self.calls == 2:
            raise RuntimeError("no idea")


def test_a_trader_that_raises_stops_the_world_at_that_moment(world, tmp_path):
    """Nothing is lost: the world stands there, is whole, and goes on."""
    world.join("anna", Broken(), every=timedelta(seconds=5))
    before = world.time
    with pytest.raises(RuntimeError, match="no idea"):
        world.advance(seconds=30)
    assert world.time - before == timedelta(seconds=10)
    assert replay_folder(tmp_path / "first").digest == world.digest
    world.advance(seconds=5)


@pytest.mark.parametrize(
    ("who", "trader", "every", "words"),
    [
        ("nobody", Broken(), timedelta(seconds=1), "no account"),
        ("anna", object(), timedelta(seconds=1), "on_time"),
        ("anna", Broken(), timedelta(0), "above zero"),
    ],
)
def test_a_trader_that_cannot_act_is_refused(world, who, trader, every, words):
    with pytest.raises(WorldError, match=words):
        world.join(who, trader, every=every)
