"""Bad input on spot: Kraken's own text, and a state digest that did not move."""

from __future__ import annotations

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longshore.engine.codes import MarketState
from longshore.engine.commands import CommandKind
from longshore.venue.dialects.kraken_spot.routes import REST
from tests.dialects.desk import SCENARIO
from tests.dialects.spot_inside import spot_inside

PAIR_ID = "XXBTZUSD"
FORM = "application/x-www-form-urlencoded"
LIMIT = {"pair": "XBTUSD", "type": "buy", "ordertype": "limit", "volume": "0.1", "price": "80000"}
HUGE = f"1{'0' * 30}"
ARGS = "EGeneral:Invalid arguments"
ORDERS = [
    ({"pair": "XBTEUR"}, "EQuery:Unknown asset pair"),
    ({"pair": "PF_XBTUSD"}, "EQuery:Unknown asset pair"),
    ({"pair": ""}, f"{ARGS}:pair"),
    ({"type": "both"}, f"{ARGS}:type"),
    ({"ordertype": "stop-loss", "price": "70000"}, f"{ARGS}:ordertype"),
    ({"ordertype": "settle-position"}, f"{ARGS}:ordertype"),
    ({"volume": ""}, f"{ARGS}:volume"),
    ({"volume": "0"}, f"{ARGS}:volume"),
    ({"volume": "-1"}, f"{ARGS}:volume"),
    ({"volume": "much"}, f"{ARGS}:volume"),
    ({"volume": "NaN"}, f"{ARGS}:volume"),
    ({"volume": "0.00000001"}, f"{ARGS}:volume"),
    ({"volume": "1e99"}, f"{ARGS}:volume"),
    ({"volume": HUGE}, f"{ARGS}:volume"),
    ({"volume": "10001"}, f"{ARGS}:volume"),
    ({"price": ""}, f"{ARGS}:price"),
    ({"price": "+5"}, f"{ARGS}:price"),
    ({"price": "5%"}, f"{ARGS}:price"),
    ({"price": "0"}, f"{ARGS}:price"),
    ({"price": "80000.01"}, "EOrder:Tick size check failed"),
    ({"price": HUGE}, "EOrder:Invalid price"),
    ({"price2": "81000"}, f"{ARGS}:price2"),
    ({"oflags": "viqc"}, f"{ARGS}:oflags"),
    ({"oflags": "post,fcib"}, f"{ARGS}:oflags"),
    ({"oflags": "post", "price": "90000"}, "EOrder:Post only order"),
    ({"oflags": "post", "ordertype": "market"}, f"{ARGS}:oflags"),
    ({"oflags": "post", "timeinforce": "IOC"}, f"{ARGS}:oflags"),
    ({"timeinforce": "DAY"}, f"{ARGS}:timeinforce"),
    ({"timeinforce": "GTD"}, f"{ARGS}:expiretm"),
    ({"timeinforce": "IOC"}, "EOrder:Invalid order"),
    ({"timeinforce": "FOK"}, "EOrder:Invalid order"),
    ({"expiretm": "soon"}, f"{ARGS}:expiretm"),
    ({"expiretm": "1000"}, f"{ARGS}:expiretm"),
    ({"starttm": "+60"}, f"{ARGS}:starttm"),
    ({"leverage": "2"}, "EOrder:Cannot open position"),
    ({"reduce_only": "true"}, f"{ARGS}:reduce_only"),
    ({"reduce_only": "maybe"}, f"{ARGS}:reduce_only"),
    ({"displayvol": "0.01"}, f"{ARGS}:displayvol"),
    ({"stptype": "cancel-oldest"}, f"{ARGS}:stptype"),
    ({"close[ordertype]": "limit"}, f"{ARGS}:close[ordertype]"),
    ({"cl_ord_id": "x" * 19}, f"{ARGS}:cl_ord_id"),
    ({"cl_ord_id": "used"}, "EOrder:cl_ord_id already in use"),
    ({"userref": "x"}, f"{ARGS}:userref"),
    ({"userref": str(2**31)}, f"{ARGS}:userref"),
    ({"userref": "1", "cl_ord_id": "a"}, f"{ARGS}:userref"),
    ({"deadline": "soon"}, f"{ARGS}:deadline"),
    ({"deadline": "2020-01-01T00:00:00Z"}, "EService:Deadline elapsed"),
    ({"volume": "100"}, "EOrder:Insufficient funds"),
    ({"type": "sell", "price": "83000"}, "EOrder:Invalid order"),  # it would meet its own
]
FAR = "OAAAAA-AAAAA-AAAAAA"
OTHERS = [
    ("CancelOrder", {}, f"{ARGS}:txid"),
    ("CancelOrder", {"txid": FAR}, "EOrder:Unknown order"),
    ("CancelOrder", {"txid": "x"}, "EOrder:Unknown order"),
    ("CancelOrder", {"txid": "12345"}, "EOrder:Unknown order"),
    ("CancelOrder", {"cl_ord_id": "nobody"}, "EOrder:Unknown order"),
    ("CancelOrderBatch", {}, f"{ARGS}:orders"),
    ("CancelAllOrdersAfter", {}, f"{ARGS}:timeout"),
    ("CancelAllOrdersAfter", {"timeout": "-1"}, f"{ARGS}:timeout"),
    ("CancelAllOrdersAfter", {"timeout": "86401"}, f"{ARGS}:timeout"),
    ("AmendOrder", {"txid": FAR, "order_qty": "1"}, "EOrder:Unknown order"),
    ("AmendOrder", {"order_qty": "1"}, f"{ARGS}:txid"),
    ("AmendOrder", {"cl_ord_id": "used"}, ARGS),
    ("AmendOrder", {"cl_ord_id": "used", "order_qty": "0"}, f"{ARGS}:order_qty"),
    ("AmendOrder", {"cl_ord_id": "used", "limit_price": "1.23"}, "EOrder:Tick size check failed"),
    ("AmendOrder", {"cl_ord_id": "used", "limit_price": "0"}, f"{ARGS}:limit_price"),
    ("AmendOrder", {"cl_ord_id": "used", "order_qty": "9"}, "EOrder:Insufficient funds"),
    ("AmendOrder", {"cl_ord_id": "used", "post_only": "true"}, f"{ARGS}:post_only"),
    ("AmendOrder", {"cl_ord_id": "used", "trigger_price": "1"}, f"{ARGS}:trigger_price"),
    ("EditOrder", {"txid": FAR, "pair": "XBTUSD", "volume": "1"}, "EOrder:Unknown order"),
    ("EditOrder", {"txid": FAR}, f"{ARGS}:pair"),
    ("QueryOrders", {}, f"{ARGS}:txid"),
    ("QueryOrders", {"txid": "x"}, "EOrder:Invalid order"),
    ("QueryTrades", {}, f"{ARGS}:txid"),
    ("QueryLedgers", {}, f"{ARGS}:id"),
    ("ClosedOrders", {"closetime": "never"}, f"{ARGS}:closetime"),
    ("ClosedOrders", {"ofs": "-1"}, f"{ARGS}:ofs"),
    ("TradesHistory", {"start": "soon"}, f"{ARGS}:start"),
    ("TradesHistory", {"type": "odd"}, f"{ARGS}:type"),
    ("Ledgers", {"asset": "XYZ"}, "EQuery:Unknown asset"),
    ("Ledgers", {"type": "odd"}, f"{ARGS}:type"),
    ("TradeBalance", {"asset": "XYZ"}, "EQuery:Unknown asset"),
    ("TradeVolume", {"pair": "XYZ"}, "EQuery:Unknown asset pair"),
    ("WalletTransfer", {"asset": "XBT"}, f"{ARGS}:from"),
    ("DepositMethods", {"asset": "XYZ"}, "EFunding:Unknown asset"),
    ("WithdrawInfo", {"asset": "XYZ", "key": "a", "amount": "1"}, "EFunding:Unknown asset"),
    ("Withdraw", {"asset": "XBT", "key": "a", "amount": "1"}, "EFunding:Unknown withdraw key"),
    (
        "Withdraw",
        {"asset": "XBT", "key": "practice", "address": "b", "amount": "1"},
        "EFunding:Unknown withdraw key",
    ),
    ("Withdraw", {"asset": "XBT", "key": "practice", "amount": "9"}, "EFunding:Invalid amount"),
    ("Withdraw", {"asset": "XBT", "key": "practice", "amount": "0"}, "EFunding:Invalid amount"),
    ("WithdrawCancel", {"asset": "XBT", "refid": "a"}, "EFunding:Unknown reference id"),
    ("Earn/Allocations", {}, "EGeneral:Unknown method"),
]
TRANSFER = {"asset": "XBT", "from": "Spot Wallet", "to": "Futures Wallet", "amount": "0.5"}
TRANSFERS = [
    ({"amount": "2"}, "EFunding:Invalid amount"),
    ({"amount": "0"}, "EFunding:Invalid amount"),
    ({"amount": "0.000000001"}, "EFunding:Invalid amount"),
    ({"amount": "-1"}, f"{ARGS}:amount"),
    ({"asset": "XYZ"}, "EFunding:Unknown asset"),
    ({"to": "Moon"}, f"{ARGS}:to"),
]
PUBLIC = [
    ("Depth", {"pair": PAIR_ID, "count": 0}, f"{ARGS}:count"),
    ("Depth", {"pair": PAIR_ID, "count": "many"}, f"{ARGS}:count"),
    ("Trades", {"pair": PAIR_ID, "since": "x"}, f"{ARGS}:since"),
    ("Trades", {"pair": PAIR_ID, "count": 1001}, f"{ARGS}:count"),
    ("OHLC", {"pair": PAIR_ID, "interval": 2}, f"{ARGS}:interval"),
    ("OHLC", {"pair": PAIR_ID, "since": "1.5"}, f"{ARGS}:since"),
    ("Spread", {"pair": "XYZ"}, "EQuery:Unknown asset pair"),
    ("Ticker", {"pair": "XBTUSD,XYZ"}, "EQuery:Unknown asset pair"),
    ("AssetPairs", {"info": "all"}, f"{ARGS}:info"),
    ("Assets", {"aclass": "tokens"}, "EQuery:Unknown asset"),
    ("Assets", {"asset": "a," * 600}, f"{ARGS}:asset"),
    ("Nothing", {}, "EGeneral:Unknown method"),
]


