"""Scripts of the drills that have worlds of their own."""

from __future__ import annotations

from decimal import Decimal

ETHER = "PF_ETHUSD"


def two_coins(isolated=True, ether=True, btc_usd=4_000, closes=None):
    """Bitcoin and ether before the crash of bitcoin."""

    def script(me):
        me.leverage(10 if isolated else None)
        me.buy(me.size(btc_usd))
        if ether:
            me.leverage(None, ETHER)
            me.buy(me.size(2_000, ETHER), symbol=ETHER)
        if closes is not None:
            yield closes
            me.close()
        yield 240

    return script


def two_falls(leverage=10, cut=None, margin=None, closes=230):
    """A long over both falls; in the pause a part is closed, or margin put to it."""

    def script(me):
        me.leverage(leverage)
        me.buy("0.0200")
        yield 110
        if cut is not None:
            me.close(part=cut)
        if margin is not None:
            me.add_margin(margin)
        yield closes
        if me.held() is not None:
            me.close()
        yield closes + 10

    return script


def scalps(fees=1, eaten=None, hold_s=6, one=False):
    """Ten round trips, and what is said of them; `fees` is a factor on what they cost."""

    def script(me):
        for turn in range(10):
            me.trade("buy" if turn % 2 else "sell", "0.0500")
            yield me.now + hold_s
            me.close()
            yield me.now + 2
        trades = me.study.attempt.log.trades
        paid = trades[0].fees_usd if one else sum(t.fees_usd for t in trades)
        lost = [t for t in trades if t.pnl_usd > 0 and t.net_usd < 0]
        count = len(lost) if eaten is None else eaten(lost)
        me.say(fees=round(paid * Decimal(str(fees)), 2), eaten=count)

    return script


def paused(pause="two minutes", waits=(130, 130), factor=1, stop=True, move=None):
    """A loss, then two trades, each so many seconds after the last one was closed."""

    def script(me):
        me.say(pause=pause)
        me.buy("0.0100", stop=me.level(-1))
        yield 110
        for wait in waits:
            ended = me.last.closed_s
            if ended + wait > me.now:
                yield ended + wait
            size = Decimal("0.0100") * factor
            opened = me.buy(size, **({"stop": me.level(-1)} if stop else {}))
            if move is not None:
                me.cancel(opened.order_id + 1)
            yield me.now + 60
            if me.held() is not None:
                me.close()
            yield me.now + 1

    return script


SCRIPTS = {
    "one-crash-two-wallets": {
        "learner": two_coins(),
        "took_both": two_coins(isolated=False),
        "no_ether": two_coins(ether=False),
        "left_before": two_coins(closes=40),
        "far_too_small": two_coins(btc_usd=1_000),
    },
    "add-margin-or-cut-size": {
        "learner": two_falls(cut=0.6),
        "liquidated": two_falls(leverage=20),
        "added_margin": two_falls(margin=200),
        "left_before": two_falls(closes=120),
        "no_pressure": two_falls(leverage=4),
        "cut_too_little": two_falls(cut=0.1),
    },
    "ten-scalps": {
        "learner": scalps(),
        "one_fee": scalps(one=True),
        "nothing_eaten": scalps(eaten=lambda lost: len(lost) - 1),
        "all_losses": scalps(eaten=lambda lost: 10),
        "held_long": scalps(hold_s=64),
        "fees_off": scalps(fees=0.5),
    },
    "after-a-loss": {
        "learner": paused(),
        "at_once": paused(waits=(5,)),
        "larger": paused(factor=3),
        "no_stop": paused(stop=False),
        "no_pause": paused(pause="none"),
        "moved_away": paused(move=3),
    },
}
