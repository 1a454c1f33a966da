"""The twin itself: a command in, what changed out.

Chosen. Time (TIME-002): before a command acts, samples, funding and dead man's switches fall due in
order of (time, kind, id), each with the clock at its own time, and are followed by liquidations,
breaches of initial margin and triggers until nothing is left. A wallet whose equity falls below
its requirement between two of these, by funding alone, is found at the very microsecond. A command
is refused for the clock before anything falls due; for anything else, after.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderState,
    Origin,
    Reason,
    Reject,
    SelfTrade,
    System,
    WalletKind,
)
from longshore.engine.commands import CommandKind
from longshore.engine.limits import (
    ACCOUNTS_SYSTEM,
    AMOUNT_MAX_ATOMS,
    PRICE_MAX_SUBTICKS,
    QTY_MAX_LOTS,
    SUPPLY_MAX_ATOMS,
    VALUE_MAX_ATOMS,
)
from longshore.engine.rows import Command, Market
from longshore.engine.state import wallet_slot
from tests.naive import (
    changes,
    downtimes,
    funding,
    gates,
    halts,
    lifecycle,
    liquidation,
    margin,
    modes,
    orders,
    prices,
)
from tests.naive.fills import end_order
from tests.naive.ledger import OUTSIDE, clearing, convert_debt, move
from tests.naive.state import PPM, SHORT, Account, Order, State


@dataclass
class Summary:
    """What one command did."""

    reject: Reject = Reject.NONE
    account_id: int = 0
    order_id: int = 0
    ended: list[tuple[int, int]] = field(default_factory=list)
    ladders: list[tuple[int, int]] = field(default_factory=list)


class Twin:
    """A venue by the articles."""

    def __init__(self, setup) -> None:
        """From the same setup rows as the engine."""
        self.s = State(setup)
        self.s.calendar = lifecycle.calendar(list(self.s.markets.values()))
        for system in System:
            self.s.accounts[int(system)] = Account()
        self.accounts_last = ACCOUNTS_SYSTEM

    def apply(self, c: Command) -> Summary:
        """One command."""
        s = self.s
        s.seq, s.orders_made, s.ended, s.ladders = c.seq, 0, [], []
        if c.time_us < s.time_us:
            return Summary(Reject.CLOCK_WENT_BACK)
        self.advance(c.time_us)
        late = c.before_us != 0 and s.time_us > c.before_us
        refused = Reject.TOO_LATE if late else self.shut(c) or self.check(c) or self.act(c)
        self.settle()
        last = self.accounts_last if c.kind == CommandKind.CREATE_ACCOUNT else 0
        return Summary(Reject(refused), last, 0, s.ended, s.ladders)

    def shut(self, c: Command) -> Reject:
        """DOWN-004."""
        return Reject.VENUE_IN_MAINTENANCE if downtimes.is_shut_for(self.s, c) else Reject.NONE

    def check(self, c: Command) -> Reject:
        """UNKNOWN_COMMAND to NOT_YOUR_ORDER, by number."""
        s = self.s
        if c.kind not in list(CommandKind):
            return Reject.UNKNOWN_COMMAND
        if c.kind in WITH_ACCOUNT and not self.may_act(c):
            return Reject.UNKNOWN_ACCOUNT
        everywhere = c.kind == CommandKind.CANCEL_ALL and c.market_id == 0
        if c.kind in WITH_MARKET and not everywhere and c.market_id not in s.markets:
            return Reject.UNKNOWN_MARKET
        if c.kind in WITH_ASSET and c.asset_id not in s.assets:
            return Reject.UNKNOWN_ASSET
        if not self.wallets_known(c):
            return Reject.UNKNOWN_WALLET
        if c.kind not in (CommandKind.AMEND_ORDER, CommandKind.CANCEL_ORDER):
            return Reject.NONE
        if c.order_id not in s.orders:
            return Reject.UNKNOWN_ORDER
        mine = s.orders[c.order_id].account_id == c.account_id
        return Reject.NONE if mine else Reject.NOT_YOUR_ORDER

    def wallets_known(self, c: Command) -> bool:
        """The wallets a command names."""
        source = c.kind in (CommandKind.WITHDRAW, CommandKind.TRANSFER)
        target = c.kind in (CommandKind.DEPOSIT, CommandKind.TRANSFER)
        if c.kind == CommandKind.TRANSFER and c.from_wallet == c.to_wallet:
            return False
        return (not source or self.wallet(c, c.from_wallet)) and (
            not target or self.wallet(c, c.to_wallet)
        )

    def may_act(self, c: Command) -> bool:
        """Customers; money from outside also for the venue's own accounts (genesis)."""
        if c.kind == CommandKind.DEPOSIT and c.account_id in list(System):
            return True
        return c.account_id > ACCOUNTS_SYSTEM and c.account_id in self.s.accounts

    def wallet(self, c: Command, kind: int) -> bool:
        """Whether the account has this wallet; an isolated one while there is a position."""
        if kind in (WalletKind.CASH, WalletKind.FLEX):
            return True
        if kind >= WalletKind.COIN:
            coin = kind - WalletKind.COIN
            settled = {m.settle_asset_id for m in self.s.perpetuals()} - {self.s.settlement}
            return coin in settled
        market = self.s.markets.get(kind - WalletKind.ISOLATED)
        if market is None or market.kind == MarketKind.SPOT:
            return False
        if c.kind == CommandKind.WITHDRAW or not self.s.isolated(c.account_id, market.market_id):
            return False
        return self.s.positions[c.account_id, market.market_id].qty_lots != 0

    def act(self, c: Command) -> Reject:
        """The command itself."""
        name = CommandKind(c.kind).name.lower()
        return getattr(self, name)(c)

    def advance_time(self, c: Command) -> Reject:
        """Nothing more."""
        return Reject.NONE

    def create_account(self, c: Command) -> Reject:
        """The next number."""
        self.accounts_last += 1
        self.s.accounts[self.accounts_last] = Account()
        return Reject.NONE

    def amount(self, c: Command) -> Reject:
        """AMOUNT_NOT_POSITIVE, AMOUNT_TOO_LARGE."""
        if c.amount_atoms <= 0:
            return Reject.AMOUNT_NOT_POSITIVE
        return Reject.AMOUNT_TOO_LARGE if c.amount_atoms > AMOUNT_MAX_ATOMS else Reject.NONE

    def takes_asset(self, kind: int, asset_id: int) -> bool:
        """Cash: all; flex: collateral; the others: the asset they count in."""
        asset = self.s.assets[asset_id]
        if kind == WalletKind.CASH or asset_id == self.s.unit(kind):
            return True
        return kind == WalletKind.FLEX and asset.conversion_rank > 0

    def deposit(self, c: Command) -> Reject:
        """From outside."""
        if not self.takes_asset(c.to_wallet, c.asset_id):
            return Reject.NOT_MARGINABLE
        if refused := gates.may_deposit(self.s, c.account_id) or self.amount(c):
            return refused
        supply = c.amount_atoms - self.s.balances[(OUTSIDE, 0, c.asset_id)]
        asset = self.s.assets[c.asset_id]
        if supply > SUPPLY_MAX_ATOMS or (
            not asset.is_settlement
            and self.coins_too_dear(c.asset_id, c.amount_atoms, 10 * asset.index_subticks)
        ):
            return Reject.AMOUNT_TOO_LARGE
        move(self.s, c.asset_id, (OUTSIDE, 0), (c.account_id, c.to_wallet), c.amount_atoms)
        self.arrived(c)
        return Reject.NONE

    def is_free(self, c: Command) -> bool:
        """LEDG-007."""
        return c.amount_atoms <= margin.free(self.s, c.account_id, c.from_wallet, c.asset_id)

    def withdraw(self, c: Command) -> Reject:
        """To the outside."""
        if not self.takes_asset(c.from_wallet, c.asset_id):
            return Reject.NOT_MARGINABLE
        if refused := gates.may_withdraw(self.s, c.account_id):
            return refused
        if c.amount_atoms > 0 and not self.is_free(c):
            return Reject.INSUFFICIENT_FUNDS
        if refused := self.amount(c):
            return refused
        move(self.s, c.asset_id, (c.account_id, c.from_wallet), (OUTSIDE, 0), c.amount_atoms)
        return Reject.NONE

    def transfer(self, c: Command) -> Reject:
        """Between two wallets of the account."""
        kinds = (c.from_wallet, c.to_wallet)
        if not all(self.takes_asset(kind, c.asset_id) for kind in kinds):
            return Reject.NOT_MARGINABLE
        if refused := gates.still(self.s, c.account_id):
            return refused
        if c.amount_atoms > 0 and not self.is_free(c):
            return Reject.INSUFFICIENT_FUNDS
        if refused := self.amount(c):
            return refused
        places = (c.account_id, c.from_wallet), (c.account_id, c.to_wallet)
        move(self.s, c.asset_id, *places, c.amount_atoms)
        self.arrived(c)
        return Reject.NONE

    def arrived(self, c: Command) -> None:
        """LEDG-008: collateral that comes into a flex wallet in debt is sold at once."""
        if c.to_wallet == WalletKind.FLEX and c.account_id > ACCOUNTS_SYSTEM:
            convert_debt(self.s, (c.account_id, c.to_wallet))

    def set_leverage(self, c: Command) -> Reject:
        """MRGN-008, MODE-001 to MODE-003."""
        return modes.set_leverage(self.s, c)

    def set_position_mode(self, c: Command) -> Reject:
        """MODE-004."""
        return modes.set_position_mode(self.s, c)

    def set_top_up(self, c: Command) -> Reject:
        """MODE-008."""
        return modes.set_top_up(self.s, c)

    def set_risk_limit(self, c: Command) -> Reject:
        """MRGN-017."""
        s, market = self.s, self.s.markets[c.market_id]
        if not market.risk_base_atoms:
            return Reject.NOT_MARGINABLE
        first = s.tiers[c.market_id][0]
        above = Fraction(c.amount_atoms - market.risk_base_atoms, market.risk_step_atoms)
        steps = max(0, math.ceil(above))
        too_high = first.initial_ppm + steps * max(1, first.maintenance_ppm) > PPM
        if not 0 < c.amount_atoms <= VALUE_MAX_ATOMS or too_high:
            return Reject.BAD_VALUE
        chosen = s.accounts[c.account_id].risk_steps
        before, chosen[c.market_id] = chosen[c.market_id], steps
        refused = self.steps_refusal(c, market, before)
        if refused:
            chosen[c.market_id] = before
        elif steps != before:
            margin.orders_changed(s, c.account_id, market)
        return refused

    def steps_refusal(self, c: Command, market: Market, before: int) -> Reject:
        """MRGN-017: the wallet carries it, no orders where isolated, and it is not exceeded."""
        s, account_id = self.s, c.account_id
        position = s.positions[account_id, c.market_id]
        signed = margin.basis(market, position.qty_lots, position.entry_atoms)
        sides = margin.both_sides(s, account_id, market)
        reach = margin.reach(market, (signed, position.qty_lots), sides)
        steps = s.accounts[account_id].risk_steps[c.market_id]
        kind = s.margin_wallet(account_id, c.market_id)
        isolated = s.isolated(account_id, c.market_id)
        if steps > before and reach:
            needed = margin.initial(s, account_id, market, abs(signed), abs(position.qty_lots))
            if not isolated:
                needed = margin.wallet_initial(s, account_id, kind)
            if margin.equity(s, account_id, kind) < needed:
                return Reject.INSUFFICIENT_MARGIN
        here = [
            o for o in s.orders.values() if (o.account_id, o.market_id) == (account_id, c.market_id)
        ]
        if steps != before and isolated and here:
            return Reject.HAS_OPEN_RISK
        over = reach > margin.risk_limit(s, account_id, market)
        return Reject.RISK_LIMIT if over else Reject.NONE

    def set_gate(self, c: Command) -> Reject:
        """GATE-001."""
        return gates.set_gate(self.s, c)

    def set_account_state(self, c: Command) -> Reject:
        """GATE-003, GATE-004."""
        return gates.set_account_state(self.s, c)

    def change_terms(self, c: Command) -> Reject:
        """Article 14."""
        return changes.change(self.s, c)

    def plan_downtime(self, c: Command) -> Reject:
        """Article 18."""
        return downtimes.plan(self.s, c)

    def call_off_downtime(self, c: Command) -> Reject:
        """DOWN-006."""
        return downtimes.call_off(self.s, c)

    def place_order(self, c: Command) -> Reject:
        """Article 02."""
        return orders.place(self.s, c)

    def amend_order(self, c: Command) -> Reject:
        """ORDR-012."""
        return orders.amend(self.s, c)

    def may_cancel(self, c: Command, order: Order) -> bool:
        """ORDR-014: in a halted market only the venue cancels."""
        halted = self.s.markets[order.market_id].state == MarketState.HALTED
        return not halted or c.origin == Origin.OPERATOR

    def cancel_order(self, c: Command) -> Reject:
        """By its owner."""
        order = self.s.orders[c.order_id]
        if not self.may_cancel(c, order):
            return Reject.MARKET_HALTED
        end_order(self.s, order, Reason.BY_USER)
        return Reject.NONE

    def cancel_all(self, c: Command) -> Reject:
        """All orders of an account, in one market or in all; those in halted markets stay."""
        halted = c.market_id and self.s.markets[c.market_id].state == MarketState.HALTED
        if halted and c.origin != Origin.OPERATOR:
            return Reject.MARKET_HALTED
        for order in self.s.newest_first(c.account_id):
            if c.market_id in (0, order.market_id) and self.may_cancel(c, order):
                end_order(self.s, order, Reason.BY_USER)
        return Reject.NONE

    def cancel_all_after(self, c: Command) -> Reject:
        """ORDR-016."""
        if c.value < 0:
            return Reject.BAD_VALUE
        due = self.s.time_us + c.value if c.value else 0
        self.s.accounts[c.account_id].dead_man_us = due
        return Reject.NONE

    def publish_index(self, c: Command) -> Reject:
        """PRIC-001."""
        if not 0 < c.price_subticks <= PRICE_MAX_SUBTICKS or c.sources <= 0:
            return Reject.INDEX_PRICE_BAD
        here = [m for m in self.s.perpetuals() if m.base_asset_id == c.asset_id]
        markets = [m for m in here if m.state != MarketState.EXPIRED]
        if self.coins_too_dear(c.asset_id, 0, c.price_subticks) or any(
            self.open_too_dear(m, c.price_subticks) for m in markets
        ):
            return Reject.PRICE_TOO_LARGE
        prices.publish(self.s, c.asset_id, c.price_subticks, c.sources)
        lifecycle.price_came(self.s, c.asset_id)
        return Reject.NONE

    def coins_too_dear(self, asset_id: int, added: int, price: int) -> bool:
        """The engine's limit on the worth of all coins, one of them at another price."""
        shares, total = len(self.s.assets), 0
        for asset in self.s.assets.values():
            if asset.is_settlement:
                continue
            mine = asset.asset_id == asset_id
            amount = -self.s.balances[(OUTSIDE, 0, asset.asset_id)] + (added if mine else 0)
            at = price if mine else asset.index_subticks
            if at and too_dear(amount, at, asset.value_divisor):
                return True
            total += amount * at // asset.value_divisor // shares
        return total > VALUE_MAX_ATOMS // shares

    def open_too_dear(self, market: Market, index: int) -> bool:
        """Whether what is open may be worth too much at this index and any mark it allows."""
        lots = self.open_lots(market.market_id)
        if not market.inverse_factor:
            return too_dear(lots, index, market.value_divisor)
        lowest = max(1, index - index * market.premium_cap_ppm // PPM)
        each = too_dear(market.inverse_factor, market.atom_parts, lowest)
        return (market.funding_interval_us > 0 and each) or too_dear(
            lots, market.inverse_factor, lowest
        )

    def open_lots(self, market_id: int) -> int:
        """Open interest."""
        held = (p for (_, m), p in self.s.positions.items() if m % SHORT == market_id)
        return sum(max(0, p.qty_lots) for p in held)

    def set_market_state(self, c: Command) -> Reject:
        """ORDR-014."""
        if c.value not in list(MarketState) or c.value == MarketState.EXPIRED:
            return Reject.BAD_VALUE
        if prices.is_over(self.s, self.s.markets[c.market_id]):
            return Reject.MARKET_EXPIRED
        market = self.s.markets[c.market_id]
        self.s.halt_due.pop(c.market_id, None)
        if c.value == MarketState.AUCTION:
            halts.gather(self.s, market)
        else:
            halts.enter(self.s, market, c.value)
        return Reject.NONE

    def settle_market(self, c: Command) -> Reject:
        """LIFE-009."""
        market, price = self.s.markets[c.market_id], c.price_subticks
        if market.kind == MarketKind.SPOT:
            return Reject.NOT_MARGINABLE
        if market.state == MarketState.EXPIRED:
            return Reject.MARKET_EXPIRED
        if price <= 0:
            return Reject.PRICE_NOT_POSITIVE
        amount, divisor = self.open_lots(c.market_id), market.value_divisor
        if market.inverse_factor:
            divisor = price
            price_of_lot = market.inverse_factor
        else:
            price_of_lot = price
        if price > PRICE_MAX_SUBTICKS or too_dear(amount, price_of_lot, divisor):
            return Reject.PRICE_TOO_LARGE
        market.mark_subticks = price
        lifecycle.settle(self.s, market)
        return Reject.NONE

    def set_self_trade(self, c: Command) -> Reject:
        """ORDR-013."""
        if c.value not in list(SelfTrade):
            return Reject.BAD_VALUE
        self.s.accounts[c.account_id].self_trade = c.value
        return Reject.NONE

    def set_assignment(self, c: Command) -> Reject:
        """LIQD-007."""
        if c.qty_lots < 0:
            return Reject.BAD_VALUE
        if c.qty_lots > QTY_MAX_LOTS:
            return Reject.QTY_TOO_LARGE
        self.s.accounts[c.account_id].assign_max_lots = c.qty_lots
        return Reject.NONE

    def next_due(self) -> tuple[float, int, int]:
        """What is due next: time, kind (window, sample, funding, dead man, a phase, expiry), id."""
        s = self.s
        due = [(t, 1, m) for m, t in s.sample_next.items()]
        due += [(t, 2, m) for m, t in s.funding_next.items()]
        due += s.calendar[:1]
        due += [(a.dead_man_us, 3, n) for n, a in s.accounts.items() if a.dead_man_us]
        due += [(t, 4, wallet_slot(*wallet)) for wallet, t in s.paused.items()]
        held = [(n, o) for n, o in s.orders.items() if o.state == OrderState.HELD]
        due += [(o.held_us, 7, n) for n, o in held]
        due += [(t, 6, m) for m, t in s.halt_due.items()]
        due += [(c.due_us, 6.5, n) for n, c in s.changes.items()]
        due += [(d.next_us(s.time_us), 6.7, n) for n, d in s.downtimes.items()]
        due += [(o.expire_us, 7, n) for n, o in s.orders.items() if o.expire_us]
        return min(due, default=(math.inf, 0, 0))

    def advance(self, to_us: int) -> None:
        """TIME-002."""
        while True:
            due, kind, number = self.next_due()
            horizon = int(min(due, to_us))
            wake = self.first_wake(horizon)
            if wake is not None and wake < horizon:
                self.s.time_us = wake
            elif due > to_us:
                self.s.time_us = to_us
            else:
                self.s.time_us = horizon
                self.fire_timer(kind, number)
            self.settle()
            if due > to_us and self.s.time_us == to_us:
                return

    def fire_timer(self, kind: int, number: int) -> None:
        """A sample, an interval's end, a dead man's switch, an order's end.

        Wallets that fall at the very time come before the orders that end (kind 4 of TIME-002).
        """
        s = self.s
        if kind in (prices.WINDOW, lifecycle.PHASE):
            s.calendar.pop(0)
            lifecycle.fire(s, kind, s.markets[number])
        elif kind == 1:
            market = s.markets[number]
            s.sample_next[number] += market.sample_us
            prices.sample(s, market)
        elif kind == 2:
            market = s.markets[number]
            funding.close_interval(s, market)
            s.funding_next[number] = prices.next_end(market, s.time_us)
        elif kind == 4:
            s.paused = {w: t for w, t in s.paused.items() if wallet_slot(*w) != number}
        elif kind == 6.5:
            self.settle()
            changes.come_due(s, number)
        elif kind == 6.7:
            self.settle()
            downtimes.go_on(s, number)
        elif kind == 6:
            self.settle()
            if number in s.halt_due:
                halts.go_on(s, s.markets[number])
        elif kind == 7:
            self.settle()
            order = s.orders.get(number)
            if order and order.expire_us == s.time_us:
                end_order(s, order, Reason.EXPIRED)
            elif order and order.state == OrderState.HELD and order.held_us == s.time_us:
                orders.release(s, order)
        else:
            s.accounts[number].dead_man_us = 0
            for order in s.newest_first(number):
                end_order(s, order, Reason.DEAD_MAN)

    def settle(self) -> None:
        """Liquidations, breaches, triggers, until nothing is left."""
        done: set[tuple[int, int]] = set()
        while self.settle_one(done):
            pass

    def settle_one(self, done: set[tuple[int, int]]) -> bool:
        """The first thing to do, if any."""
        s = self.s
        for wallet in liquidation.wallets(s):
            if wallet not in done and liquidation.is_liquidatable(s, wallet):
                modes.top_up(s, *wallet)
                liquidation.liquidate(s, wallet)
                if liquidation.is_below(s, wallet):
                    done.add(wallet)
                return True
            if liquidation.breach(s, wallet):
                return True
        orders.follow(s)
        order = orders.next_to_fire(s)
        if order is not None:
            orders.fire(s, order)
        return order is not None

    def first_wake(self, horizon: int) -> int | None:
        """The first microsecond up to `horizon` at which funding alone puts a wallet at risk."""
        found = [self.wallet_wake(w, horizon) for w in liquidation.wallets(self.s)]
        return min((t for t in found if t is not None), default=None)

    def wallet_wake(self, wallet: tuple[int, int], horizon: int) -> int | None:
        """The same for one wallet, by halving; at risk already and left alone: never."""
        s = self.s
        now = s.time_us
        markets = margin.wallet_positions(s, *wallet)
        if wallet in s.paused or not any(m.funding_lot_parts for m in markets) or horizon <= now:
            return None
        need = margin.wallet_maintenance(s, *wallet)
        if liquidation.could_breach(s, wallet):
            need = max(need, margin.wallet_initial(s, *wallet))
        base = margin.equity(s, *wallet) - sum(self.accrued(wallet, m, now) for m in markets)
        if base + sum(self.accrued(wallet, m, now) for m in markets) < need:
            return None

        # between two times the sum leaves the straight line only by what is rounded
        rounded = sum(
            4 + abs(s.positions[wallet[0], m.market_id].qty_lots) // m.atom_parts for m in markets
        )

        def worst(low: int, high: int) -> int:
            first, last = ([self.accrued(wallet, m, t) for m in markets] for t in (low, high))
            each = sum(map(min, first, last))
            return base + max(each, min(sum(first), sum(last)) - 2 * rounded)

        def search(low: int, high: int) -> int | None:
            if worst(low, high) >= need:
                return None
            if low == high:
                return low
            middle = (low + high) // 2
            early = search(low, middle)
            return early if early is not None else search(middle + 1, high)

        found = search(now + 1, horizon)
        frozen = found is not None and liquidation.is_frozen(s, wallet, found)
        return None if frozen else found  # nothing but a command can thaw it

    def accrued(self, wallet: tuple[int, int], market, at_us: int) -> int:
        """Funding accrued, in atoms, rounded down."""
        return margin.accrued_parts(self.s, wallet[0], market, at_us) // market.atom_parts

    def balance(self, account_id: int, kind: int, asset_id: int) -> int:
        """For comparing."""
        return self.s.balances.get((account_id, kind, asset_id), 0)

    def resting(self) -> list[Order]:
        """Open and waiting orders by id."""
        return [o for _, o in sorted(self.s.orders.items()) if o.state != OrderState.TAKING]

    def clearing_balance(self, market_id: int) -> int:
        """LEDG-004's left side."""
        return self.balance(*clearing(market_id), self.s.markets[market_id].settle_asset_id)


def too_dear(amount: int, price_subticks: int, divisor: int) -> bool:
    """The engine's own limit on values, which keeps every product within 64 bits."""
    return (amount // divisor + 1) * price_subticks > VALUE_MAX_ATOMS


WITH_ACCOUNT = (
    CommandKind.DEPOSIT,
    CommandKind.WITHDRAW,
    CommandKind.TRANSFER,
    CommandKind.SET_LEVERAGE,
    CommandKind.SET_POSITION_MODE,
    CommandKind.SET_TOP_UP,
    CommandKind.PLACE_ORDER,
    CommandKind.AMEND_ORDER,
    CommandKind.CANCEL_ORDER,
    CommandKind.CANCEL_ALL,
    CommandKind.CANCEL_ALL_AFTER,
    CommandKind.SET_SELF_TRADE,
    CommandKind.SET_ASSIGNMENT,
    CommandKind.SET_RISK_LIMIT,
    CommandKind.SET_GATE,
    CommandKind.SET_ACCOUNT_STATE,
)
WITH_MARKET = (
    CommandKind.SET_LEVERAGE,
    CommandKind.SET_TOP_UP,
    CommandKind.PLACE_ORDER,
    CommandKind.CANCEL_ALL,
    CommandKind.SET_MARKET_STATE,
    CommandKind.SETTLE_MARKET,
    CommandKind.SET_RISK_LIMIT,
    CommandKind.CHANGE_TERMS,
)
WITH_ASSET = (
    CommandKind.DEPOSIT,
    CommandKind.WITHDRAW,
    CommandKind.TRANSFER,
    CommandKind.PUBLISH_INDEX,
)
