"""Values that a rulebook states and its own other values make nothing of."""

from __future__ import annotations

from longshore.rulebooks.terms import Terms

STEP_MEASURES = {
    "partial_band": {"partial", "cut_tiers"},
    "partial_": {"partial"},
    "cut_": {"cut_tiers"},
    "assign_": {"assign"},
    "cover_": {"covered"},
    "adl_": {"unwind"},
    "fund_": {"insurance", "takeover"},
}
"""Measures of the ladder that count only where it has one of those steps."""

SMOOTHING = ("mark_basis", "mark_window", "mark_ema_num", "mark_ema_den")
"""What makes the smoothed basis, which counts only where it is a candidate of the mark."""

FUNDING = ("premium_", "interest", "damper", "rate_", "funding_")
"""What makes and charges a rate, which no dated future has."""


def is_asked(terms: Terms, path: str) -> bool:
    """Whether the ladder, the mark or any funding at all asks for a value."""
    table, _, key = path.partition(".")
    if table == "liquidation":
        steps = set(terms.liquidation.ladder.value)
        asking = next((s for m, s in STEP_MEASURES.items() if key.startswith(m)), steps)
        return bool(asking & steps)
    if table != "perpetual":
        return True
    if key in SMOOTHING:
        return "smoothed" in terms.perpetual.mark_candidates.value
    return bool(terms.perpetuals) or not key.startswith(FUNDING)
