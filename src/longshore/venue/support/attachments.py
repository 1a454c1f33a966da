"""What may come with a message: four kinds of small files, each what it says it is."""

from __future__ import annotations

import unicodedata

BYTES_MAX = 32_768
"""In base64 and beside the longest text it fits into a request's body."""
NAME_MAX = 80
TEXT = "text/plain"
BEGINNINGS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
}
KINDS = (*BEGINNINGS, TEXT)


def kind_of(content: bytes) -> str:
    """What a file is, from how it begins; text is what reads as such. Empty: none of these."""
    for kind, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return ""
    return TEXT if text and is_text(text) else ""


def is_text(text: str) -> bool:
    """Whether it has no control characters but ends of lines and tabs."""
    return all(unicodedata.category(each) != "Cc" or each in "\n\r\t" for each in text)


def is_name(name: str) -> bool:
    """Whether a file may be called so: a short line without folders in it."""
    return 0 < len(name) <= NAME_MAX and name.isprintable() and not set(name) & set('/\\"')
