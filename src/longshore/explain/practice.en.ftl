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
came-gave = { $label } brought { $amount }
came-took = { $label } cost { $amount }

## A position elsewhere

ahead-now = now
ahead-in = in { $time }
ahead-same = stays at { $price }
ahead-higher = rises { $pct } to { $price }
ahead-lower = falls { $pct } to { $price }
ahead-held = If the mark price { $way } { $time }, closing leaves you about { $result }: { $parts }.
    .pro = Mark { $way } { $time }: about { $result } · { $parts }
ahead-closed = The venue closes this for you (liquidation) on the way, at a mark of { $price } { $time }. By then you are about { $result }: { $parts }. What closing costs comes on top.
    .pro = Liquidated at { $price } { $time }: about { $result } before closing costs · { $parts }

## A plan before an order

reason-lesson = Practising a lesson
reason-breakout = Breakout
reason-fade = Fade
reason-trend = Trend
reason-hedge = Hedge
reason-copied = Copying someone
reason-other = Something else
plan-start = Values to start from, not advice: lose at most { $loss }, a hundredth of what you have; a stop { $pct } of the price away; a target twice as far.
    .pro = Start values: loss { $loss }, stop { $pct } away, target twice as far
plan-size = The size is { $size }: if the mark goes to { $stop }, you lose about { $loss }, with { $fees } in fees and { $slippage } in spread and slippage as the book is now.
    .pro = { $size }: at { $stop } lose { $loss } (fees { $fees }, slippage { $slippage })
plan-least = Even the smallest size, { $size }, would lose about { $loss } at { $stop }: { $fees } of it are fees, { $slippage } spread and slippage.
    .pro = Least size { $size }: at { $stop } lose { $loss } (fees { $fees }, slippage { $slippage })
plan-book = The book holds no more than { $size } there now, so you would risk less than you named.
    .pro = Limited by the book: { $size }
plan-target = At { $target } you keep about { $amount }, fees taken off: { $ratio } times what you risk.
    .pro = { $target }: keep { $amount } · { $ratio }x risk
plan-target-loses = At { $target } you would still lose about { $amount }, fees included: { $ratio } times what you risk.
    .pro = { $target }: lose { $amount } · { $ratio }x risk
plan-hold = You mean to close after { $time } at the latest. The venue does not do that for you.
    .pro = Hold at most { $time }, by hand
plan-no-book = Nobody offers a price here now, so no size can be found.
