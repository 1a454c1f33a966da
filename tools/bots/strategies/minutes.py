"""A strategy that trades much in little time: after the last minute's direction, and out again.

It runs in freqtrade, in that program's own environment.
"""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from freqtrade.persistence import Trade
from freqtrade.strategy import IStrategy
from pandas import DataFrame

HOLD_S = 150
RECKLESS = "ETH/USDT:USDT"
RECKLESS_LEVERAGE = 50.0
CAREFUL_LEVERAGE = 5.0
TRAIL = 0.003  # of the price
ACROSS = 0.001  # an entry that is to fill at once is that much beyond the book's best price
WHOLE_MIN = 20
HALF_HOUR_S = 1_800  # when funding is paid in the world that this is run in
SETTLED_S = 90  # by then trades are open
LOOKED_AT_S = 150  # freqtrade asks for funding a minute after every half hour
LOST = -0.5  # a trade that lost more than half its margin was a lesson


class Minutes(IStrategy):
    """Bitcoin with care, in and out; ether with high leverage, held until it is taken away."""

    INTERFACE_VERSION = 3
    timeframe = "1m"
    can_short = True
    minimal_roi = {"0": 10}  # noqa: RUF012 - freqtrade's own form
    stoploss = -0.9
    use_custom_stoploss = True
    startup_candle_count = 5
    process_only_new_candles = False
    order_types = {  # noqa: RUF012
        "entry": "limit",
        "exit": "market",
        "emergency_exit": "market",
        "stoploss": "market",
        "stoploss_on_exchange": True,
        "stoploss_on_exchange_interval": 20,
    }

    def bot_start(self, **_: Any) -> None:
        """From now on it counts; a whole run goes on until funding was paid and looked at."""
        now, minutes = time.time(), self.config["longshore_minutes"]
        self._until = now + minutes * 60
        if minutes >= WHOLE_MIN:
            paid = (now + SETTLED_S) // HALF_HOUR_S * HALF_HOUR_S + HALF_HOUR_S
            self._until = max(self._until, paid + LOOKED_AT_S)
        Path(self.config["user_data_dir"], "until").write_text(str(self._until))

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        """The last minute's move."""
        dataframe["rise"] = dataframe["close"] - dataframe["open"]
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        """With the last minute; ether is always bought."""
        if metadata["pair"] == RECKLESS:
            dataframe["enter_long"] = 1
            return dataframe
        dataframe.loc[dataframe["rise"] >= 0, "enter_long"] = 1
        dataframe.loc[dataframe["rise"] < 0, "enter_short"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        """Nothing: exits are by time."""
        return dataframe

    def leverage(self, pair: str, **_: Any) -> float:
        """High on ether until that has cost a position."""
        return RECKLESS_LEVERAGE if _is_reckless(pair) else CAREFUL_LEVERAGE

    def custom_entry_price(self, pair: str, proposed_rate: float, side: str, **_: Any) -> float:
        """Ether at once; bitcoin at the book's own side, where it may wait."""
        if pair != RECKLESS:
            return proposed_rate
        return proposed_rate * (1 + ACROSS if side == "long" else 1 - ACROSS)

    def custom_stoploss(self, pair: str, trade: Trade, current_rate: float, **_: Any) -> float:
        """Bitcoin's stop follows the price; ether has none before its margin is gone."""
        if trade.leverage == RECKLESS_LEVERAGE:
            return -1.0
        return -TRAIL * trade.leverage

    def confirm_trade_entry(self, *_: Any, **__: Any) -> bool:
        """No new trade in the run's last part."""
        return not self._is_over()

    def custom_exit(self, pair: str, trade: Trade, current_time: datetime, **_: Any) -> str | None:
        """Out after a while, all of it at the end."""
        if self._is_over():
            return "the run ends"
        if trade.leverage == RECKLESS_LEVERAGE:
            return None
        held = (current_time - trade.date_last_filled_utc).total_seconds()
        return "held long enough" if held > HOLD_S else None

    def _is_over(self) -> bool:
        return time.time() > self._until


def _is_reckless(pair: str) -> bool:
    """Whether this pair's trades still borrow much."""
    if pair != RECKLESS:
        return False
    closed = Trade.get_trades_proxy(pair=pair, is_open=False)
    return all(trade.close_profit is None or trade.close_profit > LOST for trade in closed)
