"""An account's numbers: all its wallets with margin together, in dollars."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from longshore.engine.codes import MarketKind, WalletKind
from longshore.engine.ledger import settlement_atoms
from longshore.engine.legs import places
from longshore.engine.state import position_slot, wallet_slot
from longshore.explain.sentences import say
from longshore.explain.trees.ground import Ground, given, made
from longshore.explain.trees.node import Why
from longshore.explain.trees.wallets import Wallet

KEYS = ("equity", "free", "initial", "maintenance", "unrealised")


class Account:
    """Trees about one account."""

    def __init__(self, ground: Ground, account_id: int) -> None:
        """The account by its number in the engine."""
        self.ground = ground
        self.account_id = account_id
        self.dollars = ground.money(ground.catalog.settlement.asset_id)

    def trees(self) -> list[Why]:
        """All of them, in the order of KEYS."""
        return [
            self._total("equity", Wallet.equity),
            self.free(),
            self._total("initial", Wallet.initial),
            self._total("maintenance", Wallet.maintenance),
            self._unrealised(),
        ]

    def free(self) -> Why:
        """Free practice money: what may leave the multi-collateral wallet as dollars."""
        return Wallet(self.ground, wallet_slot(self.account_id, WalletKind.FLEX)).free()

    def _wallets(self) -> Iterator[Wallet]:
        """The multi-collateral wallet, and the others that hold something."""
        view = self.ground.view
        yield Wallet(self.ground, wallet_slot(self.account_id, WalletKind.FLEX))
        for kind in _other_kinds(self.ground):
            wallet = Wallet(self.ground, wallet_slot(self.account_id, kind))
            if settlement_atoms(view, wallet.wallet) or any(wallet.held()):
                yield wallet

    def _total(self, key: str, measure: Callable[[Wallet], Why]) -> Why:
        trees = [(wallet, measure(wallet)) for wallet in self._wallets()]
        inputs = [self._in_dollars(wallet.asset_id, tree) for wallet, tree in trees]
        for (wallet, _), tree in zip(trees, inputs, strict=True):
            tree.label = self._named(wallet, tree.label)
        label, formula = say(f"label-{key}"), say("why-total")
        return made(key, self.dollars, "sum", inputs, label=label, formula=formula)

    def _unrealised(self) -> Why:
        """Profit or loss of every position, in dollars."""
        view, inputs = self.ground.view, []
        for place in range(1, places(view, self.account_id) + 1):
            position = view.positions[position_slot(self.account_id, place)]
            market = self.ground.market(place)
            if position.qty_lots and market.kind != MarketKind.SPOT:
                home = Wallet(self.ground, wallet_slot(self.account_id, WalletKind.FLEX))
                asset_id = int(market.settle_asset_id)
                home.money = self.ground.money(asset_id)
                inputs.append(self._in_dollars(asset_id, home.unrealised(market, position)))
        return made("unrealised", self.dollars, "sum", inputs, formula=say("why-total"))

    def _in_dollars(self, asset_id: int, tree: Why) -> Why:
        """A tree in another asset, at that asset's index, rounded down."""
        asset = self.ground.asset(asset_id)
        if asset.is_settlement:
            return tree
        row = self.ground.view.assets[asset_id]
        price = given(
            "index", int(row.index_subticks), self.ground.index_price(asset_id), article="PRIC-001"
        )
        return made(
            tree.key, self.dollars, "product_down", [tree, price], per=int(row.value_divisor),
            label=say("label-in-dollars", what=tree.label), article="CONT-003",
        )  # fmt: skip

    def _named(self, wallet: Wallet, label: str) -> str:
        kind = wallet.wallet - wallet_slot(self.account_id, 0)
        if kind == WalletKind.FLEX:
            return say("label-in-wallet", what=label, wallet=say("wallet-flex"))
        if kind >= WalletKind.COIN:
            code = self.ground.asset(kind - WalletKind.COIN).code
            return say("label-in-wallet", what=label, wallet=say("wallet-coin", coin=code))
        symbol = self.ground.info(kind - WalletKind.ISOLATED).symbol
        named = say("wallet-isolated", symbol=symbol)
        return say("label-in-wallet", what=label, wallet=named)


def _other_kinds(ground: Ground) -> Iterator[int]:
    """Isolated wallets and those of coins, as the engine numbers them."""
    rows = [ground.view.markets[number] for number in range(1, ground.view.markets_count + 1)]
    for row in rows:
        yield WalletKind.ISOLATED + int(row.market_id)
    coins = {int(row.settle_asset_id) for row in rows if row.kind != MarketKind.SPOT}
    for asset_id in sorted(coins - {int(ground.view.settlement_asset_id)}):
        yield WalletKind.COIN + asset_id
