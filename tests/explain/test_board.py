"""The notice board: each thing it tells, told from events alone, once."""

import msgspec
import numpy as np
import pytest

from longshore import rulebooks
from longshore.engine.codes import MarketState, Role, Side, System
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.board import Board, BoardState, Stop
from tests.explain.desk import RULEBOOK as DESK_RULES
from tests.explain.desk import Desk

RULEBOOK = rulebooks.load("kraken").only(["PF_XBTUSD"])
SETUP = RULEBOOK.setup()
XBT = RULEBOOK.catalog.asset("XBT")
SECOND_US = 1_000_000
START_US = 1_767_614_400 * SECOND_US


class Told:
    """A board and the events it is shown."""

    def __init__(self, *stops):
        self.board = Board(RULEBOOK.catalog, SETUP, stops)
        self.seq = 0

    def show(self, second, kind, **fields):
        self.seq += 1
        time_us = START_US + int(second * SECOND_US)
        self.board.see([Event(kind=kind, seq=self.seq, time_us=time_us, **fields)])

    def index(self, second, price, sources=3):
        self.show(
            second,
            EventKind.INDEX_PUBLISHED,
            asset_id=XBT.asset_id,
            index_subticks=price * 10**10,
            value_atoms=sources,
        )

    def level(self, second, side, price, lots):
        fields = {"side": side, "price_ticks": price, "open_lots": lots}
        self.show(second, EventKind.BOOK_CHANGED, market_id=1, **fields)

    def look(self, second):
        self.show(second, EventKind.ORDER_AMENDED, market_id=1)

    @property
    def codes(self):
        return [notice.code for notice in self.board.notices]

    @property
    def last(self):
        return self.board.notices[-1].text


def test_a_run_is_told_at_three_per_cent_and_again_when_it_has_doubled():
    told = Told()
    for second, price in enumerate((100_000, 99_000, 98_000, 97_000, 96_000, 95_000, 94_000)):
        told.index(second, price)
    assert told.codes == ["index-fell", "index-fell"]
    assert told.last == "The index of BTC fell 6% in 6 s, from 100,000 to 94,000."
    told.index(7, 95_000)
    told.index(8, 96_000)
    told.index(9, 97_000)
    assert told.codes[2:] == ["index-rose"]
    assert told.board.notices[-1].way > 0 > told.board.notices[0].way


def test_what_a_price_does_in_more_than_five_minutes_is_no_run():
    told = Told()
    for half_minute in range(60):
        told.index(30 * half_minute, 100_000 - 150 * half_minute)
    assert told.codes == []


def test_a_gap_is_told_where_there_was_no_price_between():
    told = Told()
    for second, price in enumerate((100_000, 100_010, 93_000, 92_990)):
        told.index(2 * second, price)
    assert told.codes == ["index-gap-fell"]
    assert "fell 7% from one price to the next, 2 s later: from 100,010 to 93,000" in told.last
    assert told.board.notices[0].way < 0


def test_an_index_that_stands_still_is_told_and_told_when_it_is_back():
    told = Told()
    told.index(0, 100_000)
    told.look(59)
    assert told.codes == []
    told.look(61)
    told.look(63)
    assert told.codes == ["index-silent"]
    told.index(90, 90_000)
    assert told.codes == ["index-silent", "index-back"]
    assert "for 90 s; it came back at 90,000, 10% lower (100,000 before)" in told.last


def test_constituents_lost_and_regained_are_counted():
    told = Told()
    for second, sources in enumerate((3, 3, 2, 2, 3)):
        told.index(second, 100_000 + second, sources)
    assert told.codes == ["index-lost", "index-regained"]
    assert told.board.notices[0].text.endswith("With that it went from 100,001 to 100,002.")


@pytest.mark.parametrize(("traded", "code"), [(0, "book-left"), (60_000, "book-taken")])
def test_a_book_that_left_and_one_that_was_taken(traded, code):
    """Ten coins at 10,000: a hundred thousand dollars a side, of which nine tenths go."""
    told = Told()
    told.level(0, Side.BUY, 9_999, 100_000)
    told.level(0, Side.SELL, 10_001, 100_000)
    told.level(0, Side.SELL, 10_200, 900_000)  # more than a hundredth away
    told.look(3)
    told.look(6)
    if traded:
        fields = {"value_atoms": traded * 10**8, "role": Role.TAKER}
        told.show(8, EventKind.FILLED, market_id=1, **fields)
    told.level(8, Side.BUY, 9_999, 10_000)
    told.look(11)
    told.look(14)
    assert told.codes == [code]
    assert "fell from $100,000.00 to $10,000.00 in" in told.last
    told.level(15, Side.BUY, 9_999, 60_000)
    told.look(18)
    assert told.codes == [code, "book-back"]


def test_a_halt_is_told_with_where_the_index_went_meanwhile():
    told = Told()
    told.index(0, 100_000)
    told.show(1, EventKind.MARKET_STATE_SET, market_id=1, flag=MarketState.HALTED)
    told.index(30, 99_000)
    told.show(31, EventKind.MARKET_STATE_SET, market_id=1, flag=MarketState.AUCTION)
    told.show(60, EventKind.AUCTION_CROSSED, market_id=1)
    told.show(61, EventKind.MARKET_STATE_SET, market_id=1, flag=MarketState.ACTIVE)
    told.show(62, EventKind.MARKET_STATE_SET, market_id=1, flag=MarketState.ACTIVE)
    assert told.codes == ["halted", "auction", "crossed-nothing", "goes-on"]
    assert "for 60 s. Its index is 1% lower now: 99,000, after 100,000." in told.last


