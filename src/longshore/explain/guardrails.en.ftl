# What guided practice asks and says where a plan made while calm meets the moment.

## A stop that is moved away

stop-widens = Moving the stop from { $before } to { $after } puts { $more } more of your practice money at risk, before slippage.
    .pro = Stop { $before } to { $after }: { $more } more practice money at risk, before slippage
stop-why = Say why, for your debrief.
why-room = It needs more room
why-level = Where I am wrong has changed
why-news = Something new happened
why-loss = I do not want this loss yet
why-other = Something else

## The moves of a stop, in a debrief

did-set = You set a stop at { $stop }.
    .pro = Stop set at { $stop }
move-unreached = The mark did not come to { $stop } afterwards: the stop there would not have acted.
    .pro = { $stop } not reached
move-worse = The mark came to { $stop }. The last { $size } were closed { $amount } worse than there.
    .pro = { $stop } reached; last { $size } closed { $amount } worse
move-better = The mark came to { $stop }. The last { $size } were closed { $amount } better than there.
    .pro = { $stop } reached; last { $size } closed { $amount } better
move-acted = The stop at { $stop } acted.
move-idle = The stop at { $stop } did not have to act.
move-again = It was moved again before it acted.
debrief-guided = Guided practice was on when this was opened.
debrief-unguided = Guided practice was off when this was opened: no guardrail asked anything.

## Near liquidation

near-full = { $market }: more than half of the safety buffer is left ({ $buffer }).
near-half = { $market }: less than half of the safety buffer is left ({ $buffer }). What do you want to do?
near-quarter = { $market }: less than a quarter of the safety buffer is left ({ $buffer }). What do you want to do?
near-tenth = { $market }: less than a tenth of the safety buffer is left ({ $buffer }). At 0% the venue closes this for you (liquidation). What do you want to do?
near-reduce = Reduce: close { $size }
near-close = Close: all { $size }
near-add = Add margin: { $amount }
near-keep = Keep it as it is
near-after = Safety buffer then: { $buffer }, { $spare } more than has to be kept. Liquidation is { $away } of the price away.
    .pro = Buffer { $buffer }, spare { $spare }, liq { $away } away
near-after-far = Safety buffer then: { $buffer }, { $spare } more than has to be kept. Price alone cannot close it then.
    .pro = Buffer { $buffer }, spare { $spare }, no liq price
near-after-nothing = Nothing is held then, so nothing can be liquidated.
near-no-add = There is no free practice money to add.
near-no-add-cross = A cross position already uses all of this money.
near-no-close = This cannot be done now.
near-chose-reduce = Reduce
near-chose-close = Close
near-chose-add = Add margin
near-chose-keep = Keep
near-chosen = { $market }: with { $buffer } of the safety buffer left you chose: { $choice }.
    .pro = { $market } buffer { $buffer }: { $choice }