async def refuse(spot):
    trader = await spot.trader("trader", USD="20000", XBT="1")
    other = await spot.trader("other", XBT="10")
    sell = LIMIT | {"type": "sell", "price": "89000"}
    await spot.result(other, "AddOrder", **sell)
    await spot.result(trader, "AddOrder", **LIMIT | {"price": "83000", "cl_ord_id": "used"})
    before = spot.digest
    cases = [("AddOrder", LIMIT | change, text) for change, text in ORDERS]
    cases += [("WalletTransfer", TRANSFER | change, text) for change, text in TRANSFERS]
    for name, sent, text in cases + OTHERS:
        given = {each: value for each, value in sent.items() if value != ""}
        answer = await spot.ask(trader, name, **given)
        assert answer == {"error": [text]}, (name, sent, answer)
        assert spot.digest == before, (name, sent)
    for name, sent, text in PUBLIC:
        assert await spot.public(name, **sent) == {"error": [text]}, (name, sent)
    await refuse_batches(spot, trader)
    await refuse_signatures(spot, trader)
    assert spot.digest == before


async def freeze(folder):
    """Money leaves until the operator holds it; what could go is still told."""
    asked = {"asset": "XBT", "key": "practice", "amount": "0.5"}
    act = '\n[[act]]\nat_s = 60\ndo = "stop_withdrawals"\n'
    async with spot_inside(folder, SCENARIO + act) as spot:
        trader = await spot.trader("trader", XBT="2")
        assert await spot.result(trader, "Withdraw", **asked)
        await spot.inside.step(60)
        before = spot.digest
        assert await spot.ask(trader, "Withdraw", **asked) == {"error": ["EService:Unavailable"]}
        told = await spot.result(trader, "WithdrawInfo", **asked)
        assert float(told["limit"]) == 1.5
        assert spot.digest == before


