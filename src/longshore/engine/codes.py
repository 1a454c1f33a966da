"""The closed vocabularies of the engine. Numbers are part of the journal: never reuse one.

What members mean is said in `meanings.py`, from which the reference pages are made.
"""

from __future__ import annotations

from enum import IntEnum


class Side(IntEnum):
    """Which way an order trades."""

    BUY = 1
    SELL = 2


class MarketKind(IntEnum):
    """What is bought and sold."""

    SPOT = 1
    LINEAR_PERPETUAL = 2
    INVERSE_PERPETUAL = 3
    LINEAR_FUTURE = 4
    INVERSE_FUTURE = 5


class MarketState(IntEnum):
    """What a market accepts."""

    ACTIVE = 0
    POST_ONLY = 1
    CANCEL_ONLY = 2
    HALTED = 3
    EXPIRED = 4
    AUCTION = 5


class WalletKind(IntEnum):
    """Which wallet of an account: ISOLATED + market id, COIN + asset id."""

    CASH = 0
    FLEX = 1
    ISOLATED = 2
    COIN = 18


class MarginMode(IntEnum):
    """What margins a position, as a leverage is set."""

    BY_LEVERAGE = 0
    CROSS = 1
    ISOLATED = 2


class Leg(IntEnum):
    """Which of an account's positions in a market."""

    ONE_WAY = 0
    LONG = 1
    SHORT = 2


class OrderType(IntEnum):
    """What an order asks for."""

    LIMIT = 1
    MARKET = 2
    POST_ONLY = 3
    IOC = 4
    FOK = 5
    STOP = 6
    TAKE_PROFIT = 7
    LIQUIDATION = 8


class OrderState(IntEnum):
    """Where an order stands."""

    NONE = 0
    RESTING = 1
    WAITING = 2
    TAKING = 3
    ASLEEP = 4
    HELD = 5


class Signal(IntEnum):
    """The price that sets a waiting order off."""

    MARK = 1
    INDEX = 2
    LAST = 3


class SelfTrade(IntEnum):
    """What happens when an order meets one of the same account."""

    REJECT_TAKER = 0
    CANCEL_MAKER = 1
    CANCEL_MAKER_CHILD = 2
    CANCEL_MAKER_ANY = 3
    DECREMENT = 4


class Term(IntEnum):
    """A term of a market that may change while it runs."""

    TIER = 1
    TIER_BOUND = 2
    MARGIN_FACTOR = 3
    FEES = 4
    LIQUIDATION_FEE = 5
    POSITION_MAX = 6
    ORDER_MAX = 7
    MARKET_BAND = 8
    COLLAR = 9
    FUNDING_CAP = 10


class TierUnit(IntEnum):
    """What the bounds of margin tiers count."""

    NOTIONAL = 0
    LOTS = 1


class MarginBasis(IntEnum):
    """The notional that margin is charged on."""

    ENTRY = 0
    MARK = 1


class CollarFrom(IntEnum):
    """The price that a market's bands are measured from."""

    MARK = 0
    INDEX = 1
    PREMIUM = 2


class PremiumMethod(IntEnum):
    """What a premium sample is."""

    IMPACT_MID = 0
    IMPACT_INDEX = 1
    IMPACT_MARK = 2
    MARK = 3


class FundingPay(IntEnum):
    """When funding is owed: ever more over the interval, or all of it at the end."""

    ACCRUED = 0
    AT_ONCE = 1


class FundingPrice(IntEnum):
    """The price that a rate is charged on."""

    INDEX = 0
    MARK = 1


class Origin(IntEnum):
    """Who caused a command."""

    USER = 1
    FEED = 2
    CLOCK = 3
    AGENT = 4
    OPERATOR = 5
    WORLD = 6


class System(IntEnum):
    """The venue's own accounts."""

    VENUE = 1
    CLEARING = 2
    CONVERSION = 3
    INSURANCE = 4
    POOL = 5


