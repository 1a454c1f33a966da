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
    .pro = { $stop } acted
move-idle = The stop at { $stop } did not have to act.
    .pro = { $stop } not needed
move-again = It was moved again before it acted.
debrief-guided = Guided practice was on when this was opened.
debrief-unguided = Guided practice was off when this was opened: no guardrail asked anything.

## Near liquidation

near-full = { $market }: more than half of the safety buffer is left ({ $buffer }).
    .pro = { $market } buffer { $buffer }
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

## A session: its limits, and pauses after losses

pause-losses = { $losses } positions in a row ended with a loss. New risk waits { $time }; closing and reducing always work.
    .pro = Pause { $time }: { $losses } losing closes in a row; closing and reducing work
pause-limit = This session has lost as much as you set before. New risk waits { $time }; closing and reducing always work.
    .pro = Pause { $time }: session loss limit; closing and reducing work
pause-ends = The pause ends in { $time }, as you asked. Closing and reducing always work.
    .pro = Pause ends in { $time }, as asked
pause-override = End the pause in { $delay }
pause-none = There is no pause to end.
pause-stays = A pause lasts { $time } more. Guided practice can be switched off after it.
    .pro = Pause { $time }: Guided stays on
held-up-pause = New risk waits { $time } more, after losses. Closing and reducing always work.
    .pro = Pause { $time }: reduce and close only
held-up-trades = This session's { $most } trades are opened. You set this number before it began.
    .pro = Session trades used: { $most }
held-up-leverage = Above the { $most }x that you set for this session before it began.
    .pro = Session leverage limit { $most }x
held-up-loss = This plan accepts to lose more than the { $left } that this session may still lose.
    .pro = Session may still lose { $left }
session-without = No limits are set. Positions opened since Guided was switched on: { $trades }.
    .pro = No limits · { $trades } trades
session-loss = Lost so far: { $lost } of { $most } in practice money.
    .pro = Lost { $lost } of { $most }
session-trades = Positions opened: { $trades } of { $most }.
    .pro = Trades { $trades } of { $most }
session-leverage = Leverage: at most { $most }x.
    .pro = Leverage max { $most }x
limits-not-flat = Limits are set while nothing is held and no order waits.
limits-not-calm = Limits are set { $calm } after the last trade, and after they were last set: in { $time }.
    .pro = Limits can be set in { $time }

## A trade that is copied

copied-told = Somebody's { $side } in { $market }, wrong at { $stop }. Why you would do it, and the most you accept to lose, are yours to say.
    .pro = Copied { $side } { $market }, wrong at { $stop }: reason and limit are yours
copied-none = No trade can be read from this here.
