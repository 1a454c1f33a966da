"""Where a position is liquidated: the engine asked at one price after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from longshore.calc.desk import Desk, coins_of, money, price_of
from longshore.calc.given import Coin, Position, Why
from longshore.calc.numbers import Number, plain
from longshore.calc.weighed import Weighed


@dataclass(frozen=True, kw_only=True)
class Cross:
    """A cross wallet: money of the asset the position settles in, coins, and other positions.

    `balance` is what is there once the opening fees are paid. Amounts of `collateral` are coins;
    one without a price stands at the mark of a position on it. With a position on the other side
    of the same market it is a long and a short leg, where the rulebook has hedge mode.
    """

    balance: Number
    collateral: Mapping[str, Number | Coin] = field(default_factory=dict)
    others: Sequence[Position] = ()


@dataclass(frozen=True)
class Liquidation:
    """Where the engine acts on a position's wallet.

    `price` is the last mark at which equity still covers maintenance margin, in quote money; one
    sub-tick (10^-10) further the engine liquidates. None: price alone cannot close it. `bankruptcy`
    is the last mark at which equity is not below zero. `distance` is from the mark to `price`, as
    a fraction of the mark. `margin`, `equity` and `maintenance` are money of the asset `unit`:
    the settlement balance, and the two sums at `price`, or at the mark where there is none.
    """

    unit: str
    price: Decimal | None
    bankruptcy: Decimal | None
    distance: Decimal | None
    margin: Decimal
    equity: Decimal
    maintenance: Decimal
    sentence: str
    why: tuple[Why, ...]


def liquidation_price(
    *, position: Position, wallet: Cross | None = None, rulebook: str = "kraken"
) -> Liquidation:
    """The liquidation price of a position, all other prices standing still (LIQD-001, LIQD-006).

    Isolated with the position's `leverage`; otherwise margined by `wallet`. Coins of the
    position's own base move with its mark, as do other contracts on it. Where both a fall and a
    rise would liquidate, it is the nearer of the two.

    >>> held = Position(symbol="PF_XBTUSD", side="long", qty="1", entry="84000")
    >>> found = liquidation_price(position=held, wallet=Cross(balance="10000"))
    >>> found.price, found.bankruptcy
    (Decimal('74420'), Decimal('74000'))
    >>> liquidation_price(position=held, wallet=Cross(balance="90000")).price is None
    True
    """
    weighed = Weighed(*laid_out(position, wallet, rulebook))
    safe = weighed.last(weighed.is_safe)
    return _told(weighed, safe, weighed.last(weighed.is_solvent))


def laid_out(position: Position, wallet: Cross | None, rulebook: str) -> tuple[Desk, Position, int]:
    """A desk with the position and its wallet, and whose they are."""
    isolated = position.leverage is not None
    if isolated == (wallet is not None):
        raise ValueError("give a leverage (isolated) or a wallet with its balance (cross)")
    held = wallet or Cross(balance=0)
    every = [position, *held.others]
    desk = Desk(rulebook, [each.symbol for each in every])
    sides = {(each.symbol, each.side) for each in every}
    account_id = desk.account(hedged=len(sides) > len({each.symbol for each in every}))
    coins = coins_of(held.collateral)
    for symbol, coin in coins.items():
        desk.price_coin(symbol, coin)
    for each in every:
        desk.open(account_id, each)
        desk.stand(each)
    home = desk.home(account_id, position.symbol)
    desk.give(account_id, home, desk.listed(position.symbol).settle, held.balance)
    for symbol, coin in coins.items():
        asset = desk.asset(symbol)
        if asset.is_settlement == 0 and asset.index_subticks == 0:
            raise ValueError(f"{symbol} needs an index price to count as collateral")
        desk.give(account_id, home, symbol, coin.quantity)
    return desk, position, account_id


def _told(weighed: Weighed, safe: int | None, solvent: int | None) -> Liquidation:
    """The answer in people's units, with what the wallet is at the price found."""
    unit, mark = weighed.listed.unit, price_of(weighed.start_mark)
    bankruptcy = None if solvent is None else price_of(weighed.mark_at(solvent))
    price = None if safe is None else price_of(weighed.mark_at(safe))
    distance = None if price is None else plain(round(abs(mark - price) / mark, 10))
    weighed.mark_at(weighed.start if safe is None else safe)
    margin, equity, kept = (money(atoms) for atoms in weighed.sums())
    code = "MRGN-002" if weighed.position.leverage is None else "MRGN-007"
    sentence = _sentence(weighed.is_safe(weighed.start), mark, price)
    at = "at the mark" if price is None else "at the liquidation price"
    why = (
        Why("margin balance", margin, unit, "what the wallet holds of it", code),
        Why(f"equity {at}", equity, unit, "balance + collateral + pnl at mark", "MRGN-002"),
        Why(f"maintenance margin {at}", kept, unit, "rate × notional by tiers", "MRGN-001"),
        Why("liquidation price", price, "USD", "last mark with equity ≥ maintenance", "LIQD-001"),
        Why("bankruptcy price", bankruptcy, "USD", "last mark with equity ≥ 0", "LIQD-006"),
    )
    return Liquidation(unit, price, bankruptcy, distance, margin, equity, kept, sentence, why)


def _sentence(safe: bool, mark: Decimal, price: Decimal | None) -> str:
    if not safe:
        return f"Equity is below maintenance margin already at the mark of {mark:f}."
    if price is None:
        return (
            "Price alone cannot close this position: "
            "equity covers maintenance margin at every price the engine takes."
        )
    way = "falls below" if price <= mark else "rises above"
    return f"Liquidated as soon as the mark {way} {price:f}."