class Role(IntEnum):
    """Which side of a match a fill was."""

    MAKER = 1
    TAKER = 2
    LIQUIDATION = 3
    PARTIAL_LIQUIDATION = 4
    ASSIGNOR = 5
    ASSIGNEE = 6
    COVERED = 7
    UNWIND_BANKRUPT = 8
    UNWIND_COUNTERPARTY = 9
    TAKEN_OVER = 10


class Gate(IntEnum):
    """What of an account may be shut for a named reason."""

    SPOT = 1
    PERPETUAL = 2
    DATED = 3
    DEPOSIT = 4
    WITHDRAWAL = 5


class AccountState(IntEnum):
    """What an account may do at all."""

    ACTIVE = 0
    CLOSE_ONLY = 1
    FROZEN = 2
    CLOSED = 3


class Phase(IntEnum):
    """How far a downtime of the venue is."""

    ANNOUNCED = 1
    CLOSING = 2
    DOWN = 3
    OPENING = 4
    OVER = 5
    CALLED_OFF = 6


class Reason(IntEnum):
    """Why money moved, or why an order ended."""

    NONE = 0
    DEPOSIT = 1
    WITHDRAWAL = 2
    TRANSFER = 3
    GENESIS = 4
    TRADE_PNL = 5
    FEE = 6
    FUNDING = 7
    FUNDING_RESIDUE = 8
    CONVERSION = 9
    SPOT_BASE = 11
    SPOT_QUOTE = 12
    ISOLATED_MARGIN = 13
    LIQUIDATION_FEE = 14
    COVER = 15
    BANKRUPTCY = 16
    TAKEOVER = 17
    BY_USER = 20
    FILLED = 21
    IOC_REMAINDER = 22
    REDUCE_ONLY_DONE = 23
    LINKED = 24
    SELF_TRADE_STOPPED = 25
    LIQUIDATED = 26
    MARGIN_BREACH = 27
    DEAD_MAN = 28
    TRIGGER_REFUSED = 29
    EXPIRED = 30
    SETTLEMENT = 40
    SETTLEMENT_FEE = 41
    SETTLEMENT_RESIDUE = 42
    MARKET_ENDED = 43
    SHARED_LOSS = 50
    MARGIN_TOP_UP = 60
    MARKET_HALTED = 80
    GATE_SHUT = 90


class Step(IntEnum):
    """The rungs a liquidation ladder may be built of, in the order the rulebook names them."""

    NONE = 0
    CANCEL_ORDERS = 1
    PARTIAL = 2
    FULL = 3
    ASSIGN = 4
    COVERED = 5
    INSURANCE = 6
    UNWIND = 7
    DONE = 8
    TAKEOVER = 9
    CUT_TIERS = 10
    SOCIALISE = 11


class AdlRank(IntEnum):
    """What ranks the positions that unwinding closes, the highest first."""

    PROFIT_LEVERAGE = 0
    PROFIT_BY_LEVERAGE = 1
    PRICE_LEVERAGE = 2
    PROFIT_MARGIN_RATIO = 3
    RANDOM = 4


class AdlPrice(IntEnum):
    """The price that unwinding closes at."""

    BANKRUPTCY = 0
    MARK = 1
    PREVIOUS_MARK = 2


