"""Every layout by its columns: what comes out is what stood there, to the last digit."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from longshore.world.recordings.hints import base_and_quote, of_name, sizes
from longshore.world.recordings.manifest import utc
from longshore.world.recordings.store import read
from tests.recordings.made import BARS, NAME, import_all, imported, wrote

KLINE = "1704067200000,42283.58,42298.62,42261.02,42298.61,35.92724,1704067259999,1519032.7,1327,"
TRADE = "2020-03-12D00:00:00.123456000,XBTUSD,Sell,500,7900.5,MinusTick,aa,1,0.06,500\n"
BYBIT = "timestamp,symbol,side,size,price,tickDirection,trdMatchID\n"
LAYOUTS = {
    "candles with a header": (NAME, BARS, "bars", "open", "100.5"),
    "candles of an archive without one": (
        "BTCUSDT-1m-2024-01.zip",
        f"{KLINE}20.1,849834.5,0\n{KLINE.replace('04067200000', '04067260000')}20.1,1,0\n",
        "bars", "turnover", "1519032.7",
    ),
    "candles of an archive with one": (
        "BTCUSDT-5m-2024-01.csv",
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
        f"taker_buy_quote_volume,ignore\n{KLINE}20.1,849834.5,0\n",
        "bars", "trades", 1327,
    ),
    "candles in microseconds": (
        "BTCUSDT-1m-2025-01.csv",
        "1735689600000000,1,1,1,1,5,1735689659999999,5,3,1,1,0\n", "bars", "time",
        "2025-01-01T00:00:00Z",
    ),
    "candles with their number of trades": (
        "kraken_XBTUSD_1.csv", "1704067200,42280.1,42290.0,42280.1,42285.3,0.51,12\n",
        "bars", "volume", "0.51",
    ),
    "mark prices by the name": (
        "binance_BTCUSDT_mark_1h_2024.csv",
        "time_utc,open,high,low,close\n2024-01-01T00:00:00Z,1.00000001,2,1,1\n",
        "mark", "open", "1.00000001",
    ),
    "aggregated trades": (
        "BTCUSDT-aggTrades-2024-01.csv",
        "7,42283.58000000,0.00043000,1,1,1704067200001,True,True\n", "trades", "side", "sell",
    ),
    "aggregated trades with a header": (
        "BTCUSDT-aggTrades-2024-02.csv.gz",
        "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n"
        "7,42283.5,0.004,1,1,1704067200001,false\n", "trades", "side", "buy",
    ),
    "single trades": (
        "BTCUSDT-trades-2024-01.csv",
        "7,42283.58000000,0.00043000,18.18,1704067200001,False,True\n", "trades", "qty", "0.00043",
    ),
    "trades by time, price and size": (
        "kraken_XBTUSD.csv", "1381095255,122.00000,0.1\n", "trades", "price", "122",
    ),
    "trades with words": (
        "kraken_GRTETH_trades.csv",
        "time,price,volume,buy/sell,market/limit,miscellaneous\n"
        "2021-03-28 00:02:26.905800,0.0008568,275.13737481,s,m,\n", "trades", "side", "sell",
    ),
    "trades with an archive's own dates": (
        "bitmex_20200312.csv.gz",
        "timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,"
        f"foreignNotional\n{TRADE}", "trades", "time", "2020-03-12T00:00:00.123456Z",
    ),
    "trades from the newest on": (
        "bybit_BTCUSD2019-10-01.csv.gz",
        f"{BYBIT}1569974396.557895,BTCUSD,Sell,1,8304.0,MinusTick,a\n"
        "1569974395.557895,BTCUSD,Buy,2,8304.5,PlusTick,b\n", "trades", "price", "8304.5",
    ),
    "best prices": (
        "bitmex_quote.csv",
        "timestamp,symbol,bidSize,bidPrice,askPrice,askSize\n"
        "2020-03-12D00:00:05.1,XBTUSD,10,7900,7900.5,20\n", "top", "ask_qty", "20",
    ),
    "best prices of an archive": (
        "BTCUSDT-bookTicker-2024-01.csv",
        "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,"
        "event_time\n5,1.5,2,1.6,3,1704067200001,1704067200002\n", "top", "bid", "1.5",
    ),
    "a book by changes": (
        "deribit_book_BTC-PERPETUAL.csv",
        "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n"
        "deribit,BTC-PERPETUAL,1704067200000001,1704067200000009,true,bid,42000,10\n"
        "deribit,BTC-PERPETUAL,1704067200000001,1704067200000009,true,ask,42000.5,20\n"
        "deribit,BTC-PERPETUAL,1704067201000001,1704067201000009,false,ask,42000.5,0\n",
        "book", "price", "42000",
    ),
    "rates": (
        "BTCUSDT-fundingRate-2024-01.csv",
        "calc_time,funding_interval_hours,last_funding_rate\n1704067200000,8,0.00037409\n",
        "funding", "rate", "0.00037409",
    ),
    "rates with an exponent": (
        "deribit_BTC-PERPETUAL_1h_2019.csv",
        "time_utc,index_price,prev_index_price,interest_1h,interest_8h\n"
        "2019-04-30T10:00:00Z,5150.94,,-2.355264834228129e-05,0.0\n",
        "funding", "rate", "-0.00002355264834228129",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_known_by_its_columns(name, tmp_path):
    file, text, kind, column, value = LAYOUTS[name]
    recording, tables = imported(tmp_path, file, text)
    table = tables[kind]
    assert list(tables) == [kind]
    if column == "time":
        assert utc(table.time_us[0]) == value
    elif column in table.scales:
        assert table.text(column, 0) == value
    else:
        assert table.columns[column][0] == value
    assert all(check.is_sound for check in recording.checks)


def test_a_manifest_says_what_a_recording_is(tmp_path):
    recording, _ = imported(tmp_path, NAME, BARS)
    written = json.loads((tmp_path / "out" / recording.name / "manifest.json").read_text())
    assert recording.name == "kraken-perp-btcusd-1m-2024-01-01"
    assert (recording.asset, recording.quote, recording.level) == ("XBT", "USD", "bars")
    assert (recording.begins, recording.ends) == ("2024-01-01T00:00:00Z", "2024-01-01T00:03:00Z")
    assert recording.rows == 3
    assert {"source", "licence", "venue", "symbol", "series", "origins"} <= set(written)
    assert {"kind", "rows", "gaps", "checks", "sha256"} <= set(written["series"][0])


def test_other_programs_read_exact_decimals_and_times(tmp_path):
    recording, _ = imported(tmp_path, NAME, BARS)
    found = parquet.read_table(tmp_path / "out" / recording.name / "bars.parquet")
    assert pa.types.is_decimal(found.schema.field("open").type)
    assert [str(v) for v in found.column("open").to_pylist()] == ["100.50", "100.25", "101.75"]
    assert str(found.column("time")[0].as_py()) == "2024-01-01 00:00:00+00:00"


def test_parquet_is_read_too(tmp_path):
    times = pa.array([1_704_067_200_000, 1_704_067_260_000], pa.timestamp("ms", tz="UTC"))
    columns = {"timestamp": times} | {n: [1.1, 1.2] for n in ("open", "high", "low", "close")}
    path = tmp_path / "okx_BTCUSDT_1m.parquet"
    parquet.write_table(pa.table(columns), path)
    made = import_all([path], tmp_path / "out")
    table = read(made.folders[0], made.manifests[0].series[0])
    assert [table.text("close", i) for i in (0, 1)] == ["1.1", "1.2"]
    assert utc(table.time_us[1]) == "2024-01-01T00:01:00Z"


def test_files_that_go_on_are_one_recording(tmp_path):
    later = BARS.replace("00:0", "00:1").replace("T00:1", "T00:1")
    first, second = wrote(tmp_path, NAME, BARS), wrote(tmp_path, f"{NAME}.gz", later)
    (one,) = import_all([second, first], tmp_path / "out").manifests
    assert (one.rows, [g.missing for g in one.gaps]) == (6, [7])
    assert len(one.origins) == 2


def test_files_that_are_far_apart_are_two(tmp_path):
    first, second = wrote(tmp_path, NAME, BARS), BARS.replace("2024-01", "2024-03")
    wrote(tmp_path, NAME.replace("csv", "csv.gz"), second)
    made = import_all([tmp_path], tmp_path / "out")
    assert first.exists()
    assert [(m.rows, m.gaps) for m in made.manifests] == [(3, []), (3, [])]


def test_a_table_of_several_markets_is_several_recordings(tmp_path):
    header, *rows = BARS.splitlines()
    text = "\n".join([f"{header},venue,symbol"] + [f"{r},okx,BTC-USDT" for r in rows])
    text += "\n" + "\n".join(f"{r},bybit,BTCUSDT" for r in rows)
    path = wrote(tmp_path, "all.csv", text)
    names = [m.venue for m in import_all([path], tmp_path / "out").manifests]
    assert names == ["okx", "bybit"]
    (only,) = import_all([path], tmp_path / "one", venue="okx").manifests
    assert only.symbol == "BTC-USDT"
    (only,) = import_all([path], tmp_path / "other", symbol="BTCUSDT").manifests
    assert only.venue == "bybit"


def test_rows_without_a_price_are_gaps_and_are_counted(tmp_path):
    text = f"{BARS}2024-01-01T00:03:00Z,100,100,100,100,1\n"
    text = text.replace("100.25,102,100.25,101.75,2", ",,,,0.0")
    recording, _ = imported(tmp_path, NAME, text)
    (gap,) = recording.gaps
    assert (gap.begins, gap.ends, gap.missing) == (
        "2024-01-01T00:01:00Z",
        "2024-01-01T00:02:00Z",
        1,
    )
    assert [(c.passed, c.total) for c in recording.checks if c.name == "rows with a price"] == [
        (3, 4)
    ]


@pytest.mark.parametrize(
    ("symbol", "assets"),
    [
        ("BTCUSDT", ("XBT", "USDT")),
        ("XBTUSD", ("XBT", "USD")),
        ("BTCUSD_PERP", ("XBT", "USD")),
        ("PI_ETHUSD", ("ETH", "USD")),
        ("FI_ETHUSD_210730", ("ETH", "USD")),
        ("BTC-PERPETUAL", ("XBT", "USD")),
        ("GRT/ETH", ("GRT", "ETH")),
        ("BTC/USD:USD", ("XBT", "USD")),
        ("BTC", ("XBT", "")),
    ],
)
def test_a_symbol_names_two_assets(symbol, assets):
    assert base_and_quote(symbol) == assets


def test_a_name_tells_venue_market_and_symbol():
    assert of_name("binance_perp_BTCUSDT_5m_2022-06-01")[:3] == ("binance", "perp", "BTCUSDT")
    assert of_name("ftx_perp_BTC-PERP_1m_2021-12-31")[:3] == ("ftx", "perp", "BTC-PERP")
    assert of_name("BTCUSDT-markPriceKlines-1m-2024-01").kind == "mark"
    assert of_name("notes")[:3] == ("", "", "")


def test_sizes_count_contracts_where_a_venue_is_known_to():
    assert sizes("binance", "BTCUSD_PERP", "book") == ("quote", "100")
    assert sizes("bitmex", "XBTUSD", "bars") == ("quote", "1")
    assert sizes("binance", "BTCUSDT", "bars") == ("base", "1")
