"""Writes `src/api.gen.ts` from the venue's own schema: `python ui/make_types.py`.

The wire types live once, in `longshore.venue.dialects.native.schema`; a test fails when the written
file is no longer what this makes.
"""  # noqa: INP001 - a script beside the screen, not a package

from __future__ import annotations

import inspect
from collections import Counter
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from longshore.venue.dialects.native import schema
from longshore.venue.dialects.native.schema import base

TARGET = Path(__file__).parent / "src" / "api.gen.ts"
HEAD = "// Made by ui/make_types.py from the venue's schema. Do not edit.\n"
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
PLAIN |= {bytes: "string"}  # base64


def render() -> str:
    """The whole file: one interface for each struct of the schema, file by file, in its order."""
    members = (member for module in schema.MODULES for member in vars(module).values())
    shapes = (m for m in members if inspect.isclass(m) and issubclass(m, msgspec.Struct))
    structs = dict.fromkeys(shapes)  # each once, also one that a file has from elsewhere
    twice = [name for name, n in Counter(each.__name__ for each in structs).items() if n > 1]
    if twice:
        raise ValueError(f"two shapes of one name would be one to the screen: {twice}")
    interfaces = [_interface(struct) for struct in structs if struct.__struct_fields__]
    return "\n".join([HEAD, *interfaces])


def _interface(struct: type[msgspec.Struct]) -> str:
    hints, config = get_type_hints(struct), struct.__struct_config__
    meaning = (struct.__doc__ or "").strip().splitlines()[0]
    lines = [f"/** {meaning} */", f"export interface {struct.__name__} {{"]
    if config.tag is not None:
        lines.append(f'  {config.tag_field}: "{config.tag}";')
    lines += [f"  {name}{_mark(struct, name)}: {_type(hints[name])};" for name in hints]
    return "\n".join([*lines, "}", ""])


def _mark(struct: type[msgspec.Struct], name: str) -> str:
    """A question mark for what a caller may leave out; replies always carry every field."""
    field = next(each for each in msgspec.structs.fields(struct) if each.name == name)
    return "" if field.required or issubclass(struct, base.Reply) else "?"


def _type(hint: Any) -> str:
    if hint in PLAIN:
        return PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin in (Union, UnionType):
        return " | ".join(_type(each) for each in arguments)
    if origin is list or arguments[1:] == (Ellipsis,):
        return f"Array<{_type(arguments[0])}>"
    if origin is tuple:
        return f"[{', '.join(_type(each) for each in arguments)}]"
    if origin is dict:
        return f"Record<{_type(arguments[0])}, {_type(arguments[1])}>"
    return str(hint.__name__)


if __name__ == "__main__":
    TARGET.write_text(render())
