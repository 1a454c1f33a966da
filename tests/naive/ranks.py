"""Article 07: who is unwound against first.

Chosen: the random rank mixes mark, account and market as the engine's hash tables mix keys.
"""

from __future__ import annotations

from longshore.engine.rows import Market
from tests.naive import margin
from tests.naive.prices import mark_value
from tests.naive.state import PPM, State


def rank(s: State, account_id: int, market: Market) -> int:
    """LIQD-009: unrealised profit / entry value x notional / equity."""
    gain = gain_ppm(s, account_id, market)
    return gain if gain <= 0 else gain * leverage(s, account_id, market) // PPM


def loss_by_leverage(s: State, account_id: int, market: Market) -> int:
    """LIQD-023: the same; a loss is divided."""
    gain = gain_ppm(s, account_id, market)
    if gain > 0:
        return gain * leverage(s, account_id, market) // PPM
    return gain * PPM // max(1, leverage(s, account_id, market))


def price_leverage(s: State, account_id: int, market: Market) -> int:
    """LIQD-023: by the ratio of prices."""
    position = s.positions[account_id, market.market_id]
    worth, entry = abs(mark_value(market, position.qty_lots)), abs(position.entry_atoms)
    ratio = share_ppm(worth, entry) if position.entry_atoms > 0 else share_ppm(entry, worth)
    return ratio * leverage(s, account_id, market) // PPM


def margin_ratio(s: State, account_id: int, market: Market) -> int:
    """LIQD-023: profit / rest of the wallet x maintenance margin / equity."""
    kind = s.margin_wallet(account_id, market.market_id)
    worth = margin.equity(s, account_id, kind)
    gain = max(0, margin.profit(s, account_id, market))
    kept = margin.wallet_maintenance(s, account_id, kind)
    return share_ppm(gain, worth - gain) * share_ppm(kept, worth) // PPM if worth > 0 else 0


def drawn(s: State, account_id: int, market: Market) -> int:
    """LIQD-023: random."""
    return mixed(mixed(market.mark_subticks, account_id), market.market_id)


def gain_ppm(s: State, account_id: int, market: Market) -> int:
    """Profit in millionths of the entry value."""
    entry = s.positions[account_id, market.market_id].entry_atoms
    return share_ppm(margin.profit(s, account_id, market), abs(entry))


def leverage(s: State, account_id: int, market: Market) -> int:
    """Notional / equity, in millionths."""
    position = s.positions[account_id, market.market_id]
    worth = margin.equity(s, account_id, s.margin_wallet(account_id, market.market_id))
    return share_ppm(abs(margin.basis(market, position.qty_lots, position.entry_atoms)), worth)


def share_ppm(part: int, whole: int) -> int:
    """In millionths, rounded down, of no less than a millionth of the part."""
    return part * PPM // max(whole, abs(part) // PPM + 1)


def mixed(a: int, b: int) -> int:
    """Two numbers in one below 2**62."""
    low, top = 2**31 - 1, 2**62 - 1
    first, second, third = 0x45D9F3B, 0x119DE1F3, 0x3C6EF372
    found = (a & low) * first + ((a >> 31 & low) * second) & top
    found ^= ((b & low) * third & top) ^ ((b >> 31 & low) * first & top)
    found ^= found >> 29
    found = ((found & low) * second ^ (found >> 31) * third) & top
    return found ^ found >> 31
