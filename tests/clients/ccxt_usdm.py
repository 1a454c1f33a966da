"""`ccxt.binanceusdm`: what it says it has, done on the venue and compared with what must be."""

from __future__ import annotations

from itertools import pairwise

import ccxt
import pytest

from tests.clients.ccxt_client import CcxtCalls, offered
from tests.clients.covering import Client
from tests.dialects.binance_usdm.clients import FEE_MAKER, FEE_TAKER, SYMBOL, UNIFIED, Book
from tests.dialects.desk import Desk, Trader

USDM = Client("ccxt binanceusdm", offered("binanceusdm"))
HOUR_MS = 3_600_000
INTERVAL_MS = 8 * HOUR_MS
REACH = 1_000
"""Dollars between index and mark that a minute may bring."""
WAITING = {"trigger": True}
"""Conditional orders have lists of their own on this venue."""


@USDM.passes(
    *("fetchMarkets", "fetchCurrencies", "fetchStatus", "fetchTime", "fetchTradingLimits"),
    *("fetchLeverageTiers", "fetchMarketLeverageTiers"),
)
async def markets(x: CcxtCalls, book: Book) -> None:
    bitcoin = next(m for m in await x.fetch_markets() if m["symbol"] == UNIFIED)
    assert (bitcoin["id"], bitcoin["swap"], bitcoin["linear"]) == (SYMBOL, True, True)
    assert bitcoin["precision"]["amount"] == 0.001
    assert (await x.fetch_currencies())["BTC"]["name"] == "Bitcoin"
    assert (await x.fetch_status())["status"] == "ok"
    server = book.desk.public("/fapi/v1/time")["serverTime"]
    assert await x.fetch_time() == server
    assert (await x.fetch_trading_limits([UNIFIED]))[UNIFIED]["min"] == 0.001
    tiers = (await x.fetch_leverage_tiers([UNIFIED]))[UNIFIED]
    assert (tiers[0]["maxLeverage"], tiers[0]["maintenanceMarginRate"]) == (125, 0.004)
    assert (await x.fetch_market_leverage_tiers(UNIFIED))[0]["maxLeverage"] == 125


@USDM.passes(
    *("fetchTicker", "fetchTickers", "fetchBidsAsks", "fetchLastPrices", "fetchMarkPrice"),
    *("fetchMarkPrices", "fetchOrderBook", "fetchL2OrderBook"),
)
async def prices(x: CcxtCalls, book: Book) -> None:
    book.quote("sell", 2, book.ask + 40)
    book.trader().create_order(UNIFIED, "market", "buy", 0.25)
    best = (await x.fetch_bids_asks([UNIFIED]))[UNIFIED]
    assert (best["bid"], best["bidVolume"], best["askVolume"]) == (book.bid, 1, 0.75)
    assert (await x.fetch_ticker(UNIFIED))["last"] == book.ask
    assert (await x.fetch_tickers([UNIFIED]))[UNIFIED]["last"] == book.ask
    assert (await x.fetch_last_prices([UNIFIED]))[UNIFIED]["price"] == book.ask
    for mark in (await x.fetch_mark_price(UNIFIED), (await x.fetch_mark_prices())[UNIFIED]):
        assert int(mark["indexPrice"]) == book.index
    asks = [[book.ask, 0.75], [book.ask + 40, 2]]
    assert (await x.fetch_order_book(UNIFIED))["asks"] == asks
    assert (await x.fetch_l2_order_book(UNIFIED))["asks"] == asks


