"""A small venue for one question, laid out by the engine's rules: accounts and positions.

Nothing trades here. A position is what one fill at its entry price makes of nothing, without a fee;
its money is what the question gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from longshore.calc.given import Coin, Position, Symbol, above_zero, finite, named, one_of
from longshore.calc.listing import Listed, Listing
from longshore.calc.numbers import MONEY_DIGITS, PPM_DIGITS, PRICE_DIGITS, Number, unscaled
from longshore.engine import rows
from longshore.engine.codes import MarkCandidate, MarkMethod, Reason, Reject, Side
from longshore.engine.ledger import OUTSIDE, cross_wallet, transfer
from longshore.engine.leverage import set_leverage
from longshore.engine.lifecycle import create_account, deposit, fill_state
from longshore.engine.limits import (
    AMOUNT_MAX_ATOMS,
    PRICE_MAX_SUBTICKS,
    QTY_MAX_LOTS,
)
from longshore.engine.margin import position_wallet
from longshore.engine.positions import change_position
from longshore.engine.prices import set_mark
from longshore.engine.state import State, position_slot, wallet_kind
from longshore.engine.units import PPM
from longshore.engine.value import lots_worth_too_much, value_at

SIDES = {"long": Side.BUY, "short": Side.SELL}


class Desk:
    """A state with a rulebook's markets, nobody in it yet."""

    def __init__(self, rulebook: str, symbols: Iterable[Symbol]) -> None:
        """Lay it out. Raises RulebookError, ValueError for an unknown symbol."""
        asked = list(symbols)
        self.listing = Listing(rulebook, asked)
        self.state = State()
        fill_state(self.state, self.listing.setup)
        for symbol in asked:
            self.listing.of(symbol)

    def listed(self, symbol: Symbol) -> Listed:
        """A market's units."""
        return self.listing.of(symbol)

    def market(self, symbol: Symbol) -> rows.Market:
        """A market's row."""
        return self.state.markets[self.listing.of(symbol).market_id]

    def asset(self, symbol: str) -> rows.Asset:
        """An asset's row."""
        return self.state.assets[self.listing.asset_id(symbol)]

    def account(self) -> int:
        """A new account's number."""
        create_account(self.state)
        self.state.events_count = 0  # nobody reads what happened on a desk
        return self.state.accounts_count

    def lots(self, symbol: Symbol, qty: Number) -> int:
        """An unsigned size in the engine's lots; off the contract's lot it is refused."""
        listed, size = self.listing.of(symbol), above_zero("qty", qty)
        count = size / listed.lot
        if count != count.to_integral_value():
            raise ValueError(f"qty {size:f} is no multiple of the lot {listed.lot:f}")
        lots = named("qty", count * listed.lots_per_lot, 0, QTY_MAX_LOTS)
        most = self.market(symbol).position_max_lots
        if lots > most:
            most_size = most // listed.lots_per_lot * listed.lot
            raise ValueError(f"qty {size:f} is above the largest position, {most_size:f}")
        return lots

    def fill_atoms(self, symbol: Symbol, lots: int, price: int) -> int:
        """The value of a fill without sign, rounded down; its price need not be on a tick."""
        market = self.market(symbol)
        if lots_worth_too_much(market, lots, price):
            raise ValueError("this size at this price is worth more than a rule counts with")
        value = self.value_atoms(symbol, lots, price)
        if value < 1:
            raise ValueError("this size at this price is worth less than an atom")
        return value

    def value_atoms(self, symbol: Symbol, lots: int, price: int) -> int:
        """The same, whatever it is: an inverse value without its sign."""
        market = self.market(symbol)
        return value_at(market, price, lots if market.inverse_factor == 0 else -lots)

    def open(self, account_id: int, position: Position) -> rows.Position:
        """A position by one fill at its entry; isolated with the margin that the rules ask."""
        market, state = self.market(position.symbol), self.state
        row = state.positions[position_slot(account_id, market.market_id)]
        if row.qty_lots != 0:
            name = self.listed(position.symbol).name
            raise ValueError(f"two positions in {name} of one account are one position")
        side = SIDES[one_of("side", position.side, tuple(SIDES))]
        if position.leverage is not None:
            self._isolate(account_id, position.symbol, position.leverage)
        match = state.matches[0]
        match.market_id = market.market_id
        match.qty_lots = self.lots(position.symbol, position.qty)
        price = subticks("entry", position.entry)
        match.value_atoms = self.fill_atoms(position.symbol, match.qty_lots, price)
        change_position(state, market, row, account_id, side)
        if row.isolated == 1:
            wallet = position_wallet(state, account_id, market.market_id)
            asset_id, margin = market.settle_asset_id, row.margin_atoms
            transfer(state, asset_id, OUTSIDE, wallet, margin, Reason.ISOLATED_MARGIN)
        state.events_count = 0
        return row

    def _isolate(self, account_id: int, symbol: Symbol, leverage: Number) -> None:
        times = above_zero("leverage", leverage)
        market = self.market(symbol)
        command = rows.Command(
            account_id=account_id,
            market_id=market.market_id,
            leverage_ppm=named("leverage", times, PPM_DIGITS, PPM * PPM),
        )
        refused = Reject(set_leverage(self.state, command))
        if refused == Reject.LEVERAGE_TOO_HIGH:
            most = Decimal(PPM) / self.state.tiers[market.tier_first].initial_ppm
            raise ValueError(f"leverage {times:f} is above the lowest tier's {most:.6g}")
        if refused != Reject.NONE:
            raise ValueError(f"leverage {times:f} is refused: at least 1")

    def give(self, account_id: int, wallet: int, symbol: str, amount: Number) -> None:
        """Money from outside into a wallet, if the rules let it in."""
        what = f"balance of {symbol}"
        atoms = named(what, finite(what, amount), MONEY_DIGITS, AMOUNT_MAX_ATOMS)
        if atoms == 0:
            return
        command = rows.Command(
            account_id=account_id,
            asset_id=self.listing.asset_id(symbol),
            to_wallet=wallet_kind(wallet),
            amount_atoms=atoms,
        )
        refused = Reject(deposit(self.state, command))
        self.state.events_count = 0
        if refused != Reject.NONE:
            reason = refused.name.lower().replace("_", " ")
            raise ValueError(f"{what}: {amount} is refused: {reason}")

    def home(self, account_id: int, symbol: Symbol) -> int:
        """The wallet that margins cross positions in a market."""
        return cross_wallet(self.state, account_id, self.market(symbol))

    def price_coin(self, symbol: str, coin: Coin) -> None:
        """The index price and the haircut of a coin, where they are given."""
        asset = self.asset(symbol)
        if coin.price is not None:
            asset.index_subticks = subticks(f"price of {symbol}", coin.price)
        if coin.haircut is not None:
            asset.haircut_ppm = share_ppm(f"haircut of {symbol}", coin.haircut)

    def stand(self, position: Position) -> None:
        """Put a market's mark where the position says; its index there too, if it has none."""
        market = self.market(position.symbol)
        asset = self.state.assets[market.base_asset_id]
        wanted = position.entry if position.mark is None else position.mark
        mark = subticks("mark", wanted)
        asset.index_subticks = asset.index_subticks or mark
        market.mark_method, market.mark_candidates = MarkMethod.FIRST, MarkCandidate.SMOOTHED
        market.ema_subticks = mark - asset.index_subticks  # there is no book: it is put there
        set_mark(self.state, market)
        self.state.events_count = 0
        if market.mark_subticks != mark:
            index = price_of(asset.index_subticks)
            raise ValueError(
                f"mark {wanted} is further from the index {index:f} than the rulebook lets it be"
            )

    def move(self, asset_id: int, index: int) -> None:
        """An index price; the marks of its markets follow it by the rule."""
        self.state.assets[asset_id].index_subticks = index
        for market in self.moving(asset_id):
            set_mark(self.state, market)
        self.state.events_count = 0

    def moving(self, asset_id: int) -> list[rows.Market]:
        """The markets that stand on an index."""
        every = (self.state.markets[at] for at in range(1, self.state.markets_count + 1))
        return [each for each in every if each.base_asset_id == asset_id and each.mark_subticks]


def coins_of(collateral: Mapping[str, Number | Coin]) -> dict[str, Coin]:
    """Collateral as coins, an amount alone as a coin without a price."""
    return {
        symbol: held if isinstance(held, Coin) else Coin(quantity=held)
        for symbol, held in collateral.items()
    }


def subticks(name: str, price: Number) -> int:
    """A price above zero in sub-ticks, 10^-10 of the quote."""
    return named(name, above_zero(name, price), PRICE_DIGITS, PRICE_MAX_SUBTICKS)


def share_ppm(name: str, share: Number) -> int:
    """A fraction from 0 to 1 in parts per million."""
    found = finite(name, share)
    if not 0 <= found <= 1:
        raise ValueError(f"{name} is a fraction from 0 to 1, not {found:f}")
    return named(name, found, PPM_DIGITS, PPM)


def worth_code(market: rows.Market) -> str:
    """The article that says what a size of a market is worth."""
    return "CONT-001" if market.inverse_factor == 0 else "CONT-002"


def price_of(count: int) -> Decimal:
    """Sub-ticks as a price."""
    return unscaled(count, PRICE_DIGITS)


def money(atoms: int) -> Decimal:
    """Atoms as money."""
    return unscaled(atoms, MONEY_DIGITS)
