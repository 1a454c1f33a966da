"""How a fill came about, in the words each part of the API has for it."""

from __future__ import annotations

from longshore.engine.codes import Role

FILL_TYPES: dict[int, str] = {
    Role.MAKER: "maker",
    Role.TAKER: "taker",
    Role.LIQUIDATION: "liquidation",
    Role.PARTIAL_LIQUIDATION: "partialLiquidation",
    Role.ASSIGNOR: "assignor",
    Role.ASSIGNEE: "assignee",
    Role.COVERED: "liquidation",
    Role.TAKEN_OVER: "liquidation",
    Role.UNWIND_BANKRUPT: "unwindBankrupt",
    Role.UNWIND_COUNTERPARTY: "unwindCounterparty",
}
"""`fillType` of an account's own fill."""

TRADE_TYPES: dict[int, str] = {
    Role.LIQUIDATION: "liquidation",
    Role.PARTIAL_LIQUIDATION: "partialLiquidation",
    Role.ASSIGNOR: "assignment",
    Role.ASSIGNEE: "assignment",
    Role.COVERED: "liquidation",
    Role.TAKEN_OVER: "liquidation",
    Role.UNWIND_BANKRUPT: "termination",
    Role.UNWIND_COUNTERPARTY: "termination",
}
"""`type` of a public trade by the taker's role; anything else is `fill`."""

LOG_INFOS: dict[int, str] = {
    Role.MAKER: "futures trade",
    Role.TAKER: "futures trade",
    Role.LIQUIDATION: "futures liquidation",
    Role.PARTIAL_LIQUIDATION: "futures partial liquidation",
    Role.ASSIGNOR: "futures assignor",
    Role.ASSIGNEE: "futures assignee",
    Role.COVERED: "covered liquidation",
    Role.TAKEN_OVER: "covered liquidation",
    Role.UNWIND_BANKRUPT: "futures unwind bankrupt",
    Role.UNWIND_COUNTERPARTY: "futures unwind counterparty",
}
"""`info` of an account log row."""


def trade_type(role: int) -> str:
    """A public trade's type on the socket."""
    return TRADE_TYPES.get(role, "fill")


def history_trade_type(role: int) -> str:
    """A public trade's type in `history`, where a partial liquidation has a space."""
    name = trade_type(role)
    return "partial liquidation" if name == "partialLiquidation" else name