@USDM.passes("fetchTrades", "fetchOHLCV", "fetchMarkOHLCV", "fetchIndexOHLCV")
async def past(x: CcxtCalls, book: Book) -> None:
    book.trader().create_order(UNIFIED, "market", "buy", 0.25)
    trade = (await x.fetch_trades(UNIFIED, None, 5))[-1]
    assert (trade["price"], trade["amount"], trade["side"]) == (book.ask, 0.25, "buy")
    since = trade["timestamp"] - 2 * HOUR_MS
    candle = (await x.fetch_ohlcv(UNIFIED, "1h", since))[-1]
    assert candle[0] <= trade["timestamp"] < candle[0] + HOUR_MS
    assert (candle[4], candle[5] >= 0.25) == (book.ask, True)
    for method in (x.fetch_mark_ohlcv, x.fetch_index_ohlcv):
        _, _, high, low, _, volume = (await method(UNIFIED, "1m"))[-1]
        assert (low <= book.index + REACH, high >= book.index - REACH, volume) == (True, True, 0)


@USDM.passes(
    *("fetchFundingRate", "fetchFundingRates", "fetchFundingRateHistory"),
    *("fetchFundingInterval", "fetchFundingIntervals", "fetchOpenInterest"),
)
async def funding_rates(x: CcxtCalls, book: Book) -> None:
    raw = book.desk.public("/fapi/v1/premiumIndex", symbol=SYMBOL)
    due = (float(raw["lastFundingRate"]), raw["nextFundingTime"])
    rates = await x.fetch_funding_rate(UNIFIED), (await x.fetch_funding_rates())[UNIFIED]
    assert {(rate["fundingRate"], rate["fundingTimestamp"]) for rate in rates} == {due}
    rows = await x.fetch_funding_rate_history(UNIFIED, None, 24)
    apart = {later["timestamp"] - row["timestamp"] for row, later in pairwise(rows)}
    assert apart == {INTERVAL_MS}
    assert (await x.fetch_funding_interval(UNIFIED))["interval"] == "8h"
    assert (await x.fetch_funding_intervals())[UNIFIED]["interval"] == "8h"
    before = (await x.fetch_open_interest(UNIFIED))["openInterestAmount"]
    await x.create_order(UNIFIED, "market", "buy", 0.5)
    after = (await x.fetch_open_interest(UNIFIED))["openInterestAmount"]
    assert after - before in (pytest.approx(0.5), pytest.approx(0))


@USDM.passes("fetchTradingFee")
async def fee(x: CcxtCalls, book: Book) -> None:
    told = await x.fetch_trading_fee(UNIFIED)
    assert (told["taker"], told["maker"]) == (FEE_TAKER, FEE_MAKER)


@USDM.passes(
    "fetchTradingFees",
    reason="ccxt reads the tier alone and takes its fees from a table of its own, as there",
)
async def fees(x: CcxtCalls, book: Book) -> None:
    told = (await x.fetch_trading_fees())[UNIFIED]
    assert (told["info"]["feeTier"], told["maker"]) == (0, FEE_MAKER)


@USDM.passes(
    *("createOrder", "createLimitOrder", "createLimitBuyOrder", "createLimitSellOrder"),
    *("fetchOpenOrders", "fetchOpenOrder", "fetchOrder", "editOrder"),
)
async def placed_and_edited(x: CcxtCalls, book: Book) -> None:
    price = book.bid - 100
    named = {"clientOrderId": "mine:1"}
    one = await x.create_order(UNIFIED, "limit", "buy", 0.5, price, named)
    others = [
        await x.create_limit_order(UNIFIED, "buy", 0.1, price - 1),
        await x.create_limit_buy_order(UNIFIED, 0.2, price - 2),
        await x.create_limit_sell_order(UNIFIED, 0.3, book.ask + 100),
    ]
    assert (one["status"], one["clientOrderId"]) == ("open", "mine:1")
    found = {order["id"]: order for order in await x.fetch_open_orders(UNIFIED)}
    wanted = {one["id"]: 0.5} | dict(zip([o["id"] for o in others], [0.1, 0.2, 0.3], strict=True))
    assert {key: order["amount"] for key, order in found.items()} == wanted
    assert found[others[2]["id"]]["side"] == "sell"
    await x.edit_order(one["id"], UNIFIED, "limit", "buy", 0.6, price - 10)
    for method in (x.fetch_order, x.fetch_open_order):
        order = await method(one["id"], UNIFIED)
        assert (order["status"], order["price"], order["amount"]) == ("open", price - 10, 0.6)


