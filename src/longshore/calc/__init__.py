"""The engine's rules as calculators on decimals: what a rule says, without a venue around it.

Numbers may be given as text, integers or decimals, never as floats. Money is USD, sizes are signed
base units (long above zero), rates are fractions. Nothing is rounded except where a rule rounds.

    >>> margin("84000", levels("PF_XBTUSD"))
    Margin(initial=Decimal('840'), maintenance=Decimal('420'))
    >>> liquidation_price("1", "84000", balance="10000", maintenance="420")
    Decimal('74420')
    >>> funding_rate("0.00015", FundingTerms(cap="0.04", pay_hours=1)).paid
    Decimal('0.00001875')
"""

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
from longshore.calc.numbers import Number
from longshore.calc.premiums import (
    Premium,
    impact_mid,
    impact_notional,
    mean_premium,
    premium,
)
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

__all__ = [
    "Collateral",
    "FlexAccount",
    "FundingRate",
    "FundingTerms",
    "Margin",
    "Number",
    "Open",
    "Premium",
    "Tier",
    "break_even",
    "fee",
    "flex_account",
    "funding_payment",
    "funding_rate",
    "funding_rate_relative",
    "impact_mid",
    "impact_notional",
    "interest",
    "levels",
    "liquidation_price",
    "margin",
    "margin_cap",
    "mean_premium",
    "position_value",
    "premium",
    "spread_funding",
    "zero_equity_price",
]
