"""`income`: so many of what is asked for, whatever else happened since."""

from __future__ import annotations

import asyncio

from longshore.engine.codes import Reason
from longshore.venue.dialects.binance_usdm import spans
from longshore.venue.history import Span
from longshore.venue.projections.records import LedgerRecord
from tests.dialects.binance_usdm.inside import inside


def test_a_type_is_counted_alone(tmp_path):
    """FEES-001: the newest of a type is told however much of others is newer."""

    async def tell():
        async with inside(tmp_path) as venue:
            maker = await venue.trader("maker", USD="100000")
            trader = await venue.trader("trader", USD="100000")
            mark = await venue.mark()
            await venue.send(maker, "SELL", "1", str(mark + 10))
            await venue.send(maker, "BUY", "1", str(mark - 10))
            await venue.send(trader, "BUY", "0.2")
            await venue.send(trader, "SELL", "0.1", reduceOnly="true")
            await venue.send(trader, "BUY", "0.1")
            for kind, told in (
                ("REALIZED_PNL", "-2.00000000"),
                ("TRANSFER", "100000.00000000"),
            ):
                (only,) = await venue.get(trader, "income", incomeType=kind, limit="1")
                assert (only["incomeType"], only["income"]) == (kind, told)
            (newest,) = await venue.get(trader, "income", limit="1")
            assert newest["incomeType"] == "COMMISSION"

    asyncio.run(tell())


def test_no_row_is_lost_between_two_pages():
    """LEDG-004: a move between two wallets of one account has two rows under one number."""

    def leg(seq, leg):
        return LedgerRecord(
            seq=seq,
            index=0,
            time_us=seq,
            leg=leg,
            origin=0,
            account_id=7,
            asset_id=1,
            wallet=leg,
            amount_atoms=1,
            balance_atoms=0,
            other_account_id=7,
            other_wallet=1 - leg,
            reason=Reason.TRANSFER,
            market_id=0,
            order_id=0,
        )

    moves = [leg(seq, which) for seq in range(1, spans.ROWS_AT_ONCE + 1) for which in (0, 1)]

    async def read(span):
        """An odd page: it ends between the two rows of a move."""
        rows = moves if span.ascending else moves[::-1]
        after, before = span.after_key or (0, 0), span.before_key or (10**9, 0)
        return [row for row in rows if after < (row.seq, row.index) < before][: span.limit]

    for ascending in (True, False):
        span = Span(limit=spans.ROWS_AT_ONCE + 1, ascending=ascending)
        found = asyncio.run(spans.gathered(read, lambda row: True, span))
        assert len(found) == span.limit
        assert len({(row.seq, row.leg) for row in found}) == span.limit
        whole = asyncio.run(
            spans.gathered(read, lambda row: row.leg == 1, Span(limit=999, ascending=ascending))
        )
        assert len(whole) == spans.ROWS_AT_ONCE
