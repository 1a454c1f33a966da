"""The recordings beside the repository, whole, each message under the name of its kind."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[4] / "shared/data"
FOLDERS = ("kraken_api_payloads", "kraken_ws_recordings")
BESIDE = all((SHARED / name).is_dir() for name in FOLDERS)


def recorded() -> dict[str, Any]:
    """All payloads; messages of one kind as a list."""
    found: dict[str, Any] = {}
    for folder in FOLDERS:
        for path in sorted((SHARED / folder).rglob("*json*")):
            name = path.name.partition(".")[0]
            if ".ndjson" in path.name:
                for kind, message in _lines(path):
                    found.setdefault(f"{name} {kind}", []).append(message)
            else:
                found |= _whole(name, json.loads(_text(path)))
    return found


def files() -> set[str]:
    """Every file there is, by its name to the first point."""
    there = (path for folder in FOLDERS for path in (SHARED / folder).rglob("*"))
    return {path.name.partition(".")[0] for path in there if path.is_file()}


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()


def _whole(name: str, payload: Any) -> dict[str, Any]:
    """One document; of a book's recording the snapshot and the updates apart."""
    if set(payload) == {"init", "updates"}:
        return {f"{name} snapshot": [payload["init"]], f"{name} update": payload["updates"]}
    return {name: payload}


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    for line in _text(path).splitlines():
        if line.strip():
            record = json.loads(line)
            message = record["msg"]
            message = json.loads(message) if isinstance(message, str) else message
            sent = "sent " if record["dir"] == "send" else ""
            yield sent + _kind(message), message


def _kind(message: Any) -> str:
    """An event, else a feed; of arrays the channel's name is the last but one."""
    if isinstance(message, list):
        return str(message[-2])
    return str(message["event"] if "event" in message else message["feed"])
