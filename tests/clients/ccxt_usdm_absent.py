"""`ccxt.binanceusdm`: what its class offers that this venue does not have, each refused by name."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import ccxt
import pytest

from tests.clients.ccxt_client import CcxtCalls
from tests.clients.ccxt_usdm import USDM
from tests.dialects.binance_usdm.clients import UNIFIED, Book

NO_PATH = "-5000"
"""What the real venue answers where there is no such path."""


async def refused(made: Awaitable[Any], by: str = NO_PATH) -> None:
    with pytest.raises(ccxt.BaseError, match=by):
        await made


@USDM.lacks(
    *("borrowCrossMargin", "borrowIsolatedMargin", "repayCrossMargin", "repayIsolatedMargin"),
    *("fetchBorrowInterest", "fetchBorrowRateHistory", "fetchCrossBorrowRate"),
    *("fetchIsolatedBorrowRate", "fetchIsolatedBorrowRates"),
    reason="nothing is lent here",
)
async def lending(x: CcxtCalls, book: Book) -> None:
    await refused(x.borrow_cross_margin("USDT", 1))
    await refused(x.borrow_isolated_margin(UNIFIED, "USDT", 1))
    await refused(x.repay_cross_margin("USDT", 1))
    await refused(x.repay_isolated_margin(UNIFIED, "USDT", 1))
    await refused(x.fetch_borrow_interest("USDT"))
    await refused(x.fetch_borrow_rate_history("USDT"))
    await refused(x.fetch_cross_borrow_rate("USDT"))
    await refused(x.fetch_isolated_borrow_rate(UNIFIED))
    await refused(x.fetch_isolated_borrow_rates())


@USDM.lacks(
    *("createConvertTrade", "fetchConvertCurrencies", "fetchConvertQuote", "fetchConvertTrade"),
    "fetchConvertTradeHistory",
    reason="coins are bought in a market, not converted",
)
async def converting(x: CcxtCalls, book: Book) -> None:
    await refused(x.fetch_convert_currencies())
    await refused(x.fetch_convert_quote("BTC", "USDT", 1))
    await refused(x.create_convert_trade("1", "BTC", "USDT", 1))
    await refused(x.fetch_convert_trade("1", "BTC"))
    await refused(x.fetch_convert_trade_history())


@USDM.lacks(
    *("fetchDepositAddress", "fetchDeposits", "fetchWithdrawals", "withdraw"),
    reason="practice money comes from the operator and from the native API, not over a chain",
)
async def over_a_chain(x: CcxtCalls, book: Book) -> None:
    await refused(x.fetch_deposit_address("USDT"))
    await refused(x.fetch_deposits("USDT"))
    await refused(x.fetch_withdrawals("USDT"))
    await refused(x.withdraw("USDT", 1, "0xabc"))


@USDM.lacks(
    *("fetchLongShortRatioHistory", "fetchOpenInterestHistory", "fetchPremiumIndexOHLCV"),
    "fetchADLRank",
    reason="statistics that the venue does not keep",
)
async def statistics(x: CcxtCalls, book: Book) -> None:
    await refused(x.fetch_long_short_ratio_history(UNIFIED, "1h"))
    await refused(x.fetch_open_interest_history(UNIFIED, "1h"))
    await refused(x.fetch_premium_index_ohlcv(UNIFIED))
    await refused(x.fetch_adl_rank(UNIFIED))


@USDM.lacks(
    *("fetchGreeks", "fetchAllGreeks", "fetchOption"),
    reason="there are no options here",
)
async def options_of_their_own(x: CcxtCalls, book: Book) -> None:
    for made in (x.fetch_greeks(UNIFIED), x.fetch_all_greeks(), x.fetch_option(UNIFIED)):
        await refused(made, "404|eapi|NOT_FOUND")


@USDM.refuses(
    *("fetchPosition", "fetchSettlementHistory", "fetchMySettlementHistory", "fetchLedgerEntry"),
    reason="ccxt has it for options alone",
)
async def for_options(x: CcxtCalls, book: Book) -> None:
    await refused(x.fetch_position(UNIFIED), "option")
    await refused(x.fetch_settlement_history(UNIFIED), "option")
    await refused(x.fetch_my_settlement_history(UNIFIED), "option")
    await refused(x.fetch_ledger_entry("1", "USDT"), "option")


@USDM.refuses(
    *("createMarketOrderWithCost", "createMarketBuyOrderWithCost"),
    *("createMarketSellOrderWithCost", "fetchOrderTrades"),
    reason="ccxt has it for spot pairs alone",
)
async def for_spot(x: CcxtCalls, book: Book) -> None:
    await refused(x.create_market_order_with_cost(UNIFIED, "buy", 1_000), "spot")
    await refused(x.create_market_buy_order_with_cost(UNIFIED, 1_000), "spot")
    await refused(x.create_market_sell_order_with_cost(UNIFIED, 1_000), "spot")
    await refused(x.fetch_order_trades("1", UNIFIED), "spot")
