"""The schema that editors get describes the files we ship, and refuses what the loader refuses."""

import tomllib
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from longshore import rulebooks
from longshore.rulebooks.terms import Terms
from tests.rulebooks.test_loader import KRAKEN, edited

SCHEMA = rulebooks.schema()
KINDS = {
    "object": dict,
    "array": list,
    "string": str | date,  # an editor gives a TOML date to its schema as text
    "number": int | float,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
USED = {
    *("$ref", "$defs", "$schema", "title", "description", "default", "format"),
    *("type", "enum", "anyOf", "properties", "required", "additionalProperties"),
    *("items", "prefixItems", "minItems"),
}


def fits(value, part):
    """Whether a value is what a schema says, for the words that ours uses."""
    assert set(part) <= USED
    if "$ref" in part:
        return fits(value, SCHEMA["$defs"][part["$ref"].rpartition("/")[2]])
    if "anyOf" in part:
        return any(fits(value, each) for each in part["anyOf"])
    if "enum" in part:
        return value in part["enum"]
    if not isinstance(value, KINDS[part["type"]]):
        return False
    if isinstance(value, dict):
        return fits_object(value, part)
    return fits_list(value, part) if isinstance(value, list) else True


def fits_object(value, part):
    known, others = part.get("properties", {}), part.get("additionalProperties")
    if not set(part.get("required", [])) <= set(value):
        return False
    kinds = {key: known.get(key, others) for key in value}
    return all(kinds[key] and fits(each, kinds[key]) for key, each in value.items())


def fits_list(value, part):
    kinds = part.get("prefixItems") or [part["items"]] * len(value)
    enough = len(value) >= part.get("minItems", 0)
    return enough and all(fits(each, kind) for each, kind in zip(value, kinds, strict=False))


def valid(text):
    return fits(tomllib.loads(text), {"$ref": SCHEMA["$ref"]})


@pytest.mark.parametrize("name", rulebooks.available())
def test_shipped_files_fit_the_schema_and_the_structs(name):
    text = rulebooks.shipped(name).text
    assert valid(text)
    read = msgspec.convert(tomllib.loads(text, parse_float=Decimal), Terms)
    assert read == rulebooks.shipped(name).terms


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("collar = {", "collor = {"),
        ('value = "slice"', 'value = "thick"'),
        ("[0, 0.01, 0.005]", "[0, 0.01]"),
        ("[0, 0.01, 0.005]", '[0, "0.01", 0.005]'),
        ("value = 1200,", 'value = "1200",'),
        ("funding_divisor = { value = 8,", "funding_divisor = { value = 8.5,"),
        ("as_of = ", "as_off = "),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old, new):
    assert valid(KRAKEN)
    assert not valid(edited(old, new))
    with pytest.raises(rulebooks.RulebookError):
        rulebooks.parse(edited(old, new))


def test_every_rule_has_a_unit_and_says_what_it_means():
    for name in ("PerpetualFamily", "LiquidationTerms", "PerpetualTerms", "AssetTerms"):
        for key, part in SCHEMA["$defs"][name]["properties"].items():
            if "$ref" in part:
                assert "title" in part, key
                assert part["description"].endswith("."), key


def test_decimals_are_numbers_and_dates_are_dates():
    value = SCHEMA["$defs"]["Value_Decimal_"]["properties"]
    assert value["value"]["type"] == "number"
    assert value["date"]["anyOf"][0] == {"type": "string", "format": "date"}
