"""Hash tables with open addressing, and the one mixing function, in masked 31-bit halves."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, Table
from longshore.engine.limits import HASH_MAX
from longshore.engine.rows import HashEntry
from longshore.engine.units import HALF_BITS, MASK, TOP

ODD_1 = 0x45D9F3B
ODD_2 = 0x119DE1F3
ODD_3 = 0x3C6EF372


@rule
def mix(a: I64, b: I64) -> I64:
    """A number in [0, 2**62) that looks random and depends on every bit of a and b."""
    x = (a & MASK) * ODD_1 + ((a >> HALF_BITS) & MASK) * ODD_2 & (TOP - 1)
    x = x ^ ((b & MASK) * ODD_3 & (TOP - 1)) ^ (((b >> HALF_BITS) & MASK) * ODD_1 & (TOP - 1))
    x = x ^ (x >> 29)
    x = (x & MASK) * ODD_2 ^ (x >> HALF_BITS) * ODD_3
    x = x & (TOP - 1)
    return x ^ (x >> 31)


@rule
def home_of(owner: I64, hi: I64, lo: I64) -> I64:
    """Where a key would like to live."""
    return mix(mix(hi, owner), lo) & (HASH_MAX - 1)


@rule
def hash_place(table: Table[HashEntry], owner: I64, hi: I64, lo: I64) -> I64:
    """The place of a key, or the free place where it would go."""
    at = home_of(owner, hi, lo)
    entry = table[at]
    while entry.taken == 1 and not (entry.lo == lo and entry.hi == hi and entry.owner == owner):
        at = (at + 1) & (HASH_MAX - 1)
        entry = table[at]
    return at


@rule
def hash_get(table: Table[HashEntry], owner: I64, hi: I64, lo: I64) -> I64:
    """The value of a key, or 0."""
    entry = table[hash_place(table, owner, hi, lo)]
    return entry.value if entry.taken == 1 else 0


@rule
def hash_put(table: Table[HashEntry], owner: I64, hi: I64, lo: I64, value: I64) -> None:
    """Set the value of a key."""
    entry = table[hash_place(table, owner, hi, lo)]
    entry.owner = owner
    entry.hi = hi
    entry.lo = lo
    entry.value = value
    entry.taken = 1


@rule
def hash_remove(table: Table[HashEntry], owner: I64, hi: I64, lo: I64) -> None:
    """Forget a key; those behind it move up so that no search is cut short."""
    hole = hash_place(table, owner, hi, lo)
    if table[hole].taken == 0:
        return
    at = (hole + 1) & (HASH_MAX - 1)
    while table[at].taken == 1:
        entry = table[at]
        home = home_of(entry.owner, entry.hi, entry.lo)
        if (at - home) & (HASH_MAX - 1) >= (at - hole) & (HASH_MAX - 1):
            copy_entry(table[hole], entry)
            hole = at
        at = (at + 1) & (HASH_MAX - 1)
    table[hole].taken = 0


@rule
def copy_entry(target: HashEntry, source: HashEntry) -> None:
    """Copy one place to another, field by field: rows are never assigned whole."""
    target.hi = source.hi
    target.lo = source.lo
    target.owner = source.owner
    target.value = source.value
    target.taken = source.taken
