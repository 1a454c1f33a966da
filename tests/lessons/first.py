"""Scripts of lessons 1 to 4."""

from __future__ import annotations

from decimal import Decimal

FUTURE = "FF_XBTUSD_261225"
SPOT = "XBT/USD"


def three_ways(me, leverage=6, future_usd=500):
    me.buy(me.size(500, SPOT), symbol=SPOT)
    me.leverage(leverage, FUTURE)
    me.buy(me.size(future_usd, FUTURE), symbol=FUTURE)
    me.leverage(leverage)
    me.buy(me.size(500))


def owning_right(me):
    three_ways(me)
    yield 200
    me.say(withdraw="the coins", closed_for_me="the future and the perpetual", ends="the future")


def owning_sold(me):
    three_ways(me)
    yield 100
    me.sell(me.study.attempt.log.trades[0].size_coins, symbol=SPOT)
    yield 200


def owning_no_leverage(me):
    three_ways(me, leverage=1)
    yield 200


def owning_other_size(me):
    three_ways(me, future_usd=5_000)
    yield 200


def owning_said(**wrong):
    said = {"withdraw": "the coins", "closed_for_me": "the future and the perpetual"}
    said |= {"ends": "the future"} | wrong

    def script(me):
        three_ways(me)
        yield 200
        me.say(**said)

    return script


def positions(*turns, hold_s=10):
    """Open and close, saying what a function of the mark says: (leverage, size, said)."""

    def script(me):
        for leverage, size, said in turns:
            me.leverage(leverage)
            if said is not None:
                me.say(margin=round(said(me.mark() * Decimal(size), leverage), 2))
            me.buy(size)
            yield me.now + hold_s
            me.close()
            yield me.now + 2

    return script


def margin(value, leverage):
    return value / leverage


def whole(value, _):
    return value


def doubled(value, leverage):
    return value / leverage * 2


def told(me, side, of_margin=None, of_price=None, sign=1):
    """Say what the open position has come to, as its figures stand."""
    held = me.held()
    move = (me.mark() - held.entry_price) * (1 if side == "buy" else -1)
    gain, value = move * abs(held.size), held.entry_price * abs(held.size)
    figures = {"usd": gain, "of_price": gain / value * 100, "of_margin": gain / value * 1_000}
    figures["of_margin"] = figures[of_margin or "of_margin"]
    figures["of_price"] = figures[of_price or "of_price"]
    me.say(**{name: round(sign * each, 6) for name, each in figures.items()})


def profits(**how):
    """A long over the rise and a short over the fall, each told, then closed."""

    def script(me):
        me.leverage(10)
        for side, until in (("buy", 150), ("sell", 330)):
            me.trade(side, "0.0500")
            yield until
            if how.get("say", True):
                told(me, side, **{k: v for k, v in how.items() if k != "say"})
            me.close()
            yield until + 20

    return script


def liquidated(said, act=None):
    """Opened before each fall at 20 times; `said` gives the price; `act` before the third."""

    def script(me):
        me.leverage(20)
        for at in (210, 390):
            me.buy("0.0500")
            guess = said(me)
            if guess is not None:
                me.say(liquidation=round(guess, 1))
            yield at
        if act is not None:
            me.buy("0.0500")
            yield 420 + act
            me.close()
            yield 500

    return script


def as_the_venue(me):
    return me.held().liquidation_price


def margin_gone(me):
    return me.held().entry_price * Decimal("0.95") - 800


def above(me):
    return me.held().entry_price * Decimal("1.04")


def half_way(me):
    return me.held().entry_price * Decimal("0.975")


SCRIPTS = {
    "owning-and-exposure": {
        "learner": owning_right,
        "sold_the_coins": owning_sold,
        "no_leverage": owning_no_leverage,
        "other_size": owning_other_size,
        "contracts_withdrawn": owning_said(withdraw="the perpetual"),
        "coins_closed": owning_said(closed_for_me="all three"),
        "perpetual_ends": owning_said(ends="the perpetual"),
    },
    "size-margin-leverage": {
        "learner": positions((2, "0.01", margin), (5, "0.01", margin), (10, "0.01", margin)),
        "whole_value": positions((5, "0.01", whole)),
        "size_changed": positions((2, "0.01", margin), (4, "0.02", margin)),
        "same_leverage": positions((5, "0.01", margin), (5, "0.01", margin)),
        "not_said": positions((5, "0.01", None)),
        "far_off": positions((5, "0.01", doubled)),
    },
    "profit-three-ways": {
        "learner": profits(),
        "wrong_sign": profits(sign=-1),
        "price_for_margin": profits(of_margin="of_price"),
        "margin_for_price": profits(of_price="of_margin"),
        "closed_unsaid": profits(say=False),
    },
    "liquidation-is-a-rule": {
        "learner": liquidated(as_the_venue, act=25),
        "at_zero": liquidated(margin_gone),
        "wrong_side": liquidated(above),
        "not_said": liquidated(lambda me: None),
        "too_late": liquidated(as_the_venue, act=50),
        "too_near": liquidated(half_way),
    },
}
