"""What may happen: command kinds, and which fields of a `Command` row each one reads.

`seq`, `time_us` and `origin` count for every kind. A field not listed must be zero.
"""

from __future__ import annotations

from enum import IntEnum


class CommandKind(IntEnum):
    """Numbers are part of the journal: never reuse one."""

    ADVANCE_TIME = 1
    CREATE_ACCOUNT = 2
    DEPOSIT = 3
    WITHDRAW = 4
    TRANSFER = 5
    SET_LEVERAGE = 6
    PLACE_ORDER = 7
    AMEND_ORDER = 8
    CANCEL_ORDER = 9
    CANCEL_ALL = 10
    CANCEL_ALL_AFTER = 11
    PUBLISH_INDEX = 12
    SET_MARKET_STATE = 13
    SET_SELF_TRADE = 14
    SET_ASSIGNMENT = 15
    SETTLE_MARKET = 30
    SET_POSITION_MODE = 40
    SET_TOP_UP = 41
    SET_RISK_LIMIT = 45
    CHANGE_TERMS = 46
    SET_GATE = 50
    SET_ACCOUNT_STATE = 51
    PLAN_DOWNTIME = 60
    CALL_OFF_DOWNTIME = 61


HEAD = ("seq", "time_us", "origin")

COMMAND_FIELDS: dict[CommandKind, tuple[str, ...]] = {
    CommandKind.ADVANCE_TIME: (),
    CommandKind.CREATE_ACCOUNT: (),
    CommandKind.DEPOSIT: ("account_id", "asset_id", "to_wallet", "amount_atoms"),
    CommandKind.WITHDRAW: ("account_id", "asset_id", "from_wallet", "amount_atoms"),
    CommandKind.TRANSFER: ("account_id", "asset_id", "from_wallet", "to_wallet", "amount_atoms"),
    CommandKind.SET_LEVERAGE: ("account_id", "market_id", "leverage_ppm", "value"),
    CommandKind.PLACE_ORDER: (
        "account_id",
        "market_id",
        "side",
        "type",
        "price_ticks",
        "qty_lots",
        "reduce_only",
        "trigger_ticks",
        "signal",
        "linked_id",
        "client_hi",
        "client_lo",
        "stop_ticks",
        "target_ticks",
        "trail_ppm",
        "trail_ticks",
        "rests",
        "closes",
        "slides",
        "leg",
        "display_lots",
        "expire_us",
        "before_us",
    ),
    CommandKind.AMEND_ORDER: (
        "account_id",
        "order_id",
        "price_ticks",
        "qty_lots",
        "trigger_ticks",
        "before_us",
    ),
    CommandKind.CANCEL_ORDER: ("account_id", "order_id", "before_us"),
    CommandKind.CANCEL_ALL: ("account_id", "market_id", "before_us"),
    CommandKind.CANCEL_ALL_AFTER: ("account_id", "value"),
    CommandKind.PUBLISH_INDEX: ("asset_id", "price_subticks", "sources"),
    CommandKind.SET_MARKET_STATE: ("market_id", "value"),
    CommandKind.SET_SELF_TRADE: ("account_id", "value"),
    CommandKind.SET_ASSIGNMENT: ("account_id", "qty_lots"),
    CommandKind.SETTLE_MARKET: ("market_id", "price_subticks"),
    CommandKind.SET_POSITION_MODE: ("account_id", "value"),
    CommandKind.SET_TOP_UP: ("account_id", "market_id", "value"),
    CommandKind.SET_RISK_LIMIT: ("account_id", "market_id", "amount_atoms"),
    CommandKind.SET_GATE: ("account_id", "type", "value"),
    CommandKind.SET_ACCOUNT_STATE: ("account_id", "leverage_ppm", "value"),
    CommandKind.PLAN_DOWNTIME: ("value", "number", "other_value", "expire_us"),
    CommandKind.CALL_OFF_DOWNTIME: ("value",),
    CommandKind.CHANGE_TERMS: (
        "market_id",
        "type",
        "number",
        "value",
        "other_value",
        "expire_us",
    ),
}

COMMAND_MEANINGS: dict[CommandKind, str] = {
    CommandKind.ADVANCE_TIME: "Time reaches `time_us`; all that is due by then happens.",
    CommandKind.CREATE_ACCOUNT: "A new account; the engine numbers it.",
    CommandKind.DEPOSIT: "Money from outside into a wallet. The venue's own accounts: genesis.",
    CommandKind.WITHDRAW: "Money from a wallet to the outside.",
    CommandKind.TRANSFER: "Money between two wallets of one account; isolated ones take margin.",
    CommandKind.SET_LEVERAGE: "Margin mode (`value`: `MarginMode`) and leverage; 0: none.",
    CommandKind.PLACE_ORDER: "An order. Stops and targets wait; others may bring theirs along.",
    CommandKind.AMEND_ORDER: "New price, open size or trigger of an order; zero: unchanged.",
    CommandKind.CANCEL_ORDER: "Ends an order.",
    CommandKind.CANCEL_ALL: "Ends all orders of an account, in one market or (0) in all.",
    CommandKind.CANCEL_ALL_AFTER: "Ends all orders after `value` microseconds; 0 disarms.",
    CommandKind.PUBLISH_INDEX: "A new index price of an asset, and how many sources made it.",
    CommandKind.SET_MARKET_STATE: "A market state (`MarketState`).",
    CommandKind.SET_SELF_TRADE: "A self-trade mode (`SelfTrade`).",
    CommandKind.SET_ASSIGNMENT: "Enrols the account to take liquidated positions, up to a size.",
    CommandKind.SET_POSITION_MODE: "One position a market (0), or a long and a short leg (1).",
    CommandKind.SET_TOP_UP: "Isolated margin of a market is topped up by itself (1), or not (0).",
    CommandKind.SETTLE_MARKET: "A market ends: all that is open in it is settled at a price.",
    CommandKind.CHANGE_TERMS: "A term (`type`: Term) has new values from `expire_us` on; 0: now.",
    CommandKind.SET_GATE: "A gate (`type`: Gate) is shut for a reason (`value`: Reject); 0: open.",
    CommandKind.SET_ACCOUNT_STATE: "An account's state (`AccountState`) and leverage cap; 0: none.",
    CommandKind.PLAN_DOWNTIME: (
        "Down from `value` (0: as soon as may be) to `expire_us`; cancel-only `other_value` "
        "microseconds before, post-only `number` after."
    ),
    CommandKind.CALL_OFF_DOWNTIME: "The downtime that command `value` planned: not, or no longer.",
    CommandKind.SET_RISK_LIMIT: "A risk limit of at least `amount_atoms` for a position.",
}