def test_an_end_an_expiry_and_a_dear_rate():
    told = Told()
    fields = {"market_id": 1, "index_subticks": 10**15, "mark_subticks": 1_001 * 10**12}
    told.show(0, EventKind.FUNDING_SET, rate_e18=10**13, **fields)  # 0.024 % a day
    told.show(1, EventKind.FUNDING_SET, rate_e18=-(10**14), **fields)
    told.show(2, EventKind.MARKET_SETTLED, market_id=1, mark_subticks=10**15, flag=0)
    told.show(3, EventKind.MARKET_SETTLED, market_id=1, mark_subticks=10**15, flag=1)
    assert told.codes == ["funding", "expired", "delisted"]
    first = "The funding rate of PF_XBTUSD is 0.01% for the next 1 h: shorts pay longs."
    assert told.board.notices[0].text == f"{first} Its mark stands 0.1% above its index."


def test_an_unwinding_is_told_with_what_the_funds_held():
    told = Told()
    paid = {"asset_id": 1, "account_id": System.INSURANCE, "other_account_id": 20}
    told.show(0, EventKind.TRANSFERRED, balance_atoms=7 * 10**8, **paid)
    fields = {"role": Role.UNWIND_BANKRUPT, "side": Side.SELL, "qty_lots": 5_000}
    told.show(1, EventKind.FILLED, market_id=1, value_atoms=1, **fields)
    assert "liquidated long of PF_XBTUSD: the pool held $0.00, the insurance fund $7.00." in (
        told.last
    )
    assert "0.5 BTC of positions on the other side were closed" in told.last


def test_withdrawals_are_stopped_and_let_through_at_their_times():
    told = Told(Stop(START_US + 10 * SECOND_US, START_US + 40 * SECOND_US))
    for second in (0, 5, 11, 20, 43, 50):
        told.look(second)
    assert told.codes == ["withdrawals-stopped", "withdrawals-open"]
    assert [n.time_us - START_US for n in told.board.notices] == [10 * SECOND_US, 40 * SECOND_US]


def test_it_keeps_the_newest():
    told = Told()
    for second in range(600):
        told.index(second, 100_000, 2 + second % 2)
    assert len(told.board.notices) == 500
    assert told.board.notices[-1].seq == 600


def test_a_board_goes_on_from_its_state_as_if_it_had_seen_all():
    prices = [100_000 - 400 * at for at in range(20)]
    whole, parted = Told(), Told()
    for at, price in enumerate(prices):
        whole.index(at, price)
        parted.index(at, price)
        kept = msgspec.msgpack.encode(parted.board.state)
        parted.board = Board(RULEBOOK.catalog, SETUP)
        parted.board.state = msgspec.msgpack.decode(kept, type=BoardState)
    assert parted.board.notices == whole.board.notices != []


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_a_board_reads_numbers_as_it_reads_rows(piece):
    """A crash, a maker that goes and comes, an unwinding paid for by the pool: cut anywhere."""
    desk, drain = Desk(), {"asset_id": 1, "other_account_id": System.POOL, "account_id": 20}
    desk.quote("83900", "84100", "0.5")
    events, kinds = list(desk.events), EventKind
    begin_us, levels = events[-1].time_us, [e for e in events if e.kind == kinds.BOOK_CHANGED]

    def add(second, kind, **fields):
        events.append(Event(kind=kind, time_us=begin_us + second * SECOND_US, **fields))

    for second in range(1, 90):
        index = (90_000 - 900 * second) * 10**10
        add(second, kinds.INDEX_PUBLISHED, asset_id=XBT.asset_id, index_subticks=index)
        add(second, kinds.TRANSFERRED, other_balance_atoms=second * 10**8, **drain)
        for each in levels if second % 30 < 5 else ():
            fields = {name: getattr(each, name) for name in ("market_id", "side", "price_ticks")}
            add(second, kinds.BOOK_CHANGED, open_lots=each.open_lots * (second % 30 > 3), **fields)
        role = Role.UNWIND_BANKRUPT if second % 50 == 0 else Role.TAKER
        add(second, kinds.FILLED, market_id=1, value_atoms=10**10, role=role)
    rows, words = (Board(desk.catalog, DESK_RULES.setup()) for _ in range(2))
    rows.see(events)
    for start in range(0, len(events), piece):
        words.see_words(np.array([e.values() for e in events[start : start + piece]], np.int64))
    assert words.state == rows.state
    assert {n.code for n in rows.notices} >= {"index-fell", "book-left", "book-back", "unwound"}


def test_a_board_that_begins_in_the_middle_takes_book_and_funds_from_the_state():
    desk = Desk()
    desk.quote("83900", "84100", "0.5")
    seen, begun = (Board(desk.catalog, DESK_RULES.setup()) for _ in range(2))
    seen.see(desk.events)
    begun.begin(desk.engine.view)
    books = [[(w.book.bids, w.book.asks) for w in b.state.markets.values()] for b in (seen, begun)]
    assert books[0] == books[1] != [({}, {})] * 3
    assert begun.state.funds_atoms[System.POOL] == 10**14 == seen.state.funds_atoms[System.POOL]
