"""Every maximum of the engine, each with its proof.

Money is atoms: 10**-8 of a dollar or stablecoin. A 64-bit signed integer ends at 9.22e18, that is
92 billion dollars in atoms. The proofs use BTC at 1,000,000 dollars, ten times any price seen.
"""

from __future__ import annotations

ACCOUNTS_MAX = 102_400  # all tables are one record, which NumPy lets be 2 GiB; touched on use
ACCOUNTS_SYSTEM = 15  # ids 1..15 are the venue's own accounts; users start at 16
MARKETS_MAX = 16  # ids 1..15: a market mask fits 16 bits, far below the 62-bit shift limit
ASSETS_MAX = 8  # ids 1..7
POSITIONS_PER_ACCOUNT = 2 * MARKETS_MAX  # by market id; the short legs of hedge mode above them
WALLETS_PER_ACCOUNT = 2 + MARKETS_MAX + ASSETS_MAX  # cash, flex, isolated ones, coins
ORDERS_MAX = 262_144  # resting and waiting orders of all accounts together
ORDERS_PER_ACCOUNT_MAX = 20_000  # so that one account cannot take the whole table
ORDERS_SPARE = 32  # rows of these kept for the venue's own: liquidation orders
LEVELS_MAX = ORDERS_MAX  # a price level has at least one order
NODES_MAX = 4_456_448  # three an order (level or trigger, trail, end), 27 an account: markets,
# coins, timers
CLIENT_IDS_MAX = 524_288  # the oldest is forgotten when one more would not fit
HASH_MAX = 1_048_576  # a power of two, at least twice the keys it holds
LADDER_MAX = 16  # rungs of a liquidation ladder, from 1
PEAK_HOURS = (
    8  # hours in which the insurance account's peak is looked for, the present one among them
)
TIERS_MAX = 128  # margin tiers of all markets
FEE_TIERS_MAX = 64  # fee tiers of all schedules
VOLUME_DAYS = 31  # thirty whole days and today
TASKS_MAX = 32  # nested work: command, match, sweep, ladder, its orders; depth measured is 6
ORDER_IDS_PER_COMMAND = 1_048_576  # more than the accounts that one command could liquidate
CHANGES_MAX = 32  # announced changes of terms that wait for their time, from 1
DOWNTIMES_MAX = 8  # planned at a time, from 1
FACTOR_MAX_PPM = 10_000_000  # ten times the margin; a rate ends at 100 % anyway
FEE_MAX_PPM = 100_000  # no change of a fee makes it more than a tenth of the value
CANDIDATES_MAX = 7  # of one mark: the members of MarkCandidate
BASES_MAX = 300  # samples of a mark's window: five minutes of one a second
MARK_BAND_MAX_PPM = 70_000  # of the index. A size is taken at a mark if worth 4e18 there; the mark
# may come from one end of the band to the other: 4e18 * 1.07 / 0.93 = 4.61e18, and two still add
SOURCES_MAX = 64  # constituents of one index, more than any venue has
SOURCE_WEIGHT_MAX = 10**15  # 64 of them: 6.4e16, a divisor below 2**62
COMMANDS_MAX = 4_096  # commands handed over in one call
EVENTS_MAX = 16_384  # event rows before the engine says more
EVENTS_PER_STEP = 60  # no single step writes more: two sides of a fill, each converting six assets

AMOUNT_MAX_ATOMS = 10**18  # one command moves at most 10 billion dollars; nine fit a balance
SUPPLY_MAX_ATOMS = 4 * 10**18  # of one asset in all, and of all coins at index: 40 billion
# dollars each, so that the equity of whoever held both would still fit
QTY_MAX_LOTS = 10**12  # 10**12 lots of 0.0001 BTC is more bitcoin than there will be
ROOT_MAX_E12 = 10**12  # one lot at 100 %; a root of 10**12 lots in thousandths is 10**9
PRICE_MAX_TICKS = 10**12
TRAIL_MAX_PPM = 500_000  # half the price: a trigger is then at most one and a half times it
PRICE_MAX_SUBTICKS = 10**18  # 100 million dollars at 10**10 sub-ticks a dollar
SETTLE_SAMPLES_MAX = 1_000_000  # of one window: the sum of their units is within 10**15
VALUE_MAX_ATOMS = 4 * 10**18  # one order or position: 40 billion dollars; two still add in 64 bits
LEVERAGE_MAX_PPM = 1_000_000_000  # 1,000x: no tier allows as much
TIME_MAX_US = 253_402_300_799_000_000  # the end of the year 9999
PREMIUM_MAX_E15 = 10**15  # a sample is cut at 100 %
SAMPLES_MAX = 10**9  # of a premium in an interval: weights 1 to n add up to 5e17
# The cumulative funding index needs no maximum: at the cap (0.5 % an hour) with BTC at 1,000,000
# one lot of 0.0001 BTC pays 0.5 USD = 5e7 atoms = 5e13 parts an hour: 20 years fit.
