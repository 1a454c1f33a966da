"""Commands of known kinds with anything at all in their fields."""

from __future__ import annotations

from hypothesis import strategies as st

from longshore.engine.commands import COMMAND_FIELDS, CommandKind

wild = st.one_of(
    st.integers(-20, 20),
    st.sampled_from([80_000, 84_000, 10**8, 10**18, 2**62, 2**63 - 1, -(2**63), -(10**18)]),
    st.integers(-(2**63), 2**63 - 1),
)
KNOWN = {"account_id": [16, 17, 18], "market_id": [1, 2, 3], "side": [1, 2], "asset_id": [1, 2]}


@st.composite
def wild_commands(draw) -> dict[str, int]:
    """A command of a known kind with anything at all in its fields."""
    kind = draw(st.sampled_from([k for k in CommandKind if k != CommandKind.ADVANCE_TIME]))
    fields: dict[str, int] = {"kind": kind}
    for name in COMMAND_FIELDS[kind]:
        sane = st.sampled_from(KNOWN[name]) if name in KNOWN else st.integers(0, 3)
        fields[name] = draw(st.one_of(sane, sane, wild))
    return fields
