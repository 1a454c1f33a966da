"""Who signs a request, and whether the signature and its nonce hold.

    API-Sign = b64(HMAC_SHA512(b64decode(secret), path + SHA256(nonce + body)))

over the bytes as they were sent. Signatures and nonces know nothing of the world's time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

NONCE_MAX = 2**64 - 1


def signature(secret: str, path: bytes, nonce: bytes, body: bytes) -> str:
    """What `API-Sign` has to be."""
    digest = hashlib.sha256(nonce + body).digest()
    key = base64.b64decode(secret)
    return base64.b64encode(hmac.digest(key, path + digest, "sha512")).decode()


def is_signed(expected: str, given: str) -> bool:
    """Whether a signature is the right one, in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())


class Nonces:
    """The highest nonce each key has used: the next one must be greater."""

    def __init__(self) -> None:
        """No nonce used yet."""
        self._highest: dict[str, int] = {}

    def take(self, api_key: str, nonce: str) -> bool:
        """Use a nonce; False when it is none, or none any more."""
        if not (nonce.isascii() and nonce.isdigit()) or len(nonce) > len(str(NONCE_MAX)):
            return False
        number = int(nonce)
        if not self._highest.get(api_key, -1) < number <= NONCE_MAX:
            return False
        self._highest[api_key] = number
        return True
