"""What every route of `/api/v1` can be asked with, so that its handler reads it."""

from __future__ import annotations

from longshore.custody.wallet import address_of, make_words
from tests.reliability.quiet import BID
from tests.venue.desk import SYMBOL

ORDER = {"symbol": SYMBOL, "side": "buy", "type": "limit", "size": "0.01", "price": BID}
WALLET = address_of(make_words(bytes(11)), "hull")
SEND = {
    "words": make_words(bytes(11)),
    "network": "ferry",
    "asset": "USD",
    "address": WALLET,
    "amount": "1",
}
BODIES = {
    "/orders": ORDER,
    "/preview": ORDER,
    "/explain": ORDER,
    "/orders/1": {"size": "0.01"},
    "/cancel-all": {"symbol": SYMBOL},
    "/operator/maintenance": {"down_min": 30, "reason": "A new matching engine"},
    "/operator/notices": {"text": "All is well"},
    f"/positions/{SYMBOL}/close": {"size": "0.01"},
    f"/positions/{SYMBOL}/margin": {"amount": "1"},
    "/leverage": {"symbol": SYMBOL, "leverage": "2"},
    "/position-mode": {"mode": "hedge"},
    "/transfers": {"asset": "USD", "amount": "1", "source": "flex", "target": "cash"},
    "/top-up": {"symbol": SYMBOL, "enabled": True},
    "/risk-limit": {"symbol": SYMBOL, "limit": "1000"},
    "/operator/terms": {"symbol": SYMBOL, "term": "tier", "values": ["0.02", "0.01"]},
    "/clock": {"action": "step", "step_ms": 1},
    "/clock/run": {"until": "time", "limit_ms": 1},
    "/operator/accounts": {"name": "new", "deposits": {"USD": "1"}},
    "/operator/deposits": {"account": "learner", "asset": "USD", "amount": "1"},
    "/operator/keys": {"account": "learner"},
    "/operator/trouble": {},
    "/operator/welcome": {"name": "new"},
    "/operator/state": {"symbol": SYMBOL, "state": "halted"},
    "/operator/index": {"symbol": SYMBOL, "percent": "-8"},
    "/operator/alerts/1": {"state": "dismissed"},
    "/operator/effect": {"index": {"symbol": SYMBOL, "percent": "-8"}},
    "/lessons/funding/answers": {"question": "none", "answer": "1"},
    "/debriefs/1/choices": {"moment": 1, "choice": "leave"},
    "/withdrawals": {"asset": "USD", "amount": "1", "wallet": "cash"},
    "/custody/addresses": {"network": "ferry"},
    "/custody/book": {"name": "mine", "network": "ferry", "address": WALLET},
    "/custody/withdrawals/code": {"name": "mine", "asset": "USD", "amount": "9"},
    "/custody/withdrawals": {"name": "mine", "asset": "USD", "amount": "9"},
    "/custody/messages/restore": {"verdict": "bait"},
    "/custody/wallet": {},
    "/custody/wallet/send": SEND,
    "/operator/custody/gifts": {k: v for k, v in SEND.items() if k != "words"},
    "/operator/custody/freeze": {"frozen": False},
    "/operator/custody/recoveries": {"id": 1, "account": "learner"},
    "/plan": {"symbol": SYMBOL, "side": "buy", "stop_price": BID, "max_loss": "10"},
    f"/positions/{SYMBOL}/say-back": {"said": {"side": "long"}},
    f"/positions/{SYMBOL}/near": {"choice": "keep"},
    "/guided": {"on": True},
    "/session-limits": {"max_loss": "100"},
    "/plan/copy": {"text": '{"symbol": "PF_XBTUSD", "side": "buy", "stop_price": "50000"}'},
    "/keys": {"permissions": ["read"]},
    "/onshore/residence": {"country": "US", "state": "TX"},
    "/onshore/identity": {"person": "ada"},
    "/onshore/identity/appeal": {"text": "Look again."},
    "/onshore/identity/decisions": {
        "case": "1",
        "verdict": "",
        "delivery": "1",
        "sent_ms": 1,
        "signature": "0",
    },
    "/onshore/consents": {"product": "perpetual", "version": "2026-09-01", "sha256": "0"},
    "/onshore/questions": {"attempt": 1, "answers": {}},
    "/onshore/exclusion": {"days": 1},
    "/onshore/limits": {"loss": "100"},
    "/support/tickets": {"category": "order", "text": "Why?", "symbol": SYMBOL},
    "/support/tickets/1/messages": {"text": "And?"},
    "/support/tickets/1/state": {"state": "closed"},
    "/operator/tickets/1/answers": {"template": "received"},
    "/operator/tickets/1/state": {"state": "closed"},
    "/operator/identities/1": {"accept": True},
    "/operator/accounts/learner/state": {"state": "active"},
}
"""A body for every route that takes one, which its handler could read."""
QUERIES = {
    "/export": {"what": "fills"},
    "/orders/1/move": {"trigger_price": "50000"},
    "/operator/rules": {"symbol": SYMBOL},
    f"/positions/{SYMBOL}/if-true": {"blank": "side", "chip": "long"},
}
"""What a route must be asked with to be answered at all."""
