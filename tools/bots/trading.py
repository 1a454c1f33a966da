"""freqtrade, not dry, on a lively world of Binance's rules: what it is given, and how it runs."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from longshore.testing.clients import usdm_urls
from tools.bots.environments import FREQTRADE
from tools.bots.venue import Served, served

HERE = Path(__file__).parent
RULEBOOK = "binance_usdm_2026_11.toml"
OFTEN = "binance_usdm_often"
ACCOUNT = "freqtrade"
DEPOSIT_USD = "20000"
BITCOIN, ETHER = "BTC/USDT:USDT", "ETH/USDT:USDT"
SHOCK = """
[[shock]]
at_s = {at_s}
asset = "{asset}"
move_ppm = {move_ppm}
over_s = {over_s}
hold_s = 20
back_s = 40
"""
SHOCKS = (  # in the run at, of, by, in so many seconds
    (0.25, "XBT", -8_000, 5),
    (0.4, "XBT", 8_000, 5),
    (0.55, "ETH", -80_000, 1),
    (0.75, "ETH", -80_000, 1),
)
"""Two that trailing stops meet, and two that leave high leverage no time: should the first of them
come while nothing is held, the second will not."""
START_S = 600
END_S = 300
STOP_S = 60
POLL_S = 2


def rulebook_paying_often(text: str) -> str:
    """Binance's rulebook with funding every half hour, a minute before freqtrade looks for it."""
    lines = text.splitlines()
    for start, line in (
        ("id = ", 'id = "binance-usdm-often-2026-11"'),
        ("name = ", f'name = "{OFTEN}"'),
        ("funding_interval_s = ", "funding_interval_s = { value = 1800, verified = false, "
         'note = "so that a run of minutes has a payment" }'),
    ):  # fmt: skip
        lines[next(n for n, each in enumerate(lines) if each.startswith(start))] = line
    gone = ("funding_short_s", "funding_long_s", "funding_calm")
    return "\n".join(line for line in lines if not line.startswith(gone)) + "\n"


def prepare(folder: Path, minutes: float) -> tuple[str, dict[str, str]]:
    """Write the rulebook and the world; the world's file, and what the venue's process is told."""
    rules = folder / "rulebooks"
    rules.mkdir(parents=True)
    text = (resources.files("longshore.rulebooks") / RULEBOOK).read_text("utf-8")
    (rules / "often.toml").write_text(rulebook_paying_often(text))
    world = (HERE / "usdm.toml").read_text()
    for part, asset, move_ppm, over_s in SHOCKS:
        at_s = round(part * minutes * 60)
        world += SHOCK.format(at_s=at_s, asset=asset, move_ppm=move_ppm, over_s=over_s)
    path = folder / "usdm.toml"
    path.write_text(world)
    return str(path), {"LONGSHORE_RULEBOOKS": str(rules)}


def config(venue: Served, key: dict[str, str], folder: Path, minutes: float) -> dict[str, Any]:
    """freqtrade's configuration. Of the exchange only addresses and keys are this venue's."""
    return {
        "dry_run": False,
        "trading_mode": "futures",
        "margin_mode": "isolated",
        "stake_currency": "USDT",
        "stake_amount": 1000,
        "max_open_trades": 2,
        "tradable_balance_ratio": 0.99,
        "cancel_open_orders_on_exit": True,
        "unfilledtimeout": {"entry": 30, "exit": 30, "unit": "seconds"},
        "entry_pricing": {"price_side": "same", "use_order_book": True, "order_book_top": 1},
        "exit_pricing": {"price_side": "other", "use_order_book": True, "order_book_top": 1},
        "exchange": {
            "name": "binanceusdm",
            "key": key["key"],
            "secret": key["secret"],
            "ccxt_config": {"urls": usdm_urls(venue.url)},
            "pair_whitelist": [BITCOIN, ETHER],
        },
        "pairlists": [{"method": "StaticPairList"}],
        "initial_state": "running",
        "internals": {"process_throttle_secs": 2},
        "db_url": f"sqlite:///{folder / 'freqtrade.sqlite'}",
        "longshore_minutes": minutes,
    }


def trade(folder: Path, minutes: float) -> dict[str, Any]:
    """Let it trade for so long; both sides' books at the end."""
    world, extra = prepare(folder, minutes)
    with served(folder / "venue", world, "plain", extra) as venue:
        venue.catch_up()
        key = venue.account(ACCOUNT, USD=DEPOSIT_USD)
        _run(config(venue, key, folder, minutes), folder, venue)
        return {
            "minutes": minutes,
            "orders": _rows(folder, "orders"),
            "trades": _rows(folder, "trades"),
            "fills": venue.whole("fills", ACCOUNT),
            "funding": venue.whole("funding", ACCOUNT),
            "liquidations": venue.get("/liquidations", account=ACCOUNT),
            "account": venue.get("/account", account=ACCOUNT),
        }


def _run(settings: dict[str, Any], folder: Path, venue: Served) -> None:
    """Start the bot, wait until all its trades are closed after the time, and end it.

    freqtrade takes its own clock's time where it wants funding since a trade began. So the world,
    whose clock waits for it on a busy machine, is brought to the wall clock's time again and again.
    """
    path = folder / "config.json"
    path.write_text(json.dumps(settings, indent=1))
    user = folder / "user"
    (user / "data").mkdir(parents=True)
    command = [str(FREQTRADE.program("python")), "-m", "freqtrade", "trade", "--no-color"]
    command += ["--config", str(path), "--userdir", str(user), "--strategy", "Minutes"]
    command += ["--strategy-path", str(HERE / "strategies")]
    with (
        (folder / "freqtrade.log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as bot,
    ):
        try:
            until = time.time() + START_S
            while bot.poll() is None and time.time() < until:
                venue.catch_up()
                time.sleep(POLL_S)
                until = _until(user) or until
            while bot.poll() is None and time.time() < until + END_S and _is_trading(folder):
                time.sleep(POLL_S)
        finally:
            bot.send_signal(signal.SIGINT)
            bot.wait(STOP_S)


def _until(user: Path) -> float:
    """How long the strategy means to trade; 0 before it has begun."""
    note = user / "until"
    return float(note.read_text() or 0) if note.exists() else 0


def _is_trading(folder: Path) -> bool:
    return any(trade["is_open"] for trade in _trades(folder))


def _trades(folder: Path) -> list[dict[str, Any]]:
    """Its trades; none before it has made its database."""
    try:
        return _rows(folder, "trades")
    except sqlite3.OperationalError:
        return []


def _rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """A table of the bot's database."""
    path = f"file:{folder / 'freqtrade.sqlite'}?mode=ro"
    with closing(sqlite3.connect(path, uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY id")]  # noqa: S608
