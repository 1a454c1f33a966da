"""What an account stood to gain or lose by a coin's price, over time: coins owned and contracts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from longshore.practice.study.rows import US_PER_S, ZERO


class Exposure(msgspec.Struct, kw_only=True):
    """One coin from one change of what was held of it to the next; the last one goes on.

    Coins owned are those paid in or bought, less those sold or taken out. Nothing held at all is no
    row.
    """

    coin: Annotated[str, Meta(description="The coin's symbol.")]
    owned_coins: Annotated[Decimal, Meta(description="Coins that were owned.")] = ZERO
    contract_coins: Annotated[
        Decimal, Meta(description="Contracts, in coins: above zero long, below zero short.")
    ] = ZERO

    from_seq: int
    from_us: int
    until_us: int
    start_us: int

    @property
    def net_coins(self) -> Decimal:
        """Both together: what one dollar more or less a coin would come to, in dollars."""
        return self.owned_coins + self.contract_coins

    @property
    def lasted_s(self) -> int:
        """How long it stood so, up to the last thing that happened to the account."""
        return (self.until_us - self.from_us) // US_PER_S

    @property
    def from_s(self) -> int:
        """Since when, from the world's start."""
        return (self.from_us - self.start_us) // US_PER_S


class Exposures(msgspec.Struct, kw_only=True):
    """All coins' spans so far, and the one of each coin that goes on."""

    spans: list[Exposure] = []
    going: dict[str, int] = {}

    def held(self, coin: str) -> tuple[Decimal, Decimal]:
        """Coins owned and contracts of now."""
        if coin not in self.going:
            return ZERO, ZERO
        span = self.spans[self.going[coin]]
        return span.owned_coins, span.contract_coins

    def move(self, coin: str, owned: Decimal, contracts: Decimal, at: Exposure) -> None:
        """So much more of a coin from a moment on; `at` says which moment."""
        before_owned, before_contracts = self.held(coin)
        span = msgspec.structs.replace(
            at,
            coin=coin,
            owned_coins=before_owned + owned,
            contract_coins=before_contracts + contracts,
        )
        self.going.pop(coin, None)
        if span.owned_coins or span.contract_coins:
            self.going[coin] = len(self.spans)
            self.spans.append(span)

    def go_on(self, until_us: int) -> None:
        """What is held still is held until then."""
        for index in self.going.values():
            self.spans[index].until_us = until_us
