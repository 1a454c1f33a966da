"""Where a mark price would have to be for a wallet to be liquidated, by the engine's own rules.

The wallet's spare margin (equity less maintenance) is a function of the marks alone while time
stands still. Every term is one of the engine's rules with another price put in, rounding included,
so the answer is the very sub-tick at which the engine acts. An index moves with its market's mark:
the distance between them stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from longshore.calc.halving import edge
from longshore.engine._table import Row
from longshore.engine.codes import MarginBasis, MarketKind, WalletKind
from longshore.engine.ledger import balance_atoms, settlement_atoms, unit_asset
from longshore.engine.legs import market_at, places
from longshore.engine.limits import MARKETS_MAX, PRICE_MAX_SUBTICKS, VALUE_MAX_ATOMS
from longshore.engine.margin import (
    accrued_atoms,
    collateral_value_atoms,
    is_margined_by,
    maintenance_if,
    own_atoms,
    position_wallet,
)
from longshore.engine.rows import Asset, Market, Position
from longshore.engine.state import State, position_slot, wallet_account, wallet_kind
from longshore.engine.units import PPM
from longshore.engine.value import value_at

Marks = Mapping[int, int]
"""Market id -> the mark to put in; a market not named keeps its own."""


class Liquidation(msgspec.Struct, frozen=True):
    """The mark at which the wallet is liquidated; `none`: no price does it; `unknown`: no mark."""

    state: Literal["price", "none", "unknown"]
    subticks: int = 0


class Stress:
    """A wallet's spare margin as a function of marks."""

    def __init__(self, view: State, wallet: int) -> None:
        """Read what does not depend on marks once."""
        self.view = view
        self.coins = list(_coins(view, wallet))
        self.positions = list(_positions(view, wallet))
        self.fixed_atoms = _own_atoms(view, wallet)
        for market, position in self.positions:
            self.fixed_atoms += accrued_atoms(view, market, position) - position.entry_value_atoms
        self.kept = [self._by_entry(*pair) for pair in self.positions]

    def spare_atoms(self, marks: Marks) -> int:
        """Equity less maintenance margin at these marks (MRGN-001, MRGN-002)."""
        spare = self.fixed_atoms + sum(self._coin_atoms(*coin, marks) for coin in self.coins)
        sides: dict[tuple[int, bool], int] = {}
        for (market, position), kept in zip(self.positions, self.kept, strict=True):
            mark = marks.get(market.market_id, market.mark_subticks)
            value = value_at(market, mark, position.qty_lots)
            asked = self._maintenance(market, position, value) if kept is None else kept
            spare += value
            key = (market.base_asset_id, position.qty_lots > 0)
            sides[key] = sides.get(key, 0) + asked
        return spare - self._together(sides)

    def _together(self, sides: dict[tuple[int, bool], int]) -> int:
        """Maintenance margin of all: the sum, netted the larger side of each coin (MRGN-020)."""
        if self.view.netting == 0:
            return sum(sides.values())
        coins = {coin for coin, _ in sides}
        return sum(max(sides.get((c, True), 0), sides.get((c, False), 0)) for c in coins)

    def lowest(self, market_id: int) -> int:
        """The lowest mark to ask about: of an inverse position, one at which its worth is counted.

        value = lots * factor / mark is within the engine's bounds from lots * factor / bound on.
        """
        at = [(m, p) for m, p in self.positions if m.market_id == market_id and m.inverse_factor]
        bound = max((abs(p.qty_lots) * m.inverse_factor for m, p in at), default=0)
        return bound // VALUE_MAX_ATOMS + 1

    def _maintenance(self, market: Market, position: Position, value_atoms: int) -> int:
        return maintenance_if(self.view, market, position, abs(value_atoms))

    def _by_entry(self, market: Market, position: Position) -> int | None:
        """Maintenance margin where it does not go by the mark."""
        if market.margin_basis != MarginBasis.ENTRY:
            return None
        return self._maintenance(market, position, position.entry_value_atoms)

    def _coin_atoms(self, market: Market | None, asset: Asset, held: int, marks: Marks) -> int:
        if market is None or market.market_id not in marks:
            return collateral_value_atoms(asset, held)
        moved = Asset.of(asset.values())
        apart = market.mark_subticks - asset.index_subticks
        moved.index_subticks = max(1, marks[market.market_id] - apart)
        return collateral_value_atoms(moved, held)


