"""On which line of a TOML text each key and each list item stands.

`tomllib` forgets where it read what. This reads the text a second time, only for the places, and
only after `tomllib` took it: what is no TOML never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|\n|[][{}=,]|[^][{}=,#\s\"']+",
    re.DOTALL,
)
OPENING = {"[", "{"}
DIGITS_OF_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def line_of(text: str, path: str) -> int:
    """The line of a path such as `pairs.XBT/USD.tick`, or of what it would stand in."""
    found = lines(text)
    while path and path not in found:
        path = path.rpartition(".")[0]
    return found.get(path, 1)


def lines(text: str) -> dict[str, int]:
    """The line, from 1, of every path: keys and places in lists, joined with dots."""
    return _Reader(text).read()


class _Reader:
    """One walk over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.place = 0
        self.found: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def read(self) -> dict[str, int]:
        table = ""
        while self._skip_newlines():
            if self._token() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _header(self) -> str:
        """[a.b], or [[a.b]], whose tables are the items of a list."""
        self.place += 1
        if is_list := self._token() == "[":
            self.place += 1
        path = self._key("", "]")
        if is_list:
            self.place += 1
            count = self.counts[path] = self.counts.get(path, -1) + 1
            path = f"{path}.{count}"
            self.found[path] = self.tokens[self.place - 1][1]
        return path

    def _pair(self, path: str) -> None:
        self._value(self._key(path, "="))

    def _key(self, path: str, end: str) -> str:
        """The path that a dotted key names; each part of it stands on this line if on none yet."""
        while self._token() != end:
            token, line = self.tokens[self.place]
            for name in _names(token):
                path = f"{path}.{name}" if path else name
                self.found.setdefault(path, line)
            self.place += 1
        self.place += 1
        return path

    def _value(self, path: str) -> None:
        opening = self._token()
        if opening not in OPENING:
            while self.place < len(self.tokens) and self._token() not in {"\n", ",", "]", "}"}:
                self.place += 1
            return
        self.place += 1
        index = 0
        while self._skip_newlines() and self._token() not in {"]", "}"}:
            if self._token() == ",":
                index += 1
                self.place += 1
            elif opening == "{":
                self._pair(path)
            else:
                self.found[f"{path}.{index}"] = self.tokens[self.place][1]
                self._value(f"{path}.{index}")
        self.place += 1

    def _token(self) -> str:
        return self.tokens[self.place][0]

    def _skip_newlines(self) -> bool:
        """Go to the next token that is no line's end; whether there is one."""
        while self.place < len(self.tokens) and self._token() == "\n":
            self.place += 1
        return self.place < len(self.tokens)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Each token but comments, with its line."""
    line, at = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if not match[0].startswith("#"):
            yield match[0], line


def _names(token: str) -> list[str]:
    """The key names in a token: one where it is quoted, else those between dots."""
    if token.startswith("'"):
        return [token[1:-1]]
    if token.startswith('"'):
        return [DIGITS_OF_ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), token[1:-1])]
    return [name for name in token.split(".") if name]
