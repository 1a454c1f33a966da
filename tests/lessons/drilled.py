"""Scripts of the drills on the shipped scenarios."""

from __future__ import annotations

from decimal import Decimal

from tests.lessons.second import rate_a_lot


def long(leverage=3, size="0.0200", opens=20, closes=200, **terms):
    """A long from one second to another; `stop` in percent from mark; `say` before it is closed."""
    stop, say = terms.pop("stop", None), terms.pop("say", None)
    side = terms.pop("side", "buy")

    def script(me):
        if opens > 20:
            yield opens
        me.leverage(leverage)
        placed = me.trade(side, size, **({"stop": me.level(stop)} if stop else {}))
        assert placed.ok, placed
        if closes is None:
            yield 220
            return
        yield closes
        if say is not None:
            me.say(**say(me))
        if me.held() is not None:
            me.close()
        yield closes + 2

    return script


def squeezed(side="buy", opens=660, factor=1, say=True, hold_s=300):
    """A position after (or before) the full hour, its cost of an hour said."""

    def script(me):
        yield opens
        me.trade(side, "0.1000")
        yield opens + 2
        if say:
            me.say(hour=round(abs(rate_a_lot(me) * 1_000) * Decimal(factor), 4))
        yield opens + hold_s
        me.close()
        yield opens + hold_s + 2

    return script


def left_by_limit(me, reduce_only=True):
    """A limit order a little below mark while nobody quotes."""
    me.leverage(3)
    me.buy("0.0050")
    yield 75
    price = me.level(-1.5)
    placed = me.sell("0.0050", "limit", price=price, reduce_only=reduce_only)
    yield 290
    assert placed.ok


def left_by_market(me):
    me.leverage(3)
    me.buy("0.0050")
    yield 75
    me.close()
    yield 100


def left_by_a_plain_limit(me):
    yield from left_by_limit(me, reduce_only=False)


def bids(me, size="0.0200"):
    """The average price of a sale of this size into the book, tried on a branch of the world."""
    with me.world.branch(f"{me.name.replace('_', '-')}-{me.now}") as branch:
        sold = branch.place(me.name, "PF_XBTUSD", "sell", size, reduce_only=True)
    return {"exit": sold.average_price}


def in_the_outage(me):
    me.leverage(3)
    me.buy("0.0200")
    yield 100
    assert me.close().refused == "MARKET_HALTED"
    yield 102


def short(said=None, leverage=20, closes=None, side="sell"):
    """A position over the fall by a quarter, said where it will end."""

    def script(me):
        me.leverage(leverage)
        me.trade(side, "0.0100")
        if said is not None:
            me.say(exit=me.level(said))
        if closes is not None:
            yield closes
            me.close()
        yield 120

    return script


def on_ether(said=None, factor=1, closes=None, opens=20):
    """A cross long of bitcoin whose margin is ether; the worth at which it ends, said."""

    def script(me):
        if opens > 20:
            yield opens
        me.buy(me.size(100_000))
        yield opens + 3
        if said is not None:
            me.say(worth=round(said(me.held()) * Decimal(factor), 2))
        if closes is not None:
            yield closes
            me.close()
        yield 250

    return script


def maintenance(held):
    return held.maintenance


def until_the_end(said=None, closes=None, late=False):
    def script(me):
        me.leverage(3)
        me.buy("0.0200")
        yield 40
        if said is not None:
            me.say(settled=me.level(said))
        if closes is not None:
            yield closes
            me.close()
        yield 130
        if late:
            assert me.trade("sell", "0.0200", reduce_only=True).refused == "MARKET_EXPIRED"
        yield 140

    return script


def auctioned(said=0, price=0.5, at=100, type="limit", refused=""):
    """An order into the auction, its price said before."""

    def script(me):
        yield at
        me.say(price=me.level(said))
        terms = {"price": me.level(price)} if type == "limit" else {}
        placed = me.trade("buy", "0.0200", type, **terms)
        assert placed.refused == refused, placed
        yield 200

    return script


