"""A practice wallet of one's own: twelve words from our own list, and the addresses they lead to.

The words are the key. Nobody keeps them: who has them can send, and who has lost them has lost
the coins, which stay where everybody sees them. The list is ours, so that no real wallet takes
the words and nobody is tempted to type real ones here: those are refused.
"""

from __future__ import annotations

import hashlib

from longshore.custody.addresses import make_address

WORDS = (
    *("anchor", "apron", "badge", "barrel", "basket", "beacon", "bonnet", "bottle"),
    *("bramble", "bucket", "button", "candle", "canvas", "carrot", "cellar", "chimney"),
    *("cobble", "compass", "copper", "cradle", "curtain", "dapple", "ditch", "drizzle"),
    *("ember", "fiddle", "flannel", "funnel", "gable", "ginger", "gravel", "hammock"),
    *("harness", "hazel", "heron", "inkwell", "jacket", "kettle", "lantern", "lintel"),
    *("mallow", "marrow", "mitten", "muddle", "nettle", "oatmeal", "paddle", "parsnip"),
    *("pebble", "pillow", "puddle", "quiver", "rafter", "ripple", "saddle", "shingle"),
    *("skillet", "spindle", "tassel", "thimble", "trellis", "turnip", "walnut", "willow"),
)
COUNT = 12
CHECKED = COUNT - 1
"""The last word follows from the others, so that one wrong word is nearly always noticed."""


class WordsError(ValueError):
    """What are no words of a wallet here."""


def make_words(chance: bytes) -> str:
    """Twelve words from chance, of which eleven bytes count."""
    chosen = [WORDS[each % len(WORDS)] for each in chance[:CHECKED]]
    return " ".join([*chosen, _last(chosen)])


def read_words(text: str) -> str:
    """The words as they are written. WordsError: they are none of a wallet here."""
    words = text.lower().split()
    if len(words) != COUNT or set(words) - set(WORDS) or words[-1] != _last(words[:-1]):
        raise WordsError("these are not twelve words of a practice wallet")
    return " ".join(words)


def address_of(words: str, family: str) -> str:
    """The address that words lead to, in a family of chains."""
    return make_address(family, "wallet", words)


def _last(words: list[str]) -> str:
    digest = hashlib.sha256(f"longshore:words {' '.join(words)}".encode()).digest()
    return WORDS[digest[0] % len(WORDS)]