@USDM.passes(
    *("fetchOrders", "cancelOrder", "cancelOrders", "fetchCanceledOrders"),
    "fetchCanceledAndClosedOrders",
)
async def cancelled(x: CcxtCalls, book: Book) -> None:
    made = [
        await x.create_order(UNIFIED, "limit", "buy", 0.1, book.bid - apart) for apart in (1, 2, 3)
    ]
    ids = [order["id"] for order in made]
    assert {order["id"] for order in await x.fetch_orders(UNIFIED)} == set(ids)
    assert (await x.cancel_order(ids[0], UNIFIED))["status"] == "canceled"
    assert [o["status"] for o in await x.cancel_orders(ids[1:], UNIFIED)] == ["canceled"] * 2
    assert {order["id"] for order in await x.fetch_canceled_orders(UNIFIED)} == set(ids)
    await x.create_order(UNIFIED, "market", "buy", 0.1)
    ended = [order["status"] for order in await x.fetch_canceled_and_closed_orders(UNIFIED)]
    assert sorted(ended) == ["canceled", "canceled", "canceled", "closed"]


@USDM.passes("createOrders", "editOrders", "cancelAllOrders")
async def many(x: CcxtCalls, book: Book) -> None:
    line = {"symbol": UNIFIED, "type": "limit", "side": "buy", "amount": 0.01, "price": book.bid}
    made = await x.create_orders([line, line | {"price": book.bid - 5}])
    assert [order["status"] for order in made] == ["open", "open"]
    (edited,) = await x.edit_orders([{"id": made[0]["id"], **line, "amount": 0.02}])
    assert (edited["id"], edited["amount"]) == (made[0]["id"], 0.02)
    await x.cancel_all_orders(UNIFIED)
    assert await x.fetch_open_orders(UNIFIED) == []


@USDM.passes(
    *("createMarketOrder", "createMarketBuyOrder", "createMarketSellOrder", "fetchMyTrades"),
    *("fetchClosedOrders", "fetchPositions", "fetchPositionsRisk"),
)
async def traded(x: CcxtCalls, book: Book) -> None:
    order = await x.create_market_order(UNIFIED, "buy", 0.5)
    assert (order["status"], order["filled"], order["average"]) == ("closed", 0.5, book.ask)
    (fill,) = await x.fetch_my_trades(UNIFIED)
    assert (fill["order"], fill["price"], fill["amount"]) == (order["id"], book.ask, 0.5)
    assert fill["fee"]["cost"] == pytest.approx(0.5 * book.ask * FEE_TAKER)
    (closed,) = await x.fetch_closed_orders(UNIFIED)
    assert (closed["id"], closed["filled"], closed["remaining"]) == (order["id"], 0.5, 0)
    for method in (x.fetch_positions, x.fetch_positions_risk):
        (position,) = await method([UNIFIED])
        assert (position["side"], position["contracts"]) == ("long", 0.5)
        assert position["entryPrice"] == book.ask
    await x.create_market_sell_order(UNIFIED, 0.5)
    await x.create_market_buy_order(UNIFIED, 0.1)
    assert (await x.fetch_positions([UNIFIED]))[0]["contracts"] == 0.1


@USDM.passes("createPostOnlyOrder", "createReduceOnlyOrder")
async def with_conditions(x: CcxtCalls, book: Book) -> None:
    post = await x.create_post_only_order(UNIFIED, "limit", "buy", 0.1, book.bid)
    assert (post["status"], post["timeInForce"]) == ("open", "PO")
    with pytest.raises(ccxt.InvalidOrder, match="-5022"):
        await x.create_post_only_order(UNIFIED, "limit", "buy", 0.1, book.ask)
    await x.create_order(UNIFIED, "market", "buy", 0.2)
    closing = await x.create_reduce_only_order(UNIFIED, "market", "sell", 0.5)
    assert closing["filled"] == 0.2
    assert await x.fetch_positions([UNIFIED]) == []


