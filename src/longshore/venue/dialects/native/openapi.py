"""The OpenAPI document and a page that shows it, both made from the handlers and their structs."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Sequence
from importlib import resources
from string import Template
from typing import Any

import msgspec

from longshore import __version__
from longshore.explain.sentences import LANGUAGES, VOICES
from longshore.explain.venue import banner, disclaimers
from longshore.venue.dialects.native.four_eyes import FOUR_EYES
from longshore.venue.dialects.native.routes import OPERATIONS, PREFIX
from longshore.venue.dialects.native.schema import base, proposals, stream
from longshore.venue.dialects.native.wire import Download, Operation

SPEECH = (("lang", LANGUAGES), ("voice", VOICES))
REF = "#/components/schemas/{name}"
_PARAMETER = re.compile(r"{(\w+)}")
_MESSAGES = (
    stream.MarketMessage,
    stream.AccountMessage,
    stream.NoticeMessage,
    stream.ClockMessage,
    stream.SnapshotMessage,
)


def document(further: Sequence[Operation] = ()) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    operations = (*OPERATIONS, *further)
    types = [t for operation in operations for t in _types(operation)]
    shapes, components = msgspec.json.schema_components(
        [*types, *_MESSAGES, base.ErrorReply, proposals.Waits], ref_template=REF
    )
    by_type = {repr(t): shape for t, shape in zip(types, shapes, strict=False)}
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        described = _described(operation, by_type)
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Longshore native API",
            "version": __version__,
            "description": " ".join([banner(), *disclaimers()]),
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"operator": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"operator": []}],
    }


def _types(operation: Operation) -> list[Any]:
    found = [operation.argument(name) for name in ("query", "body", "return")]
    return [kind for kind in found if kind is not None and kind is not Download]


def _described(operation: Operation, by_type: dict[str, Any]) -> dict[str, Any]:
    body = operation.argument("body")
    described: dict[str, Any] = {
        "operationId": operation.handler.__name__,
        "summary": inspect.getdoc(operation.handler),
        "parameters": _parameters(operation),
        "responses": {
            "200": _answer(operation.argument("return"), by_type),
            "default": _content("Why not.", _ref("ErrorReply")),
        },
    }
    if operation.act in FOUR_EYES:
        kept = _content("Where it takes two: kept for a second operator.", _ref("Waits"))
        described["responses"]["202"] = kept
    if body is not None:
        described["requestBody"] = {"required": True} | _content("", by_type[repr(body)])
    return described


def _ref(name: str) -> dict[str, str]:
    return {"$ref": REF.format(name=name)}


def _answer(kind: Any, by_type: dict[str, Any]) -> dict[str, Any]:
    if kind is not Download:
        return _content("What was asked for.", by_type[repr(kind)])
    return {"description": "A file.", "content": {"*/*": {"schema": {"type": "string"}}}}


def _content(description: str, shape: dict[str, Any]) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": shape}}}
    return {"description": description, **content} if description else content


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [
        _parameter(name, "path", {"type": "string"}, required=True)
        for name in _PARAMETER.findall(operation.path)
    ]
    found.append(_parameter("account", "query", {"type": "string", "default": "learner"}))
    found += [
        _parameter(name, "query", {"type": "string", "enum": list(known)}) for name, known in SPEECH
    ]
    query = operation.argument("query")
    if query is not None:
        shape = msgspec.json.schema(query)["$defs"][query.__name__]
        found += [_parameter(name, "query", kind) for name, kind in shape["properties"].items()]
    return found


def _parameter(
    name: str, place: str, shape: dict[str, Any], required: bool = False
) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": shape}


def page(described: dict[str, Any]) -> str:
    """One self-contained page: every route with its parameters, then every struct."""
    info = described["info"]
    rows = [
        _operation_row(method, path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    structs = [_struct(name, s) for name, s in described["components"]["schemas"].items()]
    return Template(_template()).substitute(
        title=html.escape(info["title"]),
        version=html.escape(info["version"]),
        about=html.escape(info["description"]),
        rows="\n".join(rows),
        structs="\n".join(structs),
    )


def _operation_row(method: str, path: str, operation: dict[str, Any]) -> str:
    asked = ", ".join(p["name"] for p in operation["parameters"] if p["in"] == "query")
    body = operation.get("requestBody", {})
    answer = operation["responses"]["200"]
    cells = [
        f"<code>{method.upper()} {html.escape(path)}</code>",
        html.escape(operation["summary"] or ""),
        html.escape(asked),
        _type_of(body["content"]["application/json"]["schema"]) if body else "",
        _type_of(next(iter(answer["content"].values()))["schema"]),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _type_of(shape: dict[str, Any]) -> str:
    """A schema in a few words, with a link to each struct."""
    if "$ref" in shape:
        name = html.escape(shape["$ref"].rsplit("/", 1)[1])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in shape:
        return " or ".join(_type_of(one) for one in shape["anyOf"])
    if shape.get("type") == "array":
        return f"list of {_type_of(shape.get('items') or {})}"
    if "enum" in shape:
        return html.escape(" | ".join(map(str, shape["enum"])))
    return html.escape(str(shape.get("const", shape.get("type", "value"))))


def _struct(name: str, shape: dict[str, Any]) -> str:
    fields = "".join(
        f"<tr><td><code>{html.escape(field)}</code></td><td>{_type_of(kind)}</td></tr>"
        for field, kind in shape.get("properties", {}).items()
    )
    shown, meaning = html.escape(name), html.escape(shape.get("description", ""))
    return f'<h3 id="{shown}">{shown}</h3><p>{meaning}</p><table>{fields}</table>'


def _template() -> str:
    folder = resources.files("longshore.venue.dialects.native")
    return folder.joinpath("docs.html").read_text("utf-8")
