"""The private channels of sockets v2: `executions` and `balances`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Reason, Role
from longshore.engine.events import EventKind
from longshore.venue.dialects.kraken_spot import facts as order_facts
from longshore.venue.dialects.kraken_spot.balances import held
from longshore.venue.dialects.kraken_spot.facts import OrderFacts
from longshore.venue.dialects.kraken_spot.ids import trade_number
from longshore.venue.dialects.kraken_spot.ledgers import entries, refids
from longshore.venue.dialects.kraken_spot.names import pair_symbol
from longshore.venue.dialects.kraken_spot.order_objects import (
    END_REASONS,
    SIDES,
    order_type,
    own_names,
    time_in_force,
)
from longshore.venue.dialects.kraken_spot.paging import ROWS_AT_ONCE
from longshore.venue.dialects.kraken_spot.trade_lists import spot_fills
from longshore.venue.dialects.kraken_spot.values import Json, iso, number
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.ledgers import Entry
    from longshore.venue.projections.records import FillRecord
    from longshore.venue.streams import Delivery

SNAPSHOT_TRADES = 50
WALLET = {"type": "spot", "id": "main"}


class Private:
    """A private channel: its messages are numbered."""

    name = ""

    def __init__(self, api: Api, account_id: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self.account_id = account_id
        self._sequence = 0

    def _message(self, kind: str, data: list[Json]) -> Json:
        self._sequence += 1
        numbered = {"sequence": self._sequence}
        return {"channel": self.name, "type": kind, "data": data, **numbered}


class ExecutionsChannel(Private):
    """`executions`: the account's orders and trades, a message for each thing that happens.

    ccxt reads a whole message by its first row, so rows of two kinds never share one.
    """

    name = "executions"

    def __init__(self, api: Api, account_id: int, orders: bool, trades: bool) -> None:
        """`orders` and `trades` say what the snapshot holds."""
        super().__init__(api, account_id)
        self._snapshot_orders = orders
        self._snapshot_trades = trades
        self._open: dict[int, OrderFacts] = {}

    async def snapshot(self) -> list[Json]:
        """Open orders, and the latest trades where they are asked for."""
        rows = order_facts.open_rows(self._api, self.account_id)
        found = [order_facts.of_row(self._api, row) for row in rows]
        self._open = {facts.order_id: facts for facts in found}
        orders = [self._order(facts) for facts in found] if self._snapshot_orders else []
        told = [self._message("snapshot", orders)]
        if self._snapshot_trades:
            span = Span(limit=SNAPSHOT_TRADES)
            fills = (await spot_fills(self._api, self.account_id, span))[:SNAPSHOT_TRADES]
            told.append(self._message("snapshot", [self._fill(each) for each in fills]))
        return told

    def _order(self, facts: OrderFacts) -> Json:
        status = "partially_filled" if facts.filled_lots else "new"
        return {**_whole(self._api, facts), "exec_type": "new", "order_status": status}

    async def messages(self, delivery: Delivery) -> list[Json]:
        """What the account's events have to tell."""
        told: list[Json] = []
        for event in delivery.private:
            if self._concerns(event):
                told += [self._message("update", [row]) for row in self._rows(event)]
        return told

    def _concerns(self, event: Event) -> bool:
        mine = event.account_id == self.account_id and event.kind in ORDER_KINDS
        return mine and self._api.is_spot(int(event.market_id))

    def _rows(self, event: Event) -> list[Json]:
        if event.kind == EventKind.ORDER_PLACED:
            return self._placed(event)
        facts = self._open.get(int(event.order_id))
        if facts is None:
            return []
        if event.kind == EventKind.TRADED:
            return [self._traded(facts, event)]
        if event.kind == EventKind.ORDER_AMENDED:
            facts.open_lots = int(event.open_lots)
            facts.price_ticks = int(event.price_ticks)
            return [self._state(facts, event, "amended")]
        del self._open[facts.order_id]
        return [self._ended(facts, event)]

    def _placed(self, event: Event) -> list[Json]:
        facts = _of_event(self._api, event)
        self._open[facts.order_id] = facts
        whole = _whole(self._api, facts)
        return [
            {**whole, "exec_type": kind, "order_status": kind} for kind in ("pending_new", "new")
        ]

    def _traded(self, facts: OrderFacts, event: Event) -> Json:
        """A fill that the snapshot knows of already is not counted again."""
        if event.filled_lots > facts.filled_lots:
            facts.filled_value_atoms += int(event.value_atoms)
            facts.filled_lots = int(event.filled_lots)
        facts.open_lots = int(event.open_lots)
        status = "partially_filled" if event.open_lots else "filled"
        trade = _trade(self._api, event, self._api.ids.trade(event.seq, event.index))
        return {**_sums(facts), **_names(self._api, facts), **trade, "order_status": status}

    def _fill(self, fill: FillRecord) -> Json:
        trade = _trade(self._api, fill, self._api.ids.trade(fill.seq, fill.index))
        named = {"order_id": self._api.ids.order(fill.order_id), "order_userref": 0}
        status = "partially_filled" if fill.open_lots else "filled"
        return {**named, **trade, "order_status": status}

    def _state(self, facts: OrderFacts, event: Event, kind: str) -> Json:
        status = "partially_filled" if facts.filled_lots else "new"
        told = {**_whole(self._api, facts), "exec_type": kind, "order_status": status}
        return told | {"timestamp": iso(event.time_us)}

    def _ended(self, facts: OrderFacts, event: Event) -> Json:
        kind = ENDINGS.get(event.reason, "canceled")
        told = {**_whole(self._api, facts), "exec_type": kind, "order_status": kind}
        reason = END_REASONS.get(event.reason)
        why = {"reason": reason} if reason else {}
        return told | {"timestamp": iso(event.time_us)} | why


