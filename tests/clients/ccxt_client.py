"""ccxt's classes: what they say they have, and how they are opened, awaited and closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import ccxt
import ccxt.async_support
import ccxt.pro

from tests.clients.covering import Calls

FORMS = {"sync": ccxt, "async": ccxt.async_support, "pro": ccxt.pro}
NO_METHODS = {"future", "margin", "privateAPI", "publicAPI", "sandbox", "spot", "swap"}
"""What `has` tells besides methods."""
WAIT_S = 10


def offered(name: str) -> dict[str, list[str]]:
    """By form, the unified methods that ccxt's class says it has."""
    return {form: sorted(_unified(getattr(module, name)())) for form, module in FORMS.items()}


def _unified(exchange: Any) -> set[str]:
    claimed = {method for method, there in exchange.has.items() if there} - NO_METHODS
    return {method for method in claimed if callable(getattr(exchange, method, None))}


@asynccontextmanager
async def opened(
    name: str, form: str, options: dict[str, Any], *symbol: str
) -> AsyncIterator[Calls]:
    """A client that leaves no order (of a symbol, where it asks for one) and no socket behind."""
    calls = CcxtCalls(getattr(FORMS[form], name)(options), form)
    try:
        await calls.load_markets()
        yield calls
        await calls.cancel_all_orders(*symbol)
    finally:
        if form == "sync":
            calls.client.session.close()
        else:
            await calls.client.close()


class CcxtCalls(Calls):
    """With the ways to wait for what a socket brings."""

    async def next(self, method: str, *arguments: Any) -> Any:
        """What `watch…` gives first."""
        return await asyncio.wait_for(getattr(self, method)(*arguments), WAIT_S)

    async def during(self, action: Coroutine[Any, Any, Any], method: str, *arguments: Any) -> Any:
        """What `watch…` gives next, once `action` was carried out."""
        watching = asyncio.ensure_future(getattr(self, method)(*arguments))
        await asyncio.sleep(0.05)
        await action
        return await asyncio.wait_for(watching, WAIT_S)