def _own_atoms(view: State, wallet: int) -> int:
    """Money behind the positions: of an isolated one not what only came for its open orders."""
    if wallet_kind(wallet) == WalletKind.FLEX:
        return int(settlement_atoms(view, wallet))
    return int(own_atoms(view, wallet))


R = TypeVar("R", bound=Row)


def _copy(row: R, kind: type[R]) -> R:
    """A plain copy of a row of a view, which is quicker to read many times."""
    return kind.of(tuple(int(getattr(row, field)) for field in kind.FIELDS))


def _positions(view: State, wallet: int) -> Iterator[tuple[Market, Position]]:
    account_id = wallet_account(wallet)
    for place in range(1, places(view, account_id) + 1):
        position = view.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(view, wallet, place):
            yield _copy(market_at(view, place), Market), _copy(position, Position)


def _coins(view: State, wallet: int) -> Iterator[tuple[Market | None, Asset, int]]:
    """Collateral, and the perpetual on the same coin, whose index it is valued at."""
    for asset_id in range(1, view.assets_count + 1):
        held = balance_atoms(view, wallet, asset_id)
        asset = view.assets[asset_id]
        if held != 0 and asset.is_settlement == 0 and asset_id != unit_asset(view, wallet):
            yield _perpetual_on(view, asset_id), _copy(asset, Asset), held


def _perpetual_on(view: State, asset_id: int) -> Market | None:
    for market_id in range(1, view.markets_count + 1):
        market = view.markets[market_id]
        if market.base_asset_id == asset_id and market.kind != MarketKind.SPOT:
            return _copy(market, Market)
    return None


def liquidation(view: State, account_id: int, place: int) -> Liquidation:
    """The mark of one market that liquidates the wallet, all other prices standing still."""
    market_id = place % MARKETS_MAX
    mark = view.markets[market_id].mark_subticks
    if mark == 0:
        return Liquidation("unknown")
    stress = Stress(view, position_wallet(view, account_id, place))
    return _solve(
        mark, stress.lowest(market_id), lambda at: stress.spare_atoms({market_id: at}) < 0
    )


def together(view: State, account_id: int, place: int) -> Liquidation:
    """The same, when the marks of all the wallet's markets move by the same share."""
    market_id = place % MARKETS_MAX
    mark = view.markets[market_id].mark_subticks
    stress = Stress(view, position_wallet(view, account_id, place))
    others = [market for market, _ in stress.positions]
    if mark == 0 or any(market.mark_subticks == 0 for market in others):
        return Liquidation("unknown")

    def lacks(price: int) -> bool:
        moved = {m.market_id: max(1, m.mark_subticks * price // mark) for m in others}
        return stress.spare_atoms({**moved, market_id: price}) < 0

    return _solve(mark, stress.lowest(market_id), lacks)


def _solve(mark: int, lowest: int, lacks: Callable[[int], bool]) -> Liquidation:
    """The price nearest to the mark at which margin is lacking; it lies on one side only."""
    if lacks(mark):
        return Liquidation("price", mark)
    if lacks(lowest):
        return Liquidation("price", edge(mark, lowest, lacks))
    if lacks(PRICE_MAX_SUBTICKS):
        return Liquidation("price", edge(mark, PRICE_MAX_SUBTICKS, lacks))
    return Liquidation("none")


def buffer_ppm(view: State, wallet: int) -> int:
    """What is left of the spare margin there was after the owner's last change, 0 to 100 %."""
    left = Stress(view, wallet).spare_atoms({})
    full = view.wallets[wallet].buffer_full_atoms
    if left <= 0:
        return 0
    return PPM if full <= left else left * PPM // full
