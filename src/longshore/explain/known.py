"""What is known now of an account in a perpetual market, each thing by a name and written out."""

from __future__ import annotations

from collections.abc import Iterator

from longshore.engine._table import NIL
from longshore.engine.book import levels
from longshore.engine.codes import MarketKind, OrderType, Side, Step, System, WalletKind
from longshore.engine.fees import fee_rate_ppm
from longshore.engine.funding import next_rate_e18
from longshore.engine.ledger import balance_atoms, settlement_atoms, system_wallet
from longshore.engine.legs import places
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Market, Order
from longshore.engine.state import position_slot, wallet_slot
from longshore.engine.units import PPM
from longshore.engine.value import value_at
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.figures import Figures, figures
from longshore.explain.moves import DayMoves
from longshore.explain.sentences import say
from longshore.explain.trees.accounts import Account
from longshore.explain.trees.ground import E18, Ground
from longshore.explain.venue import market_funding

PERCENT = 100


class Known:
    """The facts of one account in one perpetual market."""

    def __init__(self, ground: Ground, account_id: int, market_id: int) -> None:
        """The account and the market by their numbers in the engine."""
        self.ground = ground
        self.view = ground.view
        self.account_id = account_id
        self.info = ground.info(market_id)
        self.market: Market = ground.market(market_id)
        self.held = figures(self.view, account_id, self._place(market_id))

    def values(self) -> dict[str, str]:
        """All of them; those of the position only where there is one."""
        found = {**self._market(), **self._prices(), **self._account(), **self._venue()}
        if self.held.qty_lots:
            found |= self._position(self.held)
        return found | self._protection()

    def _place(self, market_id: int) -> int:
        """Where the position is: of two legs the short one only if it is alone."""
        short = market_id + MARKETS_MAX
        if places(self.view, self.account_id) < short:
            return market_id
        rows = [self.view.positions[position_slot(self.account_id, p)] for p in (market_id, short)]
        return short if not rows[0].qty_lots and rows[1].qty_lots else market_id

    def _market(self) -> dict[str, str]:
        info, row = self.info, self.market
        rate = int(next_rate_e18(row))
        payer, receiver = ("longs", "shorts") if rate >= 0 else ("shorts", "longs")
        fees = [
            int(fee_rate_ppm(self.view, self.account_id, row, maker)) for maker in (True, False)
        ]
        first = self.view.tiers[row.tier_first]
        until = int(row.funding_next_us - self.view.time_us)
        return {
            "symbol": info.symbol,
            "coin": info.base.code,
            "tick": f"{info.tick_size:,f}",
            "lot": fmt.size(info, 1),
            "lot_value": fmt.amount(info, abs(value_at(row, row.mark_subticks, 1))),
            "rate": fmt.percent(abs(rate), E18),
            "payer": say(payer),
            "receiver": say(receiver),
            "interval": fmt.countdown(int(row.funding_interval_us)),
            "countdown": fmt.countdown(until),
            "market_funding": market_funding(rate, until),
            "maker": fmt.percent(fees[0], PPM),
            "taker": fmt.percent(fees[1], PPM),
            "round_trip": fmt.percent(2 * fees[1], PPM),
            "lev_max": fmt.times(PPM, int(first.initial_ppm)),
            "maintenance_rate": fmt.percent(int(first.maintenance_ppm), PPM),
            "tiers": str(int(row.tier_count)),
            "band": fmt.percent(int(row.market_band_ppm), PPM),
            "partial": fmt.percent(int(row.partial_ppm), PPM),
            "open_interest": fmt.size(info, int(row.open_lots)),
            "haircut": fmt.percent(int(self.view.assets[row.base_asset_id].haircut_ppm), PPM),
        }

    def _prices(self) -> dict[str, str]:
        info, row = self.info, self.market
        mark, index = int(row.mark_subticks), self.ground.index_subticks(int(row.base_asset_id))
        bids, asks = (levels(self.view, row.market_id, side, 1) for side in (Side.BUY, Side.SELL))
        found = {
            "mark": fmt.price(info, mark),
            "index": fmt.price(info, index),
            "last": f"{info.price(int(row.last_ticks)):,f}",
            "mark_gap": fmt.price_step(info, mark - index),
            "gap_pct": fmt.percent(abs(mark - index), index),
            "one_of_mark": fmt.price_step(info, mark // PERCENT),
        }
        if bids and asks:
            bid, ask = int(bids[0][0]), int(asks[0][0])
            found |= {
                "bid": f"{info.price(bid):,f}",
                "ask": f"{info.price(ask):,f}",
                "ask_size": fmt.size(info, int(asks[0][1])),
                "spread": f"${info.price(ask - bid):,f}",
            }
        return found

    def _account(self) -> dict[str, str]:
        trees = {tree.key: tree for tree in Account(self.ground, self.account_id).trees()}
        modes = [bool(each.is_isolated) for each in self._all_held()]
        hedged = self.view.accounts[self.account_id].hedged == 1
        return {
            "equity": trees["equity"].value,
            "free": trees["free"].value,
            "initial": trees["initial"].value,
            "maintenance": trees["maintenance"].value,
            "pnl_all": trees["unrealised"].value,
            "collateral": self._collateral(),
            "owned": self._owned(),
            "positions": str(len(modes)),
            "isolated": str(sum(modes)),
            "crossed": str(len(modes) - sum(modes)),
            "orders": str(int(self.view.accounts[self.account_id].orders_count)),
            "hedge": say("on") if hedged else say("off"),
        }

    def _all_held(self) -> Iterator[Figures]:
        for place in range(1, places(self.view, self.account_id) + 1):
            row = self.view.positions[position_slot(self.account_id, place)]
            if row.qty_lots and self.ground.market(place).kind != MarketKind.SPOT:
                yield figures(self.view, self.account_id, place)

    def _collateral(self) -> str:
        """What coins count for in the cross wallet, after their haircuts."""
        from_coins = [
            tree.exact
            for total in Account(self.ground, self.account_id).trees()[:1]
            for wallet in total.inputs
            for tree in wallet.inputs
            if tree.key == "collateral"
        ]
        return fmt.money(sum(from_coins))

    def _owned(self) -> str:
        """The coins of the cash wallet."""
        wallet = wallet_slot(self.account_id, WalletKind.CASH)
        held = [
            fmt.coins(asset, int(balance_atoms(self.view, wallet, asset.asset_id)))
            for asset in self.ground.catalog.assets.values()
            if not asset.is_settlement and balance_atoms(self.view, wallet, asset.asset_id)
        ]
        return ", ".join(held) or say("flat")

    def _venue(self) -> dict[str, str]:
        kinds = [info.kind for info in self.ground.catalog.markets.values()]
        ends = (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)
        inverse = (MarketKind.INVERSE_PERPETUAL, MarketKind.INVERSE_FUTURE)
        steps = self.ground.rulebook.terms.liquidation.ladder.value
        place = steps.index("unwind") + 1 if "unwind" in steps else 0
        fund = int(settlement_atoms(self.view, system_wallet(System.INSURANCE)))
        name = say(f"step-{Step.UNWIND.name.lower()}")
        return {
            "futures": str(sum(kind in ends for kind in kinds)),
            "inverses": str(sum(kind in inverse for kind in kinds)),
            "insurance": fmt.money(fund),
            "steps": str(len(steps)),
            "adl_step": say("step-number", number=str(place))
            if place
            else say("no-step", name=name),
        }

    def _position(self, held: Figures) -> dict[str, str]:
        info = self.info
        told = words.liquidation(held, info, DayMoves())
        found = {
            "side": words.side(held),
            "size": fmt.size(info, held.qty_lots),
            "value": fmt.amount(info, held.value_atoms),
            "one_percent": fmt.amount(info, held.value_atoms // PERCENT),
            "margin": fmt.amount(info, held.margin_atoms),
            "lev": fmt.times(held.value_atoms, held.margin_atoms),
            "entry": fmt.price(info, held.entry_subticks),
            "buffer": words.buffer_text(held),
            "pnl": fmt.amount(info, held.pnl_atoms),
            "pct_margin": fmt.percent(held.pnl_atoms, held.margin_atoms),
            "pct_price": fmt.percent(held.pnl_atoms, abs(held.entry_value_atoms)),
            "realised": fmt.amount(info, held.realised_atoms),
            "fees": fmt.amount(info, held.fees_atoms),
            "funding_told": words.funding_sentence(held, info, int(self.view.time_us)),
        }
        if held.break_even_subticks:
            found["break_even"] = fmt.price(info, held.break_even_subticks)
        if told.state == "price":
            found["liq"] = told.price
            away = {"pct": told.distance_pct, "usd": told.distance_usd}
            found["liq_away"] = say("glossary-away", **away)
        return found

    def _protection(self) -> dict[str, str]:
        """Trigger prices of the newest stop and target that would close here."""
        names = {OrderType.STOP: "stop", OrderType.TAKE_PROFIT: "target"}
        found: dict[str, str] = {}
        for order in self._orders():
            name = names.get(OrderType(order.type))
            if name and order.market_id == self.market.market_id and order.reduce_only:
                found.setdefault(name, f"{self.info.price(int(order.trigger_ticks)):,f}")
        return found

    def _orders(self) -> Iterator[Order]:
        place = self.view.accounts[self.account_id].first_order
        while place != NIL:
            order = self.view.orders[place]
            yield order
            place = order.account_next
