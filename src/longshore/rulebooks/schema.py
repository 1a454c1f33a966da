"""The JSON schema of a rulebook file, for editors; made from the shapes in `terms`."""

from __future__ import annotations

from typing import Any

import msgspec

from longshore.rulebooks.terms import Terms


def schema() -> dict[str, Any]:
    """The schema: titles are units, descriptions say what a key means."""
    made: dict[str, Any] = _as_toml(msgspec.json.schema(Terms))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Longshore rulebook",
        **made,
    }


def _as_toml(part: Any) -> Any:
    """The same, but a decimal, which is text in JSON, is a number as it is in TOML."""
    if isinstance(part, dict):
        same = {key: _as_toml(value) for key, value in part.items()}
        if same.get("format") == "decimal":
            del same["format"]
            same["type"] = "number"
        return same
    return [_as_toml(value) for value in part] if isinstance(part, list) else part
