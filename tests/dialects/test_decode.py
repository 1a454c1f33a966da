"""What clients send, byte for byte, decoded."""

from __future__ import annotations

import json
from decimal import Decimal
from urllib.parse import quote, urlencode

import msgspec
import pytest

from longshore.venue.dialects.kraken_futures import decode
from longshore.venue.dialects.kraken_futures.errors import ApiError

ODD_ID = "a b&c+d%41é=?/#"
ORDER = {"orderType": "lmt", "symbol": "PF_XBTUSD", "side": "buy", "size": "0.5"}
LINE = {"order": "send", "order_tag": 1, "cliOrdId": ODD_ID, **ORDER}


@pytest.mark.parametrize("where", ["query", "body"])
@pytest.mark.parametrize("encode", [quote, None], ids=["%20", "+"])
def test_an_order_is_read_from_query_and_form(where, encode):
    sent = {**ORDER, "limitPrice": 84000.5, "cliOrdId": ODD_ID, "reduceOnly": True}
    text = urlencode(sent, quote_via=encode) if encode else urlencode(sent)
    parts = {"query": b"", "body": b"", where: text.encode()}
    order = decode.decoded(decode.parameters(**parts), decode.SendOrder)
    assert order.cli_ord_id == ODD_ID
    assert order.size == Decimal("0.5")
    assert order.limit_price == Decimal("84000.5")
    assert order.reduce_only


def test_the_body_counts_where_both_say_something():
    given = decode.parameters(b"size=1&symbol=A", b"size=2")
    assert given == {"size": ["1", "2"], "symbol": ["A"]}


def test_repeated_ids_are_kept_in_order():
    given = decode.parameters(b"orderIds=a&orderIds=b", b"orderIds=c")
    assert given["orderIds"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "body",
    [
        b"json=" + json.dumps({"batchOrder": [LINE]}, ensure_ascii=False).encode(),
        urlencode({"json": json.dumps({"batchOrder": [LINE]})}).encode(),
        quote("json=", safe="=").encode() + quote(json.dumps({"batchOrder": [LINE]})).encode(),
    ],
    ids=["literal, as ccxt", "form, as the sdk", "percent only"],
)
@pytest.mark.parametrize("where", ["query", "body"])
def test_a_batch_is_read_literally_first(body, where):
    parts = {"query": b"", "body": b"", where: body}
    (raw,) = decode.batch_instructions(**parts)
    line = decode.instruction(raw)
    assert isinstance(line, decode.SendOrder)
    assert line.cli_ord_id == ODD_ID
    assert line.size == Decimal("0.5")


@pytest.mark.parametrize("tag", [7, "7", "any"])
@pytest.mark.parametrize("size", [0.5, "0.5"])
def test_numbers_and_tags_of_a_batch_may_be_strings(tag, size):
    raw = msgspec.Raw(json.dumps({**LINE, "order_tag": tag, "size": size}).encode())
    line = decode.instruction(raw)
    assert line.order_tag == tag
    assert line.size == Decimal("0.5")


REFUSED = [
    ({**ORDER, "size": "abc"}, 400, "Argument invalid: size"),
    ({**ORDER, "reduceOnly": "maybe"}, 400, "Argument invalid: reduceOnly"),
    ({name: ORDER[name] for name in ("symbol", "side", "size")}, 200, "requiredArgumentMissing"),
]


@pytest.mark.parametrize(("sent", "status", "words"), REFUSED)
def test_what_cannot_be_read_is_refused_by_name(sent, status, words):
    with pytest.raises(ApiError) as caught:
        decode.decoded(decode.parameters(urlencode(sent).encode(), b""), decode.SendOrder)
    assert caught.value.status == status
    assert words in str(caught.value.body)


@pytest.mark.parametrize("body", [b"json={", b"json=%7B", b"json=%FF", b"json="])
def test_a_broken_batch_is_a_parse_error(body):
    with pytest.raises(ApiError) as caught:
        decode.batch_instructions(b"", body)
    assert caught.value.name == "Json Parse Error"


def test_bytes_that_are_no_form_are_a_bad_request():
    with pytest.raises(ApiError) as caught:
        decode.parameters(b"a=\xff", b"")
    assert caught.value.status == 400
