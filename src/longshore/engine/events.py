"""What did happen: event kinds, their meaning and the fields that count.

`kind`, `seq`, `index` and `time_us` count for every kind. Fields not listed are zero.
"""

from __future__ import annotations

from enum import IntEnum


class EventKind(IntEnum):
    """Numbers are part of the chain and of stored history: never reuse one."""

    REFUSED = 1
    ACCOUNT_CREATED = 2
    TRANSFERRED = 3
    ORDER_PLACED = 4
    ORDER_AMENDED = 5
    ORDER_TRIGGERED = 6
    ORDER_ENDED = 7
    BOOK_CHANGED = 8
    FILLED = 9
    TRADED = 10
    INDEX_PUBLISHED = 11
    MARK_CHANGED = 12
    FUNDING_SET = 13
    FUNDING_PAID = 14
    LIQUIDATION_STARTED = 15
    LIQUIDATION_STEP = 16
    LIQUIDATION_ENDED = 17
    CONVERTED = 18
    SHORTFALL_BORNE = 19
    MARKET_STATE_SET = 20
    LEVERAGE_SET = 21
    SELF_TRADE_SET = 22
    DEAD_MAN_SET = 23
    ASSIGNMENT_SET = 24
    MARGIN_BREACHED = 25
    MARKET_SETTLED = 40
    POSITION_SETTLED = 41
    POSITION_MODE_SET = 50
    TOP_UP_SET = 51
    AUCTION_CROSSED = 65
    ORDER_RELEASED = 66
    RISK_LIMIT_SET = 55
    TERMS_ANNOUNCED = 56
    TERMS_CHANGED = 57
    TERMS_DROPPED = 58
    LOSS_SHARED = 60
    FUNDING_INTERVAL_SET = 70
    GATE_SET = 80
    ACCOUNT_STATE_SET = 81
    DOWNTIME_SET = 90


_ORDER = (
    "account_id", "market_id", "order_id", "client_hi", "client_lo", "side", "type", "price_ticks",
    "trigger_ticks", "signal", "trail_ppm", "trail_ticks", "rests", "closes", "display_lots",
    "expire_us", "open_lots", "filled_lots", "leg", "flag",
)  # fmt: skip

_CHANGE = ("market_id", "type", "flag", "value_atoms", "amount_atoms", "expire_us")

