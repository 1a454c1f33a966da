"""A wallet's numbers: equity, maintenance and initial margin, what is spare, what is free."""

from __future__ import annotations

from collections.abc import Iterator

from longshore.engine.codes import WalletKind
from longshore.engine.ledger import balance_atoms, is_isolated, settlement_atoms, unit_asset
from longshore.engine.legs import places
from longshore.engine.margin import (
    accrued_atoms,
    collateral_value_atoms,
    equity_atoms,
    free_atoms,
    funding_since,
    hangs_on_stale,
    initial_of,
    initial_with_orders_atoms,
    initial_with_orders_of,
    is_margined_by,
    maintenance_atoms,
    own_atoms,
    unrealised_atoms,
)
from longshore.engine.nets import is_on_long_side
from longshore.engine.rows import Asset, Market, Position
from longshore.engine.state import wallet_account, wallet_kind
from longshore.engine.units import PPM
from longshore.explain.sentences import say
from longshore.explain.trees.ground import PPM_SHARE, Ground, given, made
from longshore.explain.trees.margins import Asked, notional, worth
from longshore.explain.trees.node import Why
from longshore.rulebooks import AssetInfo

AskedOf = tuple[Market, bool, Why]


class Wallet:
    """Trees about one wallet."""

    def __init__(self, ground: Ground, wallet: int) -> None:
        """The wallet by its number in the engine."""
        self.ground = ground
        self.wallet = wallet
        self.account_id = int(wallet_account(wallet))
        self.asset_id = int(unit_asset(ground.view, wallet))
        self.money = ground.money(self.asset_id)

    def trying(self, market_id: int, mark_subticks: int) -> Wallet:
        """The same wallet with another mark put in."""
        return Wallet(self.ground.trying(market_id, mark_subticks), self.wallet)

    def spare(self, key: str = "spare", label: str = "") -> Why:
        """Equity less maintenance margin: what is left before liquidation."""
        label = label or say("label-spare")
        inputs = [self.equity(), self.maintenance()]
        return made(key, self.money, "less", inputs, label=label, article="LIQD-001")

    def equity(self) -> Why:
        """Equity, term by term (MRGN-002)."""
        inputs = [self._own(), *self._collateral()]
        for _, market, position in self.held():
            inputs += [self.unrealised(market, position), self.accrued(market, position)]
        exact = None if self.ground.tried else int(equity_atoms(self.ground.view, self.wallet))
        formula, article = say("why-equity"), "MRGN-002"
        return made(
            "equity", self.money, "sum", inputs, exact=exact, formula=formula, article=article
        )

    def maintenance(self) -> Why:
        """Maintenance margin, position by position (MRGN-001, MRGN-020)."""
        asked = [
            (market, position.qty_lots > 0, Asked(self.ground, market, False).maintenance(position))
            for _, market, position in self.held()
        ]
        exact = None if self.ground.tried else int(maintenance_atoms(self.ground.view, self.wallet))
        return self._together("maintenance", asked, exact)

    def initial(self) -> Why:
        """Initial margin of positions and open orders (MRGN-003, MRGN-020)."""
        asked = list(self._ordered())
        exact = int(initial_with_orders_atoms(self.ground.view, self.wallet))
        return self._together("initial", asked, exact)

    def free(self) -> Why:
        """What may leave the wallet, of the asset that it counts in (LEDG-003, LEDG-007)."""
        view, exact = self.ground.view, self._free_atoms()
        if hangs_on_stale(view, self.wallet):
            return given(
                "free", exact, self.money, label=say("label-free-stale"), article="LEDG-007"
            )
        held = self._own()
        asked = self.initial() if not is_isolated(self.wallet) else self._alone()
        spare = made(
            "spare-initial", self.money, "less", [self.equity(), asked], article="LEDG-003"
        )
        least = made("least", self.money, "smaller", [held, spare])
        return made(
            "free", self.money, "not_below_zero", [least],
            exact=exact, formula=say("why-free"), article="LEDG-003",
        )  # fmt: skip

    def held(self) -> Iterator[tuple[int, Market, Position]]:
        """Places, markets and positions that this wallet margins."""
        for place in range(1, places(self.ground.view, self.account_id) + 1):
            position = self.ground.position(self.account_id, place)
            if position.qty_lots != 0 and is_margined_by(self.ground.view, self.wallet, place):
                yield place, self.ground.market(place), position

    def unrealised(self, market: Market, position: Position) -> Why:
        """Profit or loss of a position at the mark."""
        entry = given(
            "entry-value", int(position.entry_value_atoms), self.money, article="MRGN-010"
        )
        inputs = [worth(self.ground, market, int(position.qty_lots)), entry]
        label = say("label-unrealised-of", symbol=self.ground.info(market).symbol)
        return made(
            "unrealised", self.money, "less", inputs, label=label,
            exact=unrealised_atoms(market, position), formula=say("why-unrealised"),
            article="MRGN-002",
        )  # fmt: skip

    def accrued(self, market: Market, position: Position) -> Why:
        """Funding that has accrued to a position and is not paid (FUND-005)."""
        view = self.ground.view
        since = int(funding_since(view, market, position))
        size = given("size", int(position.qty_lots), self.ground.lots(market), article="CONT-001")
        paid = given("lot-paid", since, self.ground.parts(market), article="FUND-004")
        return made(
            "accrued", self.money, "paid", [paid, size], per=int(market.atom_parts),
            exact=accrued_atoms(view, market, position), formula=say("why-accrued"),
            article="FUND-005",
        )  # fmt: skip

    def _free_atoms(self) -> int:
        return int(free_atoms(self.ground.view, self.wallet, self.asset_id))

    def _own(self) -> Why:
        """Money of the wallet's own asset; of an isolated one what the position has of it."""
        view = self.ground.view
        held = int(settlement_atoms(view, self.wallet))
        label = say("label-balance-of", coin=self.ground.asset(self.asset_id).code)
        balance = given("balance", held, self.money, label=label, article="LEDG-001")
        exact = int(own_atoms(view, self.wallet))
        if not is_isolated(self.wallet) or exact == held:
            return balance
        place = wallet_kind(self.wallet) - WalletKind.ISOLATED
        margin = int(self.ground.position(self.account_id, place).margin_atoms)
        inputs = [balance, given("margin-put", margin, self.money, article="MRGN-007")]
        return made("balance-own", self.money, "smaller", inputs, exact=exact, article="MRGN-007")

    def _collateral(self) -> Iterator[Why]:
        if wallet_kind(self.wallet) != WalletKind.FLEX:
            return
        for asset in self.ground.catalog.assets.values():
            held = int(balance_atoms(self.ground.view, self.wallet, asset.asset_id))
            if held and not asset.is_settlement:
                yield self._coin(asset, held)

    def _coin(self, asset: AssetInfo, held: int) -> Why:
        """A coin at its index, less the haircut (MRGN-002)."""
        ground, code = self.ground, asset.code
        row = ground.view.assets[asset.asset_id]
        index = ground.index_subticks(asset.asset_id)
        amount = given(
            "amount", held, ground.money(asset.asset_id),
            label=say("label-amount", coin=code), article="LEDG-001",
        )  # fmt: skip
        price = given("index", index, ground.index_price(asset.asset_id), article="PRIC-001")
        worth_of = made(
            "coin-value", self.money, "product_down", [amount, price], per=int(row.value_divisor)
        )
        haircut = given(
            "haircut", int(row.haircut_ppm), PPM_SHARE, label=say("label-haircut", coin=code),
            source=ground.source(f"assets.{asset.symbol}.haircut"),
        )  # fmt: skip
        all_of = given("whole", PPM, PPM_SHARE, article="MRGN-002")
        kept = made("kept", PPM_SHARE, "less", [all_of, haircut])
        moved = Asset.of(tuple(int(getattr(row, field)) for field in Asset.FIELDS))
        moved.index_subticks = index
        return made(
            "collateral", self.money, "product_down", [worth_of, kept], per=PPM,
            label=say("label-collateral", coin=code), formula=say("why-collateral"),
            exact=collateral_value_atoms(moved, held), article="MRGN-002",
        )  # fmt: skip

    def _ordered(self) -> Iterator[AskedOf]:
        """What each place with a position or with open orders asks."""
        view = self.ground.view
        for place in range(1, places(view, self.account_id) + 1):
            if not is_margined_by(view, self.wallet, place):
                continue
            if initial_with_orders_of(view, self.account_id, place):
                market, position = (
                    self.ground.market(place),
                    self.ground.position(self.account_id, place),
                )
                tree = Asked(self.ground, market, True).with_orders(position)
                yield market, bool(is_on_long_side(position)), tree

    def _alone(self) -> Why:
        """Initial margin of an isolated position, without orders."""
        inputs = [self.initial_alone(place) for place, _, _ in self.held()]
        return made("initial", self.money, "sum", inputs, article="MRGN-007")

    def initial_alone(self, place: int) -> Why:
        """Initial margin of one position alone."""
        market, position = self.ground.market(place), self.ground.position(self.account_id, place)
        asked = Asked(self.ground, market, True)
        charged = notional(self.ground, market, position)
        exact = int(initial_of(self.ground.view, self.account_id, place))
        return asked.initially(position, charged, abs(int(position.qty_lots)), exact)

    def _together(self, key: str, asked: list[AskedOf], exact: int | None) -> Why:
        """The sum; where the rulebook nets, of each coin the larger side (MRGN-020)."""
        if not self.ground.view.netting:
            inputs = [tree for _, _, tree in asked]
            article = "MRGN-001"
        else:
            inputs, article = [*self._netted(asked)], "MRGN-020"
        formula = say(f"why-{key}-netted" if article == "MRGN-020" else f"why-{key}")
        source = self.ground.family_source("netting")
        return made(
            key, self.money, "sum", inputs,
            exact=exact, formula=formula, article=article, source=source,
        )  # fmt: skip

    def _netted(self, asked: list[AskedOf]) -> Iterator[Why]:
        for coin in dict.fromkeys(int(market.base_asset_id) for market, _, _ in asked):
            of_coin = [each for each in asked if each[0].base_asset_id == coin]
            longs = [tree for _, is_long, tree in of_coin if is_long]
            shorts = [tree for _, is_long, tree in of_coin if not is_long]
            if not longs or not shorts:
                yield from [*longs, *shorts]
                continue
            sides = [
                made(f"side-{way}", self.money, "sum", trees)
                for way, trees in (("long", longs), ("short", shorts))
            ]
            label = say("label-larger-side", coin=self.ground.asset(coin).code)
            yield made("larger-side", self.money, "larger", sides, label=label, article="MRGN-020")
