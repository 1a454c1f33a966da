"""Commands of known kinds as people send them, and now and then anything at all in a field."""

from __future__ import annotations

from hypothesis import strategies as st

from longshore.engine.commands import COMMAND_FIELDS, CommandKind

KINDS = [kind for kind in CommandKind if kind != CommandKind.ADVANCE_TIME]
LARGE = [10**k for k in (8, 9, 12, 14, 18)] + [2**62, 2**63 - 1]
PRICES = st.integers(83_000, 85_000)
SANE = {
    "account_id": st.sampled_from([16, 17, 18]),
    "market_id": st.sampled_from([1, 1, 1, 2, 3]),
    "asset_id": st.sampled_from([1, 2]),
    "side": st.sampled_from([1, 2]),
    "type": st.integers(1, 7),
    "signal": st.integers(0, 3),
    "expire_us": st.sampled_from([0, 0, 0, 1, 1_600_000_000_000_000, 10**16]),
    "trail_ppm": st.sampled_from([0, 0, 0, 0, 20_000]),
    "trail_ticks": st.sampled_from([0, 0, 0, 0, 500]),
    "slides": st.sampled_from([0, 0, 1]),
    "display_lots": st.sampled_from([0, 0, 0, 1, -1, 10**13]),
    "closes": st.sampled_from([0, 0, 0, 1]),
    "before_us": st.sampled_from([0, 0, 0, 1, 10**17]),
    "rests": st.sampled_from([0, 0, 1]),
    "price_ticks": PRICES,
    "trigger_ticks": st.one_of(st.just(0), PRICES),
    "qty_lots": st.integers(1, 60),
    "amount_atoms": st.integers(1, 10**12),
    "price_subticks": PRICES.map(lambda ticks: ticks * 10**10),
    "sources": st.just(1),
    "leverage_ppm": st.sampled_from([0, 10**6, 10**7, 10**8]),
    "from_wallet": st.sampled_from([0, 1, 3]),
    "to_wallet": st.sampled_from([0, 1, 3]),
    "value": st.integers(0, 3),
}
ANYTHING = st.one_of(
    st.integers(-20, 20),
    st.sampled_from(LARGE + [-n for n in LARGE]),
    st.integers(-(2**63), 2**63 - 1),
)


@st.composite
def wild_commands(draw) -> dict[str, int]:
    """A likely command, with up to two fields that hold anything."""
    kind = draw(st.sampled_from([*KINDS, *[CommandKind.PLACE_ORDER] * 8]))
    names = COMMAND_FIELDS[kind]
    fields = {name: draw(SANE.get(name, st.just(0))) for name in names}
    for _ in range(draw(st.integers(0, 2)) if names else 0):
        fields[draw(st.sampled_from(names))] = draw(ANYTHING)
    return {"kind": kind, **fields}
