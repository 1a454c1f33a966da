"""Scripts of lessons 5 to 8."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.events import EventKind

ETHER = "PF_ETHUSD"
HOUR_PARTS = 10**6


def through_odd_trades(signal="mark", percent=-1.5, stop=True, said="mark"):
    """A long over each of the two trades far below, its stop by one of the three prices."""

    def script(me):
        for until in (130, 250):
            terms = {"stop": me.level(percent), "signal": signal} if stop else {}
            me.buy("0.0100", **terms)
            yield until
            if me.held() is not None:
                me.close()
            yield until + 10
        me.say(liquidates=said)

    return script


def rate_a_lot(me):
    """What one lot pays over the interval that runs, in dollars, from the event that set it."""
    sets = [e for e in me.world.happened() if e.kind == EventKind.FUNDING_SET]
    market = me.world.rulebook.catalog.market("PF_XBTUSD")
    parts = int(me.world.view.markets[1].atom_parts)
    return market.settle.amount(int(sets[-1].amount_atoms)) / parts


def funded(payers=("I pay", "I receive"), factor=1, close_first=False):
    """A long from the hour on, then a short for longer."""

    def script(me):
        hours = (("buy", 660, 900), ("sell", 910, 1500))
        for (side, opens, closes), payer in zip(hours, payers, strict=True):
            if opens > me.now:
                yield opens
            me.trade(side, "0.1000")
            yield opens + 5
            if not close_first:
                me.say(payer=payer, hour=round(abs(rate_a_lot(me) * 1_000) * factor, 4))
                yield closes
            me.close()
            yield closes + 1

    return script


def before_the_hour(me):
    me.buy("0.1000")
    yield 60
    me.close()


def even(me, fees=2, side=1):
    """Where a trade ends at zero with so many fees of 0.05 % counted."""
    entry, rate = me.held().entry_price, Decimal("0.0005")
    if fees < 2:
        return entry * (1 + side * rate * fees)
    return entry * (1 + side * rate) / (1 - side * rate)


def crossing(say):
    """Open at market, say the break-even price, close; then rest until filled."""

    def script(me):
        me.buy("0.1000")
        guess = say(me)
        if guess is not None:
            me.say(break_even=round(guess, 1))
        yield 40
        me.close()
        yield 50
        me.buy("0.0010", "post", price=me.level(-0.02))
        yield 350

    return script


def two_wallets(btc_isolated=True, eth_cross=True, eth_usd=2_000, **said):
    """Bitcoin and ether before the fall, and what was said after it."""
    answers = {"isolated": "its own margin", "cross": "everything in the account"} | said

    def script(me):
        me.leverage(10 if btc_isolated else None)
        me.buy(me.size(2_000))
        me.leverage(None if eth_cross else 10, ETHER)
        me.buy(me.size(eth_usd, ETHER), symbol=ETHER)
        yield 250
        me.say(**answers)

    return script


SCRIPTS = {
    "mark-last-index": {
        "learner": through_odd_trades(),
        "stop_by_last": through_odd_trades("last"),
        "no_stop": through_odd_trades(stop=False),
        "far_stop": through_odd_trades(percent=-6),
        "by_last_trade": through_odd_trades(said="last trade"),
    },
    "funding": {
        "learner": funded(),
        "payer_turned": funded(payers=("I receive", "I pay")),
        "too_early": before_the_hour,
        "amount_off": funded(factor=Decimal("0.1")),
    },
    "fees-spread-slippage": {
        "learner": crossing(even),
        "entry_price": crossing(lambda me: even(me, fees=0)),
        "one_fee": crossing(lambda me: even(me, fees=1)),
        "wrong_way": crossing(lambda me: even(me, side=-1)),
        "not_said": crossing(lambda me: None),
    },
    "isolated-or-cross": {
        "learner": two_wallets(),
        "both_isolated": two_wallets(eth_cross=False),
        "both_cross": two_wallets(btc_isolated=False),
        "other_size": two_wallets(eth_usd=1_000),
        "isolated_takes_all": two_wallets(isolated="everything in the account"),
        "cross_takes_margin": two_wallets(cross="its own margin"),
    },
}