@USDM.passes(
    *("createStopOrder", "createStopLimitOrder", "createStopMarketOrder", "createTriggerOrder"),
    *("createStopLossOrder", "createTakeProfitOrder", "createTrailingPercentOrder"),
)
async def waiting(x: CcxtCalls, book: Book) -> None:
    """Told apart by trigger and kind; the nearest fires when somebody trades through it."""
    await x.create_order(UNIFIED, "market", "buy", 0.4)
    near, far, only = book.bid, book.bid - 500, {"reduceOnly": True}
    sell = (UNIFIED, "market", "sell", 0.1, None)
    stop = await x.create_stop_order(*sell, near, only)
    limited = await x.create_stop_limit_order(UNIFIED, "sell", 0.1, far - 10, far, only)
    market = await x.create_stop_market_order(UNIFIED, "sell", 0.1, far - 1, only)
    trigger = await x.create_trigger_order(*sell, far - 2, only)
    loss = await x.create_stop_loss_order(*sell, far - 3, only)
    profit = await x.create_take_profit_order(*sell, book.ask + 500, only)
    trailing = await x.create_trailing_percent_order(*sell, 1.5, None, only)
    found = {o["id"]: o for o in await x.fetch_open_orders(UNIFIED, None, None, WAITING)}
    kinds = {key: order["info"]["orderType"] for key, order in found.items()}
    assert kinds == {
        **dict.fromkeys([o["id"] for o in (stop, market, trigger, loss)], "STOP_MARKET"),
        limited["id"]: "STOP",
        profit["id"]: "TAKE_PROFIT_MARKET",
        trailing["id"]: "TRAILING_STOP_MARKET",
    }
    assert found[limited["id"]]["price"] == far - 10
    assert found[loss["id"]]["triggerPrice"] == far - 3
    book.trader().create_order(UNIFIED, "market", "sell", 0.1)
    left = {order["id"] for order in await x.fetch_open_orders(UNIFIED, None, None, WAITING)}
    assert left == set(found) - {stop["id"]}
    fired = next(t for t in await x.fetch_my_trades(UNIFIED) if t["order"] == stop["id"])
    assert (fired["price"], fired["amount"], fired["side"]) == (book.bid, 0.1, "sell")


@USDM.passes(
    *("setLeverage", "fetchLeverage", "fetchLeverages", "setMarginMode", "fetchMarginMode"),
    *("fetchMarginModes", "addMargin", "reduceMargin", "fetchMarginAdjustmentHistory"),
)
async def leverage(x: CcxtCalls, book: Book) -> None:
    await x.set_leverage(10, UNIFIED)
    assert (await x.fetch_leverage(UNIFIED))["longLeverage"] == 10
    assert (await x.fetch_leverages([UNIFIED]))[UNIFIED]["shortLeverage"] == 10
    await x.set_margin_mode("isolated", UNIFIED)
    assert (await x.fetch_margin_mode(UNIFIED))["marginMode"] == "isolated"
    assert (await x.fetch_margin_modes([UNIFIED]))[UNIFIED]["marginMode"] == "isolated"
    await x.create_order(UNIFIED, "market", "buy", 0.1)
    own = float((await x.fetch_positions([UNIFIED]))[0]["info"]["isolatedWallet"])
    await x.add_margin(UNIFIED, 100)
    await x.reduce_margin(UNIFIED, 40)
    (position,) = await x.fetch_positions([UNIFIED])
    assert float(position["info"]["isolatedWallet"]) == pytest.approx(own + 60)
    moves = await x.fetch_margin_adjustment_history(UNIFIED)
    assert [(move["type"], move["amount"]) for move in moves] == [("add", 100), ("reduce", 40)]


