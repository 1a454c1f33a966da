"""What the venue says of a trader's orders, held against the replies the trader was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.reliability.load import Trader
from tests.reliability.process import V3, Client

HISTORY = "/api/history/v3"


def check_trader(client: Client, trader: Trader) -> None:
    """Every acknowledged reply is still true, and nothing has happened twice."""
    events = [element["event"] for element in _pages(client, "orders")]
    placed = [event["OrderPlaced"]["order"] for event in events if "OrderPlaced" in event]
    ended = [event["OrderCancelled"]["order"] for event in events if "OrderCancelled" in event]
    _check_none_twice(placed, trader)
    _check_placements({order["uid"]: order for order in placed}, trader)
    _check_executions(client, trader)
    assert trader.cancelled <= {order["uid"] for order in ended}
    _check_open(client, trader)


def _pages(client: Client, name: str) -> Iterator[dict[str, Any]]:
    """All elements of a history, oldest first."""
    page = client.get(f"{HISTORY}/{name}", sort="asc")
    yield from page["elements"]
    while "continuationToken" in page:
        token = page["continuationToken"]
        page = client.get(f"{HISTORY}/{name}", sort="asc", continuation_token=token)
        yield from page["elements"]


def _check_none_twice(placed: list[dict[str, Any]], trader: Trader) -> None:
    """One placement an order id, a client id, a price: whatever the client saw of it."""
    resting = [order for order in placed if order["orderType"] == "Limit"]
    for names in (
        [order["uid"] for order in placed],
        [order["clientId"] for order in placed if order["clientId"]],
        [order["limitPrice"] for order in resting],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []
    sent = {(order.get("limitPrice"), order.get("cliOrdId")) for order in trader.asked.values()}
    for order in resting:
        assert (order["limitPrice"], order["clientId"] or None) in sent


def _check_placements(recorded: dict[str, dict[str, Any]], trader: Trader) -> None:
    """Each acknowledged order is recorded with the fields of its reply."""
    for number, told in trader.placed.items():
        order, asked = recorded[told["order_id"]], trader.asked[number]
        named = asked.get("cliOrdId")
        assert (order["clientId"] or None, told.get("cliOrdId")) == (named, named)
        assert (order["tradeable"], order["direction"].lower()) == (asked["symbol"], asked["side"])
        at_once = sum(Decimal(str(fill["amount"])) for fill in fills_in(told))
        assert Decimal(order["filled"]) == at_once
        if asked["orderType"] == "lmt":
            assert order["limitPrice"] == asked["limitPrice"]
            assert Decimal(order["quantity"]) == Decimal(asked["size"])


def fills_in(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The executions that a reply to `sendorder` tells of."""
    return [event for event in told["orderEvents"] if event["type"] == "EXECUTION"]


def _check_executions(client: Client, trader: Trader) -> None:
    """Each execution of a reply is recorded once, at its price and size."""
    found = [e["event"]["Execution"]["execution"] for e in _pages(client, "executions")]
    recorded = {execution["uid"]: execution for execution in found}
    assert len(recorded) == len(found)
    for told in trader.placed.values():
        for fill in fills_in(told):
            execution = recorded[fill["executionId"]]
            assert execution["order"]["uid"] == told["order_id"]
            assert Decimal(execution["price"]) == Decimal(str(fill["price"]))
            assert Decimal(execution["quantity"]) == Decimal(str(fill["amount"]))


def _check_open(client: Client, trader: Trader) -> None:
    """What rested, and whose end nobody asked for, is open as it was told."""
    found = client.get(f"{V3}/openorders")["openOrders"]
    opened = {order["order_id"]: order for order in found}
    assert len(opened) == len(found)
    assert not trader.cancelled & opened.keys()
    for number, told in trader.placed.items():
        rests = trader.asked[number]["orderType"] == "lmt"
        if rests and told["order_id"] not in trader.cancelled | trader.in_doubt:
            order, first = opened[told["order_id"]], told["orderEvents"][0]["order"]
            for here, there in (("limitPrice", "limitPrice"), ("unfilledSize", "quantity")):
                assert order[here] == first[there]
            assert (order["side"], order["receivedTime"]) == (first["side"], first["timestamp"])
            assert order.get("cliOrdId") == first.get("cliOrdId")


def check_retries(client: Client, trader: Trader, most: int) -> None:
    """The newest client ids, sent again, name the orders they were first used for."""
    named = [number for number in trader.placed if "cliOrdId" in trader.asked[number]]
    for number in named[-most:]:
        told = client.post("sendorder", **trader.asked[number])["sendStatus"]
        assert told["status"] == "clientOrderIdAlreadyExist"
        assert told["order_id"] == trader.placed[number]["order_id"]


def settle(client: Client, trader: Trader) -> None:
    """A client asks again for what was never answered; now it knows.

    Without a client id nobody can ask: such an order is forgotten here, and must not be twice.
    """
    for number in trader.unanswered:
        asked = trader.asked[number]
        if "cliOrdId" not in asked:
            trader.refused.add(number)
            continue
        told = client.post("sendorder", **asked)["sendStatus"]
        if told["status"] == "placed":
            trader.placed[number] = told
        elif told["status"] == "clientOrderIdAlreadyExist":
            again = client.post("sendorder", **asked)["sendStatus"]
            assert again["order_id"] == told["order_id"]
            _check_is_recorded(client, told["order_id"], asked["cliOrdId"])
            trader.refused.add(number)
        else:
            trader.refused.add(number)


def _check_is_recorded(client: Client, order_id: str, client_id: str) -> None:
    placed = [e["event"].get("OrderPlaced") for e in _pages(client, "orders")]
    found = [p["order"] for p in placed if p and p["order"]["uid"] == order_id]
    assert [order["clientId"] for order in found] == [client_id]
