"""What an account has one of here, or none: sub-accounts, the currency of profit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.kraken_futures.errors import argument_invalid, refused
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call


class Preference(msgspec.Struct):
    """In which currency the profit of a market is to be realised."""

    symbol: str
    preference: str = msgspec.field(name="pnlPreference")


async def subaccounts(api: Api, call: Call) -> Json:
    """GET subaccounts: an account has none."""
    return {"masterAccountUid": api.ids.account(call.account_id), "subaccounts": []}


async def no_subaccount(api: Api, call: Call) -> Json:
    """GET and PUT subaccount/{uid}/trading-enabled: there is no such sub-account."""
    raise refused("notFound")


async def subaccount_transfer(api: Api, call: Call) -> Json:
    """POST transfer/subaccount: from and to an account that is not there."""
    raise refused("invalidAccount")


async def pnl_preferences(api: Api, call: Call) -> Json:
    """GET pnlpreferences: profit is realised in dollars everywhere, so none is set."""
    return {"preferences": []}


async def set_pnl_preference(api: Api, call: Call) -> Json:
    """PUT pnlpreferences: dollars may be asked for, nothing else."""
    asked = call.form(Preference)
    api.market(asked.symbol)
    if asked.preference.upper() != api.venue.catalog.settlement.symbol:
        raise argument_invalid("pnlPreference")
    return {}