def targeted(target=1.0, reduce_only=True):
    """A long and its resting target, closed by hand before the price gets there."""

    def script(me):
        me.leverage(3)
        me.buy("0.0100")
        if target is not None:
            price = me.level(target)
            me.sell("0.0100", "limit", price=price, reduce_only=reduce_only)
        yield 45
        me.close()
        yield 180

    return script


SCRIPTS = {
    "wait-it-out": {
        "learner": long(leverage=10, size="0.0100", closes=80),
        "waited": long(leverage=10, size="0.0100"),
        "left_before": long(leverage=10, size="0.0100", closes=40),
        "no_pressure": long(leverage=5, size="0.0100", closes=90),
        "too_late": long(leverage=10, size="0.0100", closes=104),
    },
    "orphan-order": {
        "learner": targeted(),
        "opened_a_short": targeted(reduce_only=False),
        "left_behind": targeted(target=5, reduce_only=False),
        "no_target": targeted(target=None),
    },
    "flash-crash": {
        "learner": long(),
        "liquidated": long(leverage=20),
        "sold_in_the_wick": long(stop=-5),
        "came_after": long(opens=90),
        "left_before": long(closes=40),
    },
    "funding-squeeze": {
        "learner": squeezed(),
        "short": squeezed(side="sell"),
        "nothing_paid": squeezed(opens=60, hold_s=120, say=False),
        "unsaid": squeezed(say=False),
        "off": squeezed(factor="0.1"),
    },
    "weekend-gap": {
        "learner": long(leverage=4, size="0.0020"),
        "liquidated": long(leverage=40, size="0.0020"),
        "by_stop": long(leverage=4, size="0.0020", stop=-3),
        "no_choice": long(leverage=1, size="0.0020"),
        "absent": long(opens=90, size="0.0020"),
    },
    "maker-withdrawal": {
        "learner": left_by_limit,
        "market_order": left_by_market,
        "by_stop": long(size="0.0050", stop=-1.5, closes=280),
        "left_before": long(size="0.0050", closes=40),
        "not_reduce_only": left_by_a_plain_limit,
    },
    "stale-feed": {
        "learner": long(leverage=20, closes=110, say=bids),
        "waited": long(leverage=20, closes=None),
        "left_before": long(leverage=20, closes=40),
        "unsaid": long(leverage=20, closes=100),
        "off": long(leverage=20, closes=90, say=lambda me: {"exit": me.level(2)}),
    },
    "outage-in-a-crash": {
        "learner": long(closes=180),
        "liquidated": long(leverage=20, closes=180),
        "tried_in_the_outage": in_the_outage,
        "by_stop": long(stop=-5, closes=200),
        "absent": long(opens=180, closes=200),
    },
    "insurance-drained": {
        "learner": short(said=-5),
        "long": short(side="buy"),
        "at_the_bottom": short(said=-24),
        "by_hand": short(closes=40),
        "unsaid": short(),
    },
    "collateral-depeg": {
        "learner": on_ether(maintenance),
        "at_zero": on_ether(maintenance, factor="0.1", opens=26),
        "initial_margin": on_ether(maintenance, factor=2, opens=32),
        "unsaid": on_ether(opens=38),
        "left": on_ether(closes=70, opens=44),
    },
    "delisting": {
        "learner": until_the_end(said=0),
        "settled_unsaid": until_the_end(),
        "settled_otherwise": until_the_end(said=-5),
        "too_late": until_the_end(late=True),
    },
    "halt-and-auction": {
        "learner": auctioned(),
        "in_the_halt": auctioned(at=70, refused="MARKET_HALTED"),
        "market_order": auctioned(type="market", refused="MARKET_IN_AUCTION"),
        "not_reached": auctioned(price=-9),
        "price_off": auctioned(said=-6),
    },
}
