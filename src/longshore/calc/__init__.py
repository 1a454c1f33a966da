"""The engine's rules as calculators on decimals: what a rule says, without a venue around it.

Two kinds stand side by side. The formulas of a specification page (`margin`, `liquidation_price`)
take their terms as arguments. The others (`margin_of`, `collateral_value`, `liquidation`, `pnl`,
`fee_of`, `breakeven`, `funding_of`, `premium_of`, `funding_rate_of`, `bankruptcy_price`,
`adl_rank`, `deleverage`) lay out a small state from a rulebook, or from a `Contract` described by
hand, and ask the engine itself, so that they round as it does; each says how in its `why`.

Numbers may be given as text, integers or decimals, never as floats. Money is USD, sizes are signed
base units (long above zero; a `Position` has a side and an unsigned size), rates are fractions.
Nothing is rounded except where a rule rounds.

    >>> margin("84000", levels("PF_XBTUSD"))
    Margin(initial=Decimal('840'), maintenance=Decimal('420'))
    >>> liquidation_price("1", "84000", balance="10000", maintenance="420")
    Decimal('74420')
    >>> funding_rate("0.00015", FundingTerms(cap="0.04", pay_hours=1)).paid
    Decimal('0.00001875')
"""

from longshore.calc.bankruptcies import Bankruptcy, bankruptcy_price
from longshore.calc.fundings import Funding, funding_of
from longshore.calc.given import Coin, Contract, Position, Standing, Why
from longshore.calc.indexes import Constituent, IndexPrice, Part, index_price
from longshore.calc.liquidations import Cross, Liquidation, liquidation
from longshore.calc.margins import (
    Collateral,
    FlexAccount,
    Margin,
    Open,
    Tier,
    break_even,
    fee,
    flex_account,
    levels,
    liquidation_price,
    margin,
    position_value,
    zero_equity_price,
)
from longshore.calc.marks import Candidate, MarkPrice, MarkQuotes, mark_price, smoothed_basis
from longshore.calc.numbers import Number
from longshore.calc.premiums import (
    Premium,
    impact_mid,
    impact_notional,
    mean_premium,
    premium,
)
from longshore.calc.ranks import Deleveraged, Holder, Ranked, adl_rank, deleverage
from longshore.calc.rated import PremiumOf, RateOf, funding_rate_of, premium_of
from longshore.calc.rates import (
    FundingRate,
    FundingTerms,
    funding_payment,
    funding_rate,
    funding_rate_relative,
    interest,
    margin_cap,
    spread_funding,
)
from longshore.calc.requirements import (
    CollateralValue,
    Requirement,
    collateral_value,
    margin_of,
)
from longshore.calc.results import Breakeven, Fee, Pnl, breakeven, fee_of, pnl

__all__ = [
    "Bankruptcy",
    "Breakeven",
    "Candidate",
    "Coin",
    "Collateral",
    "CollateralValue",
    "Constituent",
    "Contract",
    "Cross",
    "Deleveraged",
    "Fee",
    "FlexAccount",
    "Funding",
    "FundingRate",
    "FundingTerms",
    "Holder",
    "IndexPrice",
    "Liquidation",
    "Margin",
    "MarkPrice",
    "MarkQuotes",
    "Number",
    "Open",
    "Part",
    "Pnl",
    "Position",
    "Premium",
    "PremiumOf",
    "Ranked",
    "RateOf",
    "Requirement",
    "Standing",
    "Tier",
    "Why",
    "adl_rank",
    "bankruptcy_price",
    "break_even",
    "breakeven",
    "collateral_value",
    "deleverage",
    "fee",
    "fee_of",
    "flex_account",
    "funding_of",
    "funding_payment",
    "funding_rate",
    "funding_rate_of",
    "funding_rate_relative",
    "impact_mid",
    "impact_notional",
    "index_price",
    "interest",
    "levels",
    "liquidation",
    "liquidation_price",
    "margin",
    "margin_cap",
    "margin_of",
    "mark_price",
    "mean_premium",
    "pnl",
    "position_value",
    "premium",
    "premium_of",
    "smoothed_basis",
    "spread_funding",
    "zero_equity_price",
]
