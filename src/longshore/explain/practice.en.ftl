# What practice says: a position elsewhere, a plan before an order, a debrief after a close.

## What something came to

came-price = price
came-funding = funding
came-fees = fees
came-slippage = spread and slippage
came-others = liquidation
came-up = up { $amount }
came-down = down { $amount }
came-even = even
came-gave = { $label } gives { $amount }
came-took = { $label } takes { $amount }

## A position elsewhere

ahead-now = now
ahead-in = in { $time }
ahead-same = where it is
ahead-higher = { $pct } of its price higher
ahead-lower = { $pct } of its price lower
ahead-held = With the mark { $way }, at { $price } { $time }, closing leaves you about { $result }: { $parts }.
    .pro = { $price } { $time }: about { $result } · { $parts }
ahead-closed = The venue closes this for you (liquidation) on the way, at a mark of { $price } { $time }. By then you are about { $result }: { $parts }. What closing costs comes on top.
    .pro = Liquidated at { $price } { $time }: about { $result } before closing costs · { $parts }