class Reject(IntEnum):
    """Why a command was refused, in the order the checks are made."""

    NONE = 0
    CLOCK_WENT_BACK = 1
    UNKNOWN_COMMAND = 2
    UNKNOWN_ACCOUNT = 3
    UNKNOWN_MARKET = 4
    UNKNOWN_ASSET = 5
    UNKNOWN_WALLET = 6
    NOT_MARGINABLE = 7
    UNKNOWN_ORDER = 8
    NOT_YOUR_ORDER = 9
    CLIENT_ID_TAKEN = 10
    BAD_VALUE = 11
    MARKET_HALTED = 12
    MARKET_CANCEL_ONLY = 13
    MARKET_POST_ONLY = 14
    QTY_NOT_POSITIVE = 15
    QTY_TOO_LARGE = 16
    PRICE_NOT_POSITIVE = 17
    PRICE_TOO_LARGE = 18
    TRIGGER_NOT_ALLOWED = 19
    TABLE_FULL = 20
    TOO_MANY_ORDERS = 21
    NO_PRICE = 22
    OUTSIDE_COLLAR = 23
    WOULD_NOT_REDUCE = 24
    POST_WOULD_CROSS = 25
    SELF_TRADE = 26
    FOK_UNFILLABLE = 27
    IOC_UNFILLABLE = 28
    MAX_POSITION = 29
    INSUFFICIENT_MARGIN = 30
    INSUFFICIENT_FUNDS = 31
    WOULD_LIQUIDATE = 32
    AMOUNT_NOT_POSITIVE = 33
    AMOUNT_TOO_LARGE = 34
    LEVERAGE_TOO_HIGH = 35
    HAS_OPEN_RISK = 36
    LINK_NOT_FOUND = 37
    NOTHING_TO_CHANGE = 38
    INDEX_PRICE_BAD = 39
    EXPIRY_NOT_ALLOWED = 40
    TOO_LATE = 41
    MARKET_EXPIRED = 50
    LEG_NOT_ALLOWED = 60
    HEDGE_NOT_ALLOWED = 61
    HEDGE_IS_CROSS = 62
    TOP_UP_NOT_ALLOWED = 63
    RISK_LIMIT = 70
    TERM_OUT_OF_BOUNDS = 71
    CHANGE_NOT_AHEAD = 72
    ICEBERG_NOT_ALLOWED = 80
    MARKET_IN_AUCTION = 81
    COUNTRY_NOT_KNOWN = 90
    NOT_OFFERED_HERE = 91
    NOT_IDENTIFIED = 92
    IDENTITY_EXPIRED = 93
    TIER_TOO_LOW = 94
    NOT_DISCLOSED = 95
    NOT_ASSESSED = 96
    SELF_EXCLUDED = 97
    OVER_LIMIT = 98
    INACTIVE = 99
    LEVERAGE_CAPPED = 100
    ACCOUNT_CLOSE_ONLY = 101
    ACCOUNT_FROZEN = 102
    ACCOUNT_CLOSED = 103
    VENUE_IN_MAINTENANCE = 110
    DOWNTIMES_OVERLAP = 111


GATE_REASONS = tuple(each for each in Reject if Reject.COUNTRY_NOT_KNOWN <= each <= Reject.INACTIVE)
"""What a gate may be shut for."""
STATE_REASONS = (Reject.ACCOUNT_CLOSE_ONLY, Reject.ACCOUNT_FROZEN, Reject.ACCOUNT_CLOSED)
"""What an account's state refuses by."""


class PriceOf(IntEnum):
    """What the price of an index's constituent is made of."""

    LAST = 0
    MID = 1
    MEDIAN = 2


class IndexMethod(IntEnum):
    """How an index is made of its constituents' prices."""

    WEIGHTED_MEAN = 0
    EQUAL_MEAN = 1
    WEIGHTED_MEDIAN = 2


class Outlier(IntEnum):
    """What is done with a constituent too far from the median."""

    KEEP = 0
    DROP = 1
    CLAMP = 2
    MEDIAN = 3


class Fate(IntEnum):
    """What was done with a constituent of an index."""

    USED = 0
    STALE = 1
    MISSING = 2
    DROPPED = 3
    CLAMPED = 4
    MEDIAN = 5


class MarkMethod(IntEnum):
    """How a mark is chosen among its candidates."""

    FIRST = 0
    MEDIAN = 1


class MarkCandidate(IntEnum):
    """What a mark may be made of: bits of a market's choice, in the order they are asked.

    Those that may be missing come before those that are always there.
    """

    EXTERNAL = 1
    QUOTES = 2
    MID = 4
    LAST = 8
    SMOOTHED = 16
    FUNDED = 32
    INDEX = 64


class MarkBasis(IntEnum):
    """The price whose distance from the index is smoothed."""

    IMPACT = 0
    MID = 1