ENDINGS: dict[int, str] = {Reason.FILLED: "filled", Reason.EXPIRED: "expired"}
ORDER_KINDS = (
    EventKind.ORDER_PLACED,
    EventKind.ORDER_AMENDED,
    EventKind.ORDER_ENDED,
    EventKind.TRADED,
)


def _of_event(api: Api, event: Event) -> OrderFacts:
    return OrderFacts(
        market=api.venue.catalog.market(int(event.market_id)),
        order_id=int(event.order_id),
        client_text=api.venue.client_ids.text(event.client_hi, event.client_lo),
        side=int(event.side),
        type=int(event.type),
        price_ticks=int(event.price_ticks),
        open_lots=int(event.open_lots),
        filled_lots=0,
        filled_value_atoms=0,
        placed_us=int(event.time_us),
        expire_us=int(event.expire_us),
    )


def _names(api: Api, facts: OrderFacts) -> Json:
    own = own_names(facts)
    named: Json = {"order_id": api.ids.order(facts.order_id), "order_userref": own["userref"]}
    return named | {"cl_ord_id": own["cl_ord_id"]} if "cl_ord_id" in own else named


def _whole(api: Api, facts: OrderFacts) -> Json:
    """Everything of an order but what has just happened to it."""
    market = facts.market
    told = {
        **_names(api, facts),
        "symbol": pair_symbol(market),
        "side": SIDES[facts.side],
        "order_type": order_type(facts.type),
        "order_qty": number(market.size(facts.total_lots)),
        "time_in_force": time_in_force(facts),
        **_sums(facts),
        "fee_ccy_pref": "fciq",
        "timestamp": iso(facts.placed_us),
    }
    if facts.type != OrderType.MARKET:
        told["limit_price"] = number(market.price(facts.price_ticks))
        told["limit_price_type"] = "static"
    if facts.type == OrderType.POST_ONLY:
        told["post_only"] = True
    return told | ({"expire_time": iso(facts.expire_us)} if facts.expire_us else {})


def _sums(facts: OrderFacts) -> Json:
    market = facts.market
    return {
        "cum_qty": number(market.size(facts.filled_lots)),
        "cum_cost": number(market.quote.amount(facts.filled_value_atoms)),
        "avg_price": number(facts.average_price.quantize(market.tick_size / 1000)),
    }


def _trade(api: Api, fill: Event | FillRecord, exec_id: str) -> Json:
    """One side of a match; the fee is in the quote currency, which is dollars on every pair."""
    market = api.venue.catalog.market(int(fill.market_id))
    fee = number(market.quote.amount(int(fill.fee_atoms)))
    return {
        "exec_type": "trade",
        "exec_id": exec_id,
        "trade_id": trade_number(fill.seq, fill.index),
        "symbol": pair_symbol(market),
        "side": SIDES[fill.side],
        "order_type": order_type(fill.type),
        "last_qty": number(market.size(fill.qty_lots)),
        "last_price": number(market.price(fill.price_ticks)),
        "cost": number(market.quote.amount(int(fill.value_atoms))),
        "liquidity_ind": "m" if fill.role == Role.MAKER else "t",
        "fees": [{"asset": market.quote.code, "qty": fee}],
        "fee_usd_equiv": fee,
        "timestamp": iso(fill.time_us),
    }


class BalancesChannel(Private):
    """`balances`: the cash wallet, then each entry of its ledger."""

    name = "balances"
    _last = (0, 0)

    async def snapshot(self) -> list[Json]:
        """What the wallet holds."""
        newest = await self._api.venue.history.ledger(self.account_id, Span(limit=1))
        self._last = (newest[0].seq, newest[0].index) if newest else (0, 0)
        found = held(self._api, self.account_id)
        told = [self._balance(asset.code, asset.amount(amount)) for asset, amount, _ in found]
        return [self._message("snapshot", told)]

    def _balance(self, code: str, amount: object) -> Json:
        wallet = {**WALLET, "balance": amount}
        return {"asset": code, "asset_class": "currency", "balance": amount, "wallets": [wallet]}

    async def messages(self, delivery: Delivery) -> list[Json]:
        """The entries that came since the last one told, oldest first."""
        if not any(self._moves(event) for event in delivery.private):
            return []
        span = Span(after_key=self._last, limit=ROWS_AT_ONCE)
        found = (await entries(self._api, self.account_id, span))[::-1]
        if not found:
            return []
        self._last = max(entry.last_key for entry in found)
        named = await refids(self._api, self.account_id, found)
        rows = [self._entry(entry, refid) for entry, refid in zip(found, named, strict=True)]
        return [self._message("update", rows)]

    def _moves(self, event: Event) -> bool:
        return event.kind == EventKind.TRANSFERRED and self.account_id in (
            event.account_id,
            event.other_account_id,
        )

    def _entry(self, entry: Entry, refid: str) -> Json:
        record = entry.record
        asset = self._api.venue.catalog.asset(record.asset_id)
        return {
            "ledger_id": self._api.ids.ledger(record.seq, record.index, record.leg),
            "ref_id": refid,
            "timestamp": iso(record.time_us),
            "type": entry.type,
            "category": entry.type,
            "asset": asset.code,
            "asset_class": "currency",
            "wallet_type": WALLET["type"],
            "wallet_id": WALLET["id"],
            "amount": number(asset.amount(record.amount_atoms)),
            "fee": number(asset.amount(entry.fee_atoms)),
            "balance": number(asset.amount(entry.balance_atoms)),
        }
