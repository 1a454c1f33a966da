"""The engine's rules as calculators on decimals: what a rule says, without a venue around it.

Two kinds stand side by side, both asking the engine's own rules, so that they round as it does.
Questions about a contract (`margin`, `liquidation_price`, `funding_rate`, `fee` and the others)
lay out a small state from a rulebook, or from a `Contract` described by hand; each says how in its
`why`. Single steps of a rule (`premium_sample`, `mean_premium`, `rate_by_terms`,
`payment_by_rate`, `interest`, `margin_cap`, `spread_funding`) take their terms as arguments.

Numbers may be given as text, integers or decimals, never as floats. Money is that of the asset
named beside it, a `Position` has a side and an unsigned size, rates are fractions. Nothing is
rounded except where a rule rounds.

    >>> margin(symbol="PF_XBTUSD", qty="1", price="84000").maintenance
    Decimal('420')
    >>> held = Position(symbol="PF_XBTUSD", side="long", qty="1", entry="84000")
    >>> liquidation_price(position=held, wallet=Cross(balance="10000")).price
    Decimal('74420')
    >>> rate_by_terms("0.00015", FundingTerms(cap="0.04", pay_hours=1)).paid
    Decimal('0.00001875')
"""

from longshore.calc.bankruptcies import Bankruptcy, bankruptcy_price
from longshore.calc.fundings import Funding, funding_payment
from longshore.calc.given import Coin, Contract, Position, Standing, Why
from longshore.calc.indexes import Constituent, IndexPrice, Part, index_price
from longshore.calc.liquidations import Cross, Liquidation, liquidation_price
from longshore.calc.marks import Candidate, MarkPrice, MarkQuotes, mark_price, smoothed_basis
from longshore.calc.numbers import Number
from longshore.calc.premiums import (
    PremiumSample,
    impact_mid,
    impact_notional,
    mean_premium,
    premium_sample,
)
from longshore.calc.ranks import Deleveraged, Holder, Ranked, adl_rank, deleverage
from longshore.calc.rated import FundingRate, Premium, funding_rate, premium
from longshore.calc.rates import (
    FundingTerms,
    RateByTerms,
    interest,
    margin_cap,
    payment_by_rate,
    rate_by_terms,
    spread_funding,
)
from longshore.calc.requirements import (
    CollateralValue,
    Requirement,
    collateral_value,
    margin,
)
from longshore.calc.results import Breakeven, Fee, Pnl, breakeven, fee, pnl
from longshore.calc.tiers import Tier, levels

__all__ = [
    "Bankruptcy",
    "Breakeven",
    "Candidate",
    "Coin",
    "CollateralValue",
    "Constituent",
    "Contract",
    "Cross",
    "Deleveraged",
    "Fee",
    "Funding",
    "FundingRate",
    "FundingTerms",
    "Holder",
    "IndexPrice",
    "Liquidation",
    "MarkPrice",
    "MarkQuotes",
    "Number",
    "Part",
    "Pnl",
    "Position",
    "Premium",
    "PremiumSample",
    "Ranked",
    "RateByTerms",
    "Requirement",
    "Standing",
    "Tier",
    "Why",
    "adl_rank",
    "bankruptcy_price",
    "breakeven",
    "collateral_value",
    "deleverage",
    "fee",
    "funding_payment",
    "funding_rate",
    "impact_mid",
    "impact_notional",
    "index_price",
    "interest",
    "levels",
    "liquidation_price",
    "margin",
    "margin_cap",
    "mark_price",
    "mean_premium",
    "payment_by_rate",
    "pnl",
    "premium",
    "premium_sample",
    "rate_by_terms",
    "smoothed_basis",
    "spread_funding",
]
