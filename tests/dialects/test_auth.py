"""Signatures: golden vectors, and the clients' own signing read back without a server."""

from __future__ import annotations

import asyncio
import base64
from urllib.parse import urlsplit

import ccxt
import pytest
from kraken.futures import FuturesWSClient, Trade

from longshore.venue.dialects.kraken_futures import auth

SECRET = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
ROOT = "http://127.0.0.1:1"
URLS = {
    "api": {
        "public": f"{ROOT}/derivatives/api/",
        "private": f"{ROOT}/derivatives/api/",
        "history": f"{ROOT}/api/history/",
    }
}
ODD_ID = "a b&c+d%41é=?/#"

GOLDEN = [
    (
        b"/derivatives/api/v3/accounts",
        b"",
        "MWxNfpt+GUpF6vfr+4FmuqI436HgZtBUAZlSClwOVoxjK071ejSS6WA/2l0yhTDa1hjxE6JL4GzyyTLrpN5A1g==",
    ),
    (
        b"/api/history/v2/orders",
        b"count=5",
        "vS7tTZ9H8JWRcr4O5u5ZnE2DQLvEwWcloVLUd5U3HeeJO/w5LMKfMcuHCWSOCkPXvHvhyFoQ9ok0Kvk094pY9A==",
    ),
]


@pytest.mark.parametrize(("path", "query", "expected"), GOLDEN)
def test_a_signature_is_the_recorded_one(path, query, expected):
    message = auth.signed_message(query, b"", b"", path)
    assert auth.signature(SECRET, message) == expected
    assert auth.is_signed(SECRET, message, expected)
    assert not auth.is_signed(SECRET, message + b" ", expected)
    assert not auth.is_signed(SECRET, message, expected[:-4] + "é==")


class Sent(Exception):
    """What ccxt was about to send."""


@pytest.fixture(scope="module")
def exchange():
    made = ccxt.krakenfutures({"apiKey": "k", "secret": SECRET, "urls": URLS})

    def keep(url, method="GET", headers=None, body=None):
        raise Sent(url, headers, body)

    made.fetch = keep
    yield made
    made.session.close()


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("private_get_accounts", {}),
        ("private_post_sendorder", {"symbol": "PF_XBTUSD", "cliOrdId": ODD_ID}),
        ("private_post_batchorder", {"batchOrder": [{"order": "send", "cliOrdId": ODD_ID}]}),
        ("private_put_leveragepreferences", {"symbol": "PF_XBTUSD", "maxLeverage": 5}),
        ("private_get_orders_status", {"orderIds": ["a", "b c"]}),
        ("history_get_account_log", {"count": 5}),
    ],
)
def test_what_ccxt_signs_is_accepted(exchange, method, parameters):
    with pytest.raises(Sent) as caught:
        getattr(exchange, method)(parameters)
    sent_to, headers, sent = caught.value.args
    url, body = urlsplit(sent_to), (sent or "").encode()
    message = auth.signed_message(url.query.encode(), body, b"", url.path.encode())
    assert auth.is_signed(SECRET, message, headers["Authent"])


def test_what_the_sdk_signs_is_accepted():
    client = Trade(key="k", secret=SECRET, url=ROOT)
    _, url, headers, body, _ = client._prepare_request(
        method="POST",
        uri="/derivatives/api/v3/sendorder",
        post_params={"symbol": "PF_XBTUSD", "cliOrdId": ODD_ID},
        query_params=None,
    )
    nonce = headers["Nonce"].encode()
    message = auth.signed_message(b"", body.encode(), nonce, urlsplit(url).path.encode())
    assert auth.is_signed(SECRET, message, headers["Authent"])


def test_a_challenge_is_signed_as_the_sdk_signs_it():
    challenge = "226aee50-88fc-4618-a42a-34f7709570b2"

    async def signed_by_the_sdk() -> str:
        client = FuturesWSClient(key="k", secret=SECRET, callback=print)
        try:
            return client.get_sign_challenge(challenge)
        finally:
            await client.close()

    assert auth.signature(SECRET, challenge.encode()) == asyncio.run(signed_by_the_sdk())


def test_a_nonce_is_used_once_by_each_key():
    nonces = auth.Nonces()
    assert nonces.refusal("a", "") == ""
    assert nonces.refusal("a", "20") == ""
    assert nonces.refusal("a", "10") == "", "requests sent together may overtake each other"
    assert nonces.refusal("a", "20") == "nonceDuplicate"
    assert nonces.refusal("b", "20") == ""
    assert nonces.refusal("a", "2x") == "authenticationError"


def test_a_nonce_older_than_all_that_are_remembered_is_refused(monkeypatch):
    monkeypatch.setattr(auth, "NONCES_KEPT", 3)
    nonces = auth.Nonces()
    for nonce in ("30", "40", "50", "60"):
        assert nonces.refusal("a", nonce) == ""
    assert nonces.refusal("a", "30") == "nonceBelowThreshold"
    assert nonces.refusal("a", "40") == "nonceDuplicate"
