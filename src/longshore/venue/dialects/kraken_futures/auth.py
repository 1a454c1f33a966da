"""Who signs a request, and whether the signature holds.

    Authent = b64(HMAC_SHA512(b64decode(secret), SHA256(query + body + nonce + path)))

over the bytes as they were sent; `path` is without a leading `/derivatives`, the nonce is optional.
Signatures and nonces know nothing of the world's time.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
import hmac

NONCE_MAX_DIGITS = 40
NONCES_KEPT = 4_096
"""A client may send many requests at once, so nonces come a little out of order."""


def signature(secret: str, message: bytes) -> str:
    """Base64 of HMAC-SHA-512, by the decoded secret, of the message's SHA-256."""
    digest = hashlib.sha256(message).digest()
    key = base64.b64decode(secret)
    return base64.b64encode(hmac.digest(key, digest, "sha512")).decode()


def signed_message(query: bytes, body: bytes, nonce: bytes, path: bytes) -> bytes:
    """What a request's signature is made over."""
    return query + body + nonce + path.removeprefix(b"/derivatives")


def is_signed(secret: str, message: bytes, authent: str) -> bool:
    """Whether a signature is the right one, in constant time."""
    return hmac.compare_digest(signature(secret, message).encode(), authent.encode())


class Nonces:
    """The nonces each key has used: the highest `NONCES_KEPT` of them."""

    def __init__(self) -> None:
        """No nonce used yet."""
        self._lowest: dict[str, list[int]] = {}
        self._used: dict[str, set[int]] = {}

    def refusal(self, api_key: str, nonce: str) -> str:
        """Take a nonce; Kraken's name of the refusal, or nothing when it is good."""
        if not nonce:
            return ""
        if not (nonce.isascii() and nonce.isdigit()) or len(nonce) > NONCE_MAX_DIGITS:
            return "authenticationError"
        return self._take(api_key, int(nonce))

    def _take(self, api_key: str, nonce: int) -> str:
        lowest = self._lowest.setdefault(api_key, [])
        used = self._used.setdefault(api_key, set())
        if nonce in used:
            return "nonceDuplicate"
        if len(lowest) == NONCES_KEPT:
            if nonce < lowest[0]:
                return "nonceBelowThreshold"
            used.discard(heapq.heappop(lowest))
        heapq.heappush(lowest, nonce)
        used.add(nonce)
        return ""