async def refuse_batches(spot, trader):
    """Of a batch, what cannot be read refuses all of it."""
    line = {name: value for name, value in LIMIT.items() if name != "pair"}
    for orders, text in (
        ([line], f"{ARGS}:orders"),
        ([line] * 16, f"{ARGS}:orders"),
        ([line, line | {"price": 1.23}], "EOrder:Tick size check failed"),
        ([line, {"type": "buy"}], f"{ARGS}:ordertype"),
        ([line, 5], f"{ARGS}:orders"),
        (5, f"{ARGS}:orders"),
    ):
        answer = await spot.ask_json(trader, "AddOrderBatch", pair="XBTUSD", orders=orders)
        assert answer == {"error": [text]}, (orders, answer)
    for body in ("{", "[]", "5", '{"a":' * 5_000, "{}"):
        answer = await spot.send(trader, "CancelOrderBatch", body, "", "application/json")
        assert answer["error"][0][:4] == "EAPI", (body, answer)


async def refuse_signatures(spot, trader):
    """Key, signature, nonce, permission, in this order."""
    assert await spot.ask(trader, "Balance", nonce="x") == {"error": ["EAPI:Invalid signature"]}
    answer = await spot.send(trader, "Balance", "nonce=1", "1", FORM)
    assert answer == {"error": ["EAPI:Invalid nonce"]}
    answer = await spot.send(trader, "Balance", "nonce=999999&nonce=x", "x", FORM)
    assert answer == {"error": ["EAPI:Invalid nonce"]}
    answer = (await spot.http.post("/0/private/Balance", content=b"nonce=1")).json()
    assert answer == {"error": ["EAPI:Invalid key"]}
    reader = spot.venue.accounts.create_key("trader", ("read",))
    assert await spot.ask(reader, "AddOrder", **LIMIT) == {"error": ["EGeneral:Permission denied"]}
    large = "nonce=1&x=" + "x" * 1_000_001
    answer = await spot.send(trader, "Balance", large, "1", FORM)
    assert answer == {"error": ["EAPI:Bad request"]}


