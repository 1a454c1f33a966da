"""Scripts of the exercises."""

from __future__ import annotations

FUTURE, SPOT, PERP = "FF_XBTUSD_261225", "XBT/USD", "PF_XBTUSD"
DYDX = "BTC-USD"
DAY_S = 86_400
WEEK_S = 7 * DAY_S


def with_margin(me, usd, leverage, symbol=PERP):
    """So many dollars of margin at a leverage."""
    me.leverage(leverage, symbol)
    me.buy(me.size(usd * leverage, symbol), symbol=symbol)


def three_ways(perp_usd=500, future=3, say=True, perpetual=500, there="the coins and the future",
               sells=420):  # fmt: skip
    """500 dollars in coins, future and perpetual, through the fall and back."""

    def script(me):
        me.buy(me.size(500, SPOT), symbol=SPOT)
        with_margin(me, 500, future, FUTURE)
        with_margin(me, perp_usd, 10)
        if say:
            me.say(perpetual=perpetual, there=there)
        yield sells
        if sells < 300:
            me.sell(me.study.attempt.log.trades[0].size_coins, symbol=SPOT)
        yield 520
        if sells > 300:
            me.sell(me.study.attempt.log.trades[0].size_coins, symbol=SPOT)
        if me.held(FUTURE) is not None:
            me.close(FUTURE)
        yield 560

    return script


def funding(me):
    return me.last.funding_usd


def price(me):
    return me.held(DYDX).entry_price - me.mark(DYDX)


def hedged(leverage=3, size="1", side="sell", leaves=WEEK_S + 3_700, said=funding, late=True):
    """The holding hedged for a week, closed, funding said; then the same with little margin."""

    def script(me):
        me.leverage(leverage, DYDX)
        me.trade(side, size, symbol=DYDX)
        yield leaves
        if me.held(DYDX) is None:
            return
        dollars = round(abs(said(me)), 2)
        me.close(DYDX)
        me.say(funding=dollars)
        if late:
            me.leverage(15, DYDX)
            me.trade("sell", "1", symbol=DYDX)
        yield WEEK_S + 2 * DAY_S - 3_600

    return script


def left_at(seconds):
    return hedged(leaves=seconds, late=False)


def three_people(hedge="sell", quotes=True, arbitrage=True, ends=600, perp=True, **said):
    """Hedger, market maker, arbitrageur; then who is who."""
    answers = {"keeps": "the hedger", "quotes": "the market maker", "gap": "the arbitrageur"} | said

    def script(me):
        if perp:
            me.trade(hedge, "0.1000")
        yield 150
        if quotes == "crossing":
            assert me.trade("buy", "0.0010", "post", price=me.level(6)).refused
        elif quotes:
            yield from both_sides(me)
        yield 320
        if arbitrage:
            me.buy("0.1000", symbol=SPOT)
            if perp:
                me.sell("0.1000")
        yield ends
        if arbitrage:
            me.sell("0.1000", symbol=SPOT)
        if me.held() is not None and perp:
            me.close()
        me.say(**answers)
        yield ends + 10

    return script


def both_sides(me):
    """A post-only order a side at the best price, until each was filled."""
    for side in ("buy", "sell"):
        while me.now < 310:
            best = me.best(side)
            placed = me.trade(side, "0.0010", "post", price=best)
            yield me.now + 10
            if placed.ok and me.study.attempt.log.orders[-1].filled_coins:
                break
            if placed.ok and me.study.attempt.log.orders[-1].open:
                me.cancel(placed.order_id)


def toy(*lines, **said):
    """Lines said to the toy wallet; `{venue}` and `{own}` are its addresses."""

    def script(me):
        for line in lines:
            wallet = me.study.attempt.toy()
            me.say(toy=line.format(venue=wallet.venue_address, own=wallet.own_address))
        yield me.now + 10
        if said:
            me.say(**said)
        yield me.now + 10

    return script


TEST, REST = "send 0.1 {venue} Harbour", "send 0.9 {venue} Harbour"
OUT = ("withdraw 0.6", "keep paper", "wait", "withdraw 0.4", "wait", "restore", "wait", "wait")


def at_four(leverage=10, said=True, refuses="cautious", closes="hyperliquid", rule="margin-tiers"):
    """The trade, what is said of it, the run at the four venues, and the rule."""

    def script(me):
        me.leverage(leverage)
        if said:
            me.say(refuses=refuses, closes=closes)
        me.buy(me.size(4_000))
        yield 250
        if leverage == 10:
            me.study.run_again()
            me.say(rule=rule)
        yield 260

    return script


SCRIPTS = {
    "same-money-three-ways": {
        "learner": three_ways(),
        "size_for_money": three_ways(perp_usd=50),
        "future_too_high": three_ways(future=8),
        "said_after": three_ways(say=False),
        "a_fifth_of_margin": three_ways(perpetual=100),
        "all_three": three_ways(there="all three"),
        "sold_at_the_bottom": three_ways(sells=200),
    },
    "hedge-a-holding": {
        "learner": hedged(),
        "liquidated": hedged(leverage=10),
        "long": hedged(side="buy", leaves=DAY_S, late=False),
        "not_whole": hedged(size="0.5"),
        "gave_up": left_at(DAY_S),
        "price_for_funding": hedged(said=price, late=False),
    },
    "wrong-network": {
        "learner": toy(TEST, REST, key="who holds the key there"),
        "nobody": toy(TEST, "send 0.9 {venue} Tideway"),
        "the_venues": toy(TEST, "send 0.9 {venue} Lighthouse"),
        "your_own": toy("send 0.1 {own} Harbour", "recover Harbour"),
        "no_test": toy("send 1 {venue} Harbour"),
        "luck": toy(TEST, REST, key="which coin it is"),
    },
    "four-venues": {
        "learner": at_four(),
        "other_trade": at_four(leverage=5),
        "unsaid": at_four(said=False),
        "refuses_other": at_four(refuses="hyperliquid"),
        "closes_other": at_four(closes="binance_usdm"),
        "rule_other": at_four(rule="fees"),
    },
    "your-own-keys": {
        "learner": toy(*OUT, "ignore", claim="a claim on the venue"),
        "told": toy(*OUT, "tell"),
        "cloud": toy(*(line.replace("paper", "cloud") for line in OUT)),
        "no_words": toy("withdraw 0.6", "wait", "wait", "restore"),
        "left_at_the_venue": toy("keep paper", "wait", "withdraw 1"),
        "the_coins": toy(*OUT, "ignore", claim="the coins"),
    },
    "who-needs-perps": {
        "learner": three_people(),
        "long": three_people(hedge="buy"),
        "crossed": three_people(quotes="crossing"),
        "gap_too_small": three_people(ends=330),
        "one_leg": three_people(perp=False, quotes=False),
        "mixed_up": three_people(gap="the hedger"),
    },
}
