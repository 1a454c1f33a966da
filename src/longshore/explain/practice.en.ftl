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

## A debrief after a close

debrief-head = Your { $side } of { $size }, held { $time }, ended by: { $cause }. It came to: { $result }.
    .pro = { $side } { $size } · { $time } · { $cause } · { $result }
debrief-exit = { $price } ({ $cause })
debrief-row-entry = Entry
debrief-row-stop = Stop
debrief-row-size = Size
debrief-row-limit = Most to lose, and result
debrief-row-hold = Time held
debrief-row-exit = Exit
fact-plan-kept = There was a plan before the order.
fact-plan-broken = There was no plan before the order.
fact-stop-kept = The stop stayed where it was planned, or came closer.
fact-stop-broken = The stop was moved away, taken out, or never there.
fact-size-kept = The size was never above the plan.
fact-size-broken = The size was above the plan.
fact-limit-kept = At the stop there was never more to lose than accepted.
fact-limit-broken = At times there was more to lose than accepted.
fact-debrief-kept = The debrief was gone through.
fact-debrief-broken = The debrief has not been gone through yet.
rule-plan = One rule to try: no order that opens risk without a plan.
rule-stop = One rule to try: a stop moves closer, never away.
rule-size = One rule to try: adding needs a plan of its own, before.
rule-limit = One rule to try: no position without a stop at which the loss is one you accepted.
moment-flat = { $time }: the mark is at { $mark }, and you hold nothing here.
    .pro = { $time } · mark { $mark } · flat
moment-held = { $time }: the mark is at { $mark }. You hold { $size }; your stop is at { $stop }.
    .pro = { $time } · mark { $mark } · { $size } · stop { $stop }
moment-after = { $did } It ended by: { $cause }, and came to: { $result }.
    .pro = { $did } End: { $cause }, { $result }
did-opened = You opened it.
did-added = You added to it.
did-reduced = You made it smaller.
did-widened = You moved the stop away, from { $before } to { $stop }.
    .pro = Stop { $before } to { $stop }, away
did-tightened = You moved the stop closer, from { $before } to { $stop }.
    .pro = Stop { $before } to { $stop }, closer
did-removed = You took the stop at { $before } out.
    .pro = Stop { $before } out
did-closed = You closed it by hand.
choice-leave = Change nothing
choice-close = Close
choice-half = Close half
choice-opened-did = Open it
choice-opened-leave = Do not open it
choice-added-did = Add to it
choice-reduced-did = Make it smaller
choice-widened-did = Move the stop away
choice-tightened-did = Move the stop closer
choice-removed-did = Take the stop out
choice-closed-did = Close by hand
notice-flat = { $market }: you hold nothing here any more.
    .pro = { $market } flat
ways-told = The same { $money } of practice money three ways, through the same prices: a fall and the way back. The two contracts are bought at { $lev } times leverage.
    .pro = { $money } in spot, dated and perpetual at { $lev }x, isolated, same prices
ways-spot = Coins
ways-future = Dated future
ways-perpetual = Perpetual
ways-still-there = { $way }: still there at the end, with { $kept }.
ways-closed-for-you = { $way }: closed for you (liquidation) at { $time }, with { $kept } left. What the price did afterwards no longer counted for it.
ways-cut-for-you = { $way }: closed for you (liquidation) from { $time } on, all but { $left }; { $kept } are left.
ways-hold = What you hold
    .spot = { $size }. They are yours: { $value } paid in full.
    .future = A contract on { $size }, worth { $value }; you own no { $coin }.
    .perpetual = A contract on { $size }, worth { $value }; you own no { $coin }.
ways-expiry = End
    .spot = None.
    .future = { $ends }; it is settled then.
    .perpetual = None; funding is paid or received at intervals instead.
ways-leverage = Leverage
    .spot = 1: { $money } buy { $value } of { $coin }.
    .future = { $lev }: { $money } stand behind { $value }.
    .perpetual = { $lev }: { $money } stand behind { $value }.
ways-closed = Can it be closed for you?
    .spot = No. Nobody can sell your coins but you.
    .future = Yes, at a mark of { $limit }, whatever the price does afterwards.
    .perpetual = Yes, at a mark of { $limit }, whatever the price does afterwards.
ways-use = What it is mainly used for
    .spot = To own { $coin }: to keep it, move it, pay with it.
    .future = To fix a price until a known date, as a hedge or a view.
    .perpetual = To hedge { $coin } you own, or to hold a view without a date.
ways-risks = Main risks
    .spot = The price falls; the coins are lost or stolen.
    .future = Liquidation before the date; less trading, so a wider spread.
    .perpetual = Liquidation; funding that adds up; loss grows with leverage.