EVENT_FIELDS: dict[EventKind, tuple[str, tuple[str, ...]]] = {
    EventKind.REFUSED: (
        "A command was refused (`reject`); nothing changed. CLIENT_ID_TAKEN names the first order, "
        "VENUE_IN_MAINTENANCE when the venue opens (`expire_us`).",
        ("account_id", "market_id", "order_id", "client_hi", "client_lo", "reject", "type",
         "expire_us"),
    ),
    EventKind.ACCOUNT_CREATED: ("An account was made.", ("account_id",)),
    EventKind.TRANSFERRED: (
        "Money moved from one balance to another, for a reason; both balances after. Account 0 is "
        "the world outside.",
        ("asset_id", "account_id", "wallet", "other_account_id", "other_wallet", "amount_atoms",
         "balance_atoms", "other_balance_atoms", "reason"),
    ),
    EventKind.ORDER_PLACED: (
        "An order was accepted (`flag` 1: reduce-only; `qty_lots` the size asked, `open_lots` "
        "after a reduce-only cut). Fills, if any, follow.",
        (*_ORDER, "qty_lots", "other_order_id"),
    ),
    EventKind.ORDER_AMENDED: ("An order's price, open size or trigger changed.", _ORDER),
    EventKind.ORDER_TRIGGERED: (
        "A waiting order's price came; it now takes (`rests` 1: as the limit order it becomes).",
        (*_ORDER, "mark_subticks", "index_subticks"),
    ),
    EventKind.ORDER_ENDED: (
        "An order is gone, for a reason; `open_lots` is what was not filled.",
        (*_ORDER, "reason", "reject", "role"),
    ),
    EventKind.BOOK_CHANGED: (
        "All that rests at one price is now `open_lots` (0: the level is gone).",
        ("market_id", "side", "price_ticks", "open_lots"),
    ),
    EventKind.FILLED: (
        "A match: `account_id`/`order_id` took (or was liquidated), `other_…` made. `side` is the "
        "taker's, `role` the taker's Role.",
        ("market_id", "account_id", "order_id", "other_account_id", "other_order_id", "side",
         "role", "price_ticks", "qty_lots", "value_atoms", "mark_subticks", "index_subticks"),
    ),
    EventKind.TRADED: (
        "One side of a match: size change, position and entry value after, and what it realised. "
        "`balance_atoms` is the wallet's settlement balance after.",
        ("market_id", "account_id", "wallet", "order_id", "other_order_id", "client_hi",
         "client_lo", "side", "type", "role", "price_ticks", "qty_lots", "open_lots", "filled_lots",
         "position_lots", "value_atoms", "fee_atoms", "pnl_atoms", "funding_atoms",
         "balance_atoms", "mark_subticks", "leg", "flag"),
    ),
    EventKind.INDEX_PUBLISHED: (
        "An asset's index price.", ("asset_id", "index_subticks", "value_atoms"),
    ),
    EventKind.MARK_CHANGED: (
        "A market's mark price, with the index it stands on.",
        ("market_id", "mark_subticks", "index_subticks"),
    ),
    EventKind.FUNDING_SET: (
        "The rate of the interval that begins: relative `rate_e18`, index, and what one long lot "
        "pays over the whole interval (`amount_atoms`, in parts of an atom).",
        ("market_id", "rate_e18", "index_subticks", "mark_subticks", "amount_atoms"),
    ),
    EventKind.FUNDING_INTERVAL_SET: (
        "A market's funding interval changed after a rate; the one that begins ends at "
        "`expire_us`.",
        ("market_id", "rate_e18", "expire_us"),
    ),
    EventKind.FUNDING_PAID: (
        "Funding realised by one position; received above zero, paid below.",
        ("market_id", "account_id", "wallet", "position_lots", "funding_atoms", "rate_e18",
         "balance_atoms", "index_subticks"),
    ),
    EventKind.LIQUIDATION_STARTED: (
        "A wallet's equity fell below its maintenance margin (`margin_atoms`).",
        ("account_id", "wallet", "market_id", "equity_atoms", "margin_atoms", "mark_subticks",
         "index_subticks", "position_lots"),
    ),
    EventKind.LIQUIDATION_STEP: (
        "A rung of the ladder (`type` is a Step) is taken on a market, for a size at a limit.",
        ("account_id", "wallet", "market_id", "type", "qty_lots", "price_ticks", "equity_atoms",
         "margin_atoms", "mark_subticks"),
    ),
    EventKind.LIQUIDATION_ENDED: (
        "The ladder is left: cured, or nothing is open any more (`flag` 1), or it waits and goes "
        "on at `expire_us`.",
        ("account_id", "wallet", "equity_atoms", "margin_atoms", "flag", "expire_us"),
    ),
    EventKind.CONVERTED: (
        "Collateral was sold to pay a debt: `amount_atoms` of an asset for `value_atoms`, fee in.",
        ("account_id", "wallet", "asset_id", "amount_atoms", "value_atoms", "fee_atoms",
         "index_subticks"),
    ),
    EventKind.SHORTFALL_BORNE: (
        "What a bankrupt wallet lacked was paid by `other_account_id`.",
        ("account_id", "wallet", "other_account_id", "amount_atoms"),
    ),
    EventKind.MARKET_STATE_SET: ("A market's state (`flag`).", ("market_id", "flag")),
    EventKind.LEVERAGE_SET: (
        "Margin mode of an account in a market (`flag` 1: isolated); `rate_e18` is the leverage in "
        "ppm, 0 none.",
        ("account_id", "market_id", "rate_e18", "flag"),
    ),
    EventKind.SELF_TRADE_SET: ("An account's self-trade mode (`flag`).", ("account_id", "flag")),
    EventKind.DEAD_MAN_SET: (
        "All orders end at `amount_atoms` (microseconds); 0: disarmed.",
        ("account_id", "amount_atoms"),
    ),
    EventKind.ASSIGNMENT_SET: (
        "An account takes liquidated positions up to a size.", ("account_id", "qty_lots"),
    ),
    EventKind.MARGIN_BREACHED: (
        "Equity fell below initial margin with orders; orders that add risk end.",
        ("account_id", "wallet", "equity_atoms", "margin_atoms"),
    ),
    EventKind.ORDER_RELEASED: ("An order's delay is over; it now takes.", _ORDER),
    EventKind.AUCTION_CROSSED: (
        "An auction is over: so much traded at this price (0: nothing). Its matches came before.",
        ("market_id", "price_ticks", "qty_lots"),
    ),
    EventKind.MARKET_SETTLED: (
        "A market ends at its settlement price (`mark_subticks`), at expiry or by command (`flag` "
        "1). Orders end and positions are settled from here on.",
        ("market_id", "mark_subticks", "index_subticks", "flag"),
    ),
    EventKind.POSITION_MODE_SET: (
        "An account holds a long and a short leg a market (`flag` 1), or one position.",
        ("account_id", "flag"),
    ),
    EventKind.TOP_UP_SET: (
        "Isolated margin of an account in a market is topped up by itself (`flag` 1), or not.",
        ("account_id", "market_id", "flag"),
    ),
    EventKind.POSITION_SETTLED: (
        "A position (`position_lots`) was settled: its value at the settlement price, profit, fee, "
        "funding; `balance_atoms` is the wallet's settlement balance after.",
        ("market_id", "account_id", "wallet", "position_lots", "value_atoms", "pnl_atoms",
         "fee_atoms", "funding_atoms", "balance_atoms", "mark_subticks"),
    ),
    EventKind.RISK_LIMIT_SET: (
        "The risk limit of an account in a market.", ("account_id", "market_id", "amount_atoms"),
    ),
    EventKind.TERMS_ANNOUNCED: (
        "A term (`type`, of tier `flag`) will be `value_atoms`, its second part `amount_atoms`, "
        "from `expire_us` on; told at once and again before it.",
        _CHANGE,
    ),
    EventKind.TERMS_CHANGED: ("That is so from now on.", _CHANGE),
    EventKind.TERMS_DROPPED: (
        "A change that waited did not fit any more at its time: all stays as it is.", _CHANGE,
    ),
    EventKind.GATE_SET: (
        "A gate of an account (`type`) is shut for the reason `reject`; 0: open.",
        ("account_id", "type", "reject"),
    ),
    EventKind.ACCOUNT_STATE_SET: (
        "An account's state (`flag`); `rate_e18` is its leverage cap in ppm, 0 none.",
        ("account_id", "flag", "rate_e18"),
    ),
    EventKind.DOWNTIME_SET: (
        "How far the downtime of this number (`type`) is (`flag`: Phase): down from `value_atoms` "
        "to `amount_atoms`, times; this phase ends at `expire_us`.",
        ("type", "flag", "value_atoms", "amount_atoms", "expire_us"),
    ),
    EventKind.LOSS_SHARED: (
        "A position in profit (`position_lots`) paid its part of what the bankrupt "
        "`other_account_id` lacked; `value_atoms` is its entry value after.",
        ("market_id", "account_id", "other_account_id", "position_lots", "value_atoms",
         "amount_atoms", "mark_subticks"),
    ),
}  # fmt: skip