@USDM.passes("setPositionMode", "fetchPositionMode")
async def hedged(x: CcxtCalls, book: Book) -> None:
    await x.set_position_mode(True)
    assert (await x.fetch_position_mode())["hedged"] is True
    for side in ("buy", "sell"):
        await x.create_order(UNIFIED, "market", side, 0.1, None, {"hedged": True})
    assert {each["side"] for each in await x.fetch_positions()} == {"long", "short"}


@USDM.passes("fetchPositionsADLRank", "fetchPositionADLRank")
async def ranks(x: CcxtCalls, book: Book) -> None:
    await x.create_order(UNIFIED, "market", "buy", 0.3)
    (told,) = await x.fetch_positions_adl_rank([UNIFIED])
    assert told["rank"] in range(5)
    assert (await x.fetch_position_adl_rank(UNIFIED))["rank"] == told["rank"]


@USDM.passes("fetchBalance", "transfer", "fetchTransfers", "fetchLedger")
async def money(x: CcxtCalls, book: Book) -> None:
    await x.create_order(UNIFIED, "market", "buy", 0.5)
    paid = 0.5 * book.ask * FEE_TAKER
    info = (await x.fetch_balance())["info"]
    assert float(info["totalWalletBalance"]) == pytest.approx(100_000 - paid)
    (charged,) = await x.fetch_ledger("USDT", None, None, {"incomeType": "COMMISSION"})
    assert (charged["direction"], charged["amount"]) == ("out", pytest.approx(paid))
    moved = await x.transfer("USDT", 1_000, "swap", "spot")
    between = {"fromAccount": "swap", "toAccount": "spot"}
    (row,) = await x.fetch_transfers("USDT", None, None, between)
    assert (row["amount"], row["id"]) == (1_000, moved["id"])


@USDM.passes("fetchFundingHistory")
async def funding_paid(x: CcxtCalls, book: Book) -> None:
    """FUND-001: size × mark × rate, when the interval is full."""
    trader = paid_once(book)
    x.client.apiKey, x.client.secret = trader.key, trader.secret
    (paid,) = await x.fetch_funding_history(UNIFIED)
    told = (await x.fetch_funding_rate_history(UNIFIED, None, 1))[-1]
    rate, mark = told["fundingRate"], float(told["info"]["markPrice"])
    assert (paid["timestamp"], paid["symbol"]) == (told["timestamp"], UNIFIED)
    assert paid["amount"] == pytest.approx(-0.1 * mark * rate, rel=1e-3, abs=1e-6)


PAID: dict[Desk, Trader] = {}


def paid_once(book: Book) -> Trader:
    """Somebody long at the end of this venue's first interval, which comes but once."""
    desk = book.desk
    if desk not in PAID:
        PAID[desk] = desk.trader(USD="100000")
        book.exchange(PAID[desk]).create_order(UNIFIED, "market", "buy", 0.1)
        now_ms = desk.public("/fapi/v1/time")["serverTime"]
        left_ms = INTERVAL_MS - now_ms % INTERVAL_MS
        desk.post("/clock", {"action": "step", "step_ms": left_ms})
        desk.step(1)
    return PAID[desk]


@USDM.passes(
    "fetchMyLiquidations",
    reason="of an account that was never liquidated; a liquidation told is in the dialect's tests",
)
async def liquidations(x: CcxtCalls, book: Book) -> None:
    await x.create_order(UNIFIED, "market", "buy", 0.1)
    assert await x.fetch_my_liquidations(UNIFIED) == []


@USDM.passes(
    *("fetchDepositWithdrawFee", "fetchDepositWithdrawFees"),
    *("fetchTransactionFee", "fetchTransactionFees"),
    reason="no network leads to a chain here: there is no fee to tell",
)
async def chains(x: CcxtCalls, book: Book) -> None:
    assert (await x.fetch_deposit_withdraw_fee("USDT"))["networks"] == {}
    assert (await x.fetch_deposit_withdraw_fees())["USDT"]["networks"] == {}
    assert (await x.fetch_transaction_fee("USDT"))["withdraw"]["USDT"] == {}
    assert (await x.fetch_transaction_fees())["withdraw"]["USDT"] == {}