def test_what_is_wrong_is_refused_by_name_and_nothing_changes(tmp_path):
    """ORDR-001, ORDR-005, ORDR-006, ORDR-007, ORDR-011, ORDR-013, ORDR-017"""

    async def tell():
        async with spot_inside(tmp_path) as spot:
            await refuse(spot)
            await refuse_in_other_states(spot)

    asyncio.run(tell())


def test_what_the_operator_holds_back_stays(tmp_path):
    asyncio.run(freeze(tmp_path))


async def refuse_in_other_states(spot):
    """What a pair does not take now has a text for each state."""
    market_id = spot.venue.catalog.market("XBT/USD").market_id
    trader = await spot.trader("late", USD="20000")
    for state, status, text in (
        (MarketState.POST_ONLY, "post_only", "EService:Market in post_only mode"),
        (MarketState.CANCEL_ONLY, "cancel_only", "EService:Market in cancel_only mode"),
        (MarketState.HALTED, "cancel_only", "EService:Market in cancel_only mode"),
    ):
        command = {"kind": CommandKind.SET_MARKET_STATE, "market_id": market_id, "value": state}
        await spot.inside.command(**command)
        pairs = await spot.public("AssetPairs", pair="XBTUSD")
        assert pairs["result"][PAIR_ID]["status"] == status
        assert await spot.ask(trader, "AddOrder", **LIMIT) == {"error": [text]}


VALUES = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.lists(st.one_of(st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.integers()))),
)
NAMES = st.sampled_from(
    (
        *("pair", "type", "ordertype", "volume", "price", "price2", "oflags", "timeinforce"),
        *("expiretm", "txid", "cl_ord_id", "userref", "orders", "cl_ord_ids", "order_qty"),
        *("limit_price", "start", "end", "ofs", "asset", "from", "to", "amount", "timeout"),
        *("count", "since", "interval", "info", "closetime", "trades", "validate", "deadline"),
        *("close", "leverage", "nonce", "id"),
    )
)


def test_no_request_is_too_odd(tmp_path):
    """Whatever is sent, signed or not, the answer is an envelope."""
    methods = sorted(REST)

    async def tell():
        async with spot_inside(tmp_path) as spot:
            trader = await spot.trader("trader", USD="20000", XBT="1")
            loop = asyncio.get_running_loop()

            async def one(method, sent, as_json):
                kind, name = method.split("/")
                if kind == "public":
                    answer = await spot.public(name, **{k: str(v) for k, v in sent.items()})
                else:
                    ask = spot.ask_json if as_json else spot.ask
                    answer = await ask(trader, name, **sent)
                assert isinstance(answer["error"], list)
                assert answer["error"] or "result" in answer

            @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
            @given(st.sampled_from(methods), st.dictionaries(NAMES, VALUES), st.booleans())
            def explore(method, sent, as_json):
                asyncio.run_coroutine_threadsafe(one(method, sent, as_json), loop).result()

            await asyncio.to_thread(explore)

    asyncio.run(tell())
