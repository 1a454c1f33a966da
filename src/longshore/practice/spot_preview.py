"""What a spot order would do: coins one way, dollars the other, nothing can be liquidated."""

from __future__ import annotations

from longshore.engine.codes import Side, WalletKind
from longshore.engine.ledger import balance_atoms
from longshore.engine.state import State, wallet_slot
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.receipt import Preview, Row, cost, row
from longshore.practice.trial import Trial
from longshore.rulebooks import AssetInfo, MarketInfo


def preview_spot(view: State, market: MarketInfo, trial: Trial) -> Preview:
    """The receipt of an accepted spot order."""
    trades = trial.trades
    fee = sum(int(event.fee_atoms) for event in trades)
    way = "buy" if trial.command.side == Side.BUY else "sell"
    size = fmt.size(market, int(trial.placed.open_lots))
    return Preview(
        ok=True,
        sentences=sentences(view, market, trial, way),
        rows=rows(view, market, trial),
        costs=[cost("fee", fee)],
        submit_label=say(f"submit-spot-{way}", size=size),
    )


def sentences(view: State, market: MarketInfo, trial: Trial, way: str) -> list[str]:
    """What would be owned, or what would wait in the book."""
    price = f"{market.price(int(trial.placed.price_ticks)):,f}"
    taken = sum(int(event.value_atoms) for event in trial.trades)
    if trial.taken_lots == 0:
        worth = view.markets[market.market_id].atoms_per_tick_lot
        value = int(trial.placed.price_ticks * trial.left_lots * worth)
        held = _held(market, way, trial.left_lots, value)
        return [say("before-rests", price=price), say("before-if-filled", sentence=held)]
    said = [_held(market, way, trial.taken_lots, taken)]
    if trial.left_lots:
        left, now = fmt.size(market, trial.left_lots), fmt.size(market, trial.taken_lots)
        key = "before-part-rests" if trial.rests else "before-part-ends"
        said.insert(0, say(key, taken=now, left=left, price=price))
    return said


def _held(market: MarketInfo, way: str, lots: int, value: int) -> str:
    return say(f"before-spot-{way}", size=fmt.size(market, lots), value=fmt.money(value))


def rows(view: State, market: MarketInfo, trial: Trial) -> list[Row]:
    """Coins and dollars of the cash wallet, before and after."""
    states = (view, trial.after)
    account_id = int(trial.command.account_id)
    coins = [_amount(state, account_id, market.base) for state in states]
    dollars = [_balance(state, account_id, market.quote) for state in states]
    return [
        row("owned", *coins),
        row("dollars", *(fmt.money(atoms) for atoms in dollars)),
    ]


def _balance(state: State, account_id: int, asset: AssetInfo) -> int:
    wallet = wallet_slot(account_id, WalletKind.CASH)
    return int(balance_atoms(state, wallet, asset.asset_id))


def _amount(state: State, account_id: int, asset: AssetInfo) -> str:
    held = asset.amount(_balance(state, account_id, asset))
    return f"{fmt.stripped(held)} {asset.code}"
