# Every sentence the learner reads. Numbers come in already written; no sentence counts anything.
# Words: you and present tense, one fact a sentence, money first, then a percentage with its base.
# "Closed for you by the venue" is liquidation. Costs are paid or received, never plus or minus.

## Before an order

before-long = You would hold a contract worth { $value }, using { $margin } of practice money ({ $lev } times). You gain when the price rises and lose when it falls. You would not own any { $coin }.
    .pro = Long { $value } · margin { $margin } · { $lev }x
before-short = You would be short { $size }, worth { $value }, using { $margin } of practice money ({ $lev } times). You gain when the price falls and lose when it rises. There is no upper limit to how far a price can rise.
    .pro = Short { $size } · { $value } · margin { $margin } · { $lev }x
before-flat = You would hold nothing in { $market } any more.
    .pro = { $market } flat
before-waits = Nothing happens now: the order waits until the { $signal } reaches { $trigger }.
    .pro = Waits for { $signal } { $trigger }
before-rests = Nothing trades now: the order rests in the book at { $price } until someone meets it, or you cancel it.
    .pro = Rests at { $price }
before-part-rests = { $taken } would trade now; the rest, { $left }, waits in the book at { $price }.
    .pro = Now { $taken } · rests { $left } at { $price }
before-part-ends = { $taken } would trade now; for the rest, { $left }, the book has no price within your limit, so it ends.
    .pro = Now { $taken } · ends { $left }, no price left within the limit
before-spot-buy = You would own { $size } for { $value }. It can lose value, but nobody can close it for you.
    .pro = Spot: buys { $size } for { $value }
before-spot-sell = You would sell { $size } for { $value }.
    .pro = Spot: sells { $size } for { $value }
before-if-filled = If it fills: { $sentence }
    .pro = If filled: { $sentence }

submit-open-long = Open long: buy { $size }
submit-open-short = Open short: sell { $size }
submit-add-long = Add to long: buy { $size }
submit-add-short = Add to short: sell { $size }
submit-reduce-long = Reduce long: sell { $size }
submit-reduce-short = Reduce short: buy { $size }
submit-close-long = Close long: sell { $size }
submit-close-short = Close short: buy { $size }
submit-flip-long = Turn short: sell { $size }
submit-flip-short = Turn long: buy { $size }
submit-spot-buy = Buy { $size }
submit-spot-sell = Sell { $size }

## What is at stake

at-stake-isolated = The most this position can take is its margin, { $margin }, plus costs already paid. The rest of your account is not used.
    .pro = At stake: isolated, { $margin }
at-stake-cross = This position can use your whole account, { $equity }. A loss here can close your other positions too.
    .pro = At stake: cross, equity { $equity }

## Liquidation

liquidation-long = If the mark price falls { $dist_pct } ({ $dist_usd }) to { $liq }, the venue closes this for you (liquidation).
    .pro = Liq { $liq } · { $dist_pct } below mark ({ $dist_usd })
liquidation-short = If the mark price rises { $dist_pct } ({ $dist_usd }) to { $liq }, the venue closes this for you (liquidation).
    .pro = Liq { $liq } · { $dist_pct } above mark ({ $dist_usd })
liquidation-moves = That is about { $moves } typical daily moves, measured over { $days } days.
    .pro = { $moves } daily moves ({ $days } d)
liquidation-days = { $coin } has moved that far against a { $side } in one day on { $days_n } of the last { $days_m } days in this data.
    .pro = { $coin } that far against a { $side }: { $days_n } of { $days_m } days
liquidation-range = With your other positions as they are now, this account would be closed when { $coin } reaches somewhere between { $liq_lo } and { $liq_hi }.
    .pro = Cross range { $coin }: { $liq_lo } to { $liq_hi }
liquidation-none = Price alone cannot close this position at the current settings. Funding and fees still can over time.
    .pro = Liq by price: none
liquidation-unknown = There is no mark price yet, so the liquidation price is not known.
    .pro = Liq not known: no mark yet
liquidation-now = The mark price has reached your liquidation price: the venue is closing this for you.
    .pro = At liq: being closed

## Holding

own-long = You own no { $coin }. You hold a contract worth { $value }, backed by { $margin } of practice money.
    .pro = Long { $coin } · { $value } · margin { $margin }
own-short = You owe no { $coin }. You hold a contract that gains when { $coin } falls, worth { $value }, backed by { $margin } of practice money.
    .pro = Short { $coin } · { $value } · margin { $margin }
profit-up = You are up { $pnl } before costs: { $pct_margin } of your margin, { $pct_price } of the price.
    .pro = Up { $pnl } · { $pct_margin } of margin · { $pct_price } of price, before costs
profit-down = You are down { $pnl } before costs: { $pct_margin } of your margin, { $pct_price } of the price.
    .pro = Down { $pnl } · { $pct_margin } of margin · { $pct_price } of price, before costs
profit-even = You are even before costs.
    .pro = Even before costs
break-even-long = The price must reach { $breakeven } for you to end at zero: { $fees } in fees and { $funding } so far.
    .pro = Break-even { $breakeven } · fees { $fees } · { $funding }
break-even-short = The price must come down to { $breakeven } for you to end at zero: { $fees } in fees and { $funding } so far.
    .pro = Break-even { $breakeven } (lower) · fees { $fees } · { $funding }
break-even-none = What you have already taken out of this position is more than it can cost you now.
    .pro = Break-even: any price
funding-part-paid = { $amount } of funding paid
funding-part-received = { $amount } of funding received
funding-part-none = no funding
funding-you-paid = you paid { $amount }
funding-you-received = you received { $amount }
funding-pay = In { $countdown } you pay about { $amount } because { $payer } are paying { $receiver }. At this rate that is { $per_day } a day, or { $pct_margin } of your margin.
    .pro = Pays { $amount } in { $countdown } · { $payer } pay { $receiver } · { $per_day } a day, { $pct_margin } of margin
funding-receive = In { $countdown } you receive about { $amount } because { $payer } are paying { $receiver }. The rate can change sign before then.
    .pro = Receives { $amount } in { $countdown } · { $payer } pay { $receiver }
funding-zero = No funding is due in { $countdown }: the rate is zero now.
    .pro = No funding in { $countdown }
fee-base = The fee is { $fee }: { $fee_rate } of the position value, which is { $fee_pct_margin } of your margin.
    .pro = Fee { $fee } · { $fee_rate } of value · { $fee_pct_margin } of margin
fee-rebate = The venue pays you { $fee } for this fill: { $fee_rate } of its value.
    .pro = Rebate { $fee } · { $fee_rate } of value
added-margin = You added { $amount }. Your size did not change. Liquidation moved from { $liq_old } to { $liq_new }, { $dist_pct } away.
    .pro = Added { $amount } · liq { $liq_old } to { $liq_new }, { $dist_pct } from mark
stop-beyond = Your stop at { $stop } would come after liquidation at { $liq }, so it could not act. Move the stop closer, use less leverage, or add margin.
    .pro = Stop { $stop } lies beyond liq { $liq }
stop-wrong-side = Your stop at { $stop } lies on the wrong side of the price: it would fire at once.
    .pro = Stop { $stop } would fire at once
size-after-loss = This order is { $ratio } times your usual size, { $minutes } after a loss of { $loss }.
    .pro = Size { $ratio }x of usual · { $minutes } after a loss of { $loss }

buffer-over-half = Safety buffer left: { $buffer }. At 0% the venue closes this for you.
    .pro = Buffer { $buffer } of full
buffer-under-half = Safety buffer left: { $buffer }, less than half. Reducing, closing or adding margin moves you further from 0%.
    .pro = Buffer { $buffer } of full, below half
buffer-under-quarter = Safety buffer left: only { $buffer }, less than a quarter. Reducing, closing or adding margin moves you further from 0%.
    .pro = Buffer { $buffer } of full, below a quarter
buffer-under-tenth = Safety buffer left: only { $buffer }. The venue closes this for you at 0%.
    .pro = Buffer { $buffer } of full, below a tenth

## Liquidation told

liquidated = At { $time } your equity ({ $equity }) fell below the required { $maint }. The venue closed { $closed } for you (liquidation).
    .pro = { $time } liquidated: equity { $equity } < maintenance { $maint } · closed { $closed }
liquidated-part = At { $time } your equity ({ $equity }) fell below the required { $maint }. The venue closed { $closed } for you (partial liquidation); { $left } stay open.
    .pro = { $time } liquidated in part: equity { $equity } < maintenance { $maint } · closed { $closed } · open { $left }
liquidated-orders = At { $time } your equity ({ $equity }) fell below the required { $maint }. Ending your open orders was enough: no position was closed.
    .pro = { $time } equity { $equity } < maintenance { $maint } · orders ended, no position closed
liquidated-first = At { $time } your equity ({ $equity }) fell below the required { $maint }. The venue began to close your position (liquidation).
    .pro = { $time } liquidation began: equity { $equity } < maintenance { $maint }
liquidated-series = In { $count } liquidations until { $until } it closed { $closed } on average. Nothing stays open.
    .pro = { $count } liquidations until { $until } · closed { $closed } on average
liquidated-series-part = In { $count } liquidations until { $until } it closed { $closed } on average; { $left } stay open.
    .pro = { $count } liquidations until { $until } · closed { $closed } on average · open { $left }
closed-at = { $size } at { $px }
liquidated-where = Where { $lost } went: { $parts }.
    .pro = Lost { $lost }: { $parts }
liquidated-list = { $label } { $amount }
liquidated-back = Of { $start } you put in, { $end } came back to you.
    .pro = In { $start } · back { $end }
liquidated-left = Of { $start } you put in, { $end } is left; the position goes on.
    .pro = In { $start } · left { $end } · still open
liquidated-wallet = Your wallet held { $start } in { $unit } and holds { $end } now; open positions and other money are not counted.
    .pro = Wallet { $start } to { $end } ({ $unit }), positions not counted
unit-dollars = dollars
liquidated-less-than-a-cent = Of { $start } you put in, less than a cent came back.
    .pro = In { $start } · back less than a cent
liquidated-nothing-back = Of { $start } you put in, nothing came back.
    .pro = In { $start } · back nothing
liquidated-moved = Costs after you opened had moved your liquidation price from { $liq_old } to { $liq_new }.
    .pro = Costs moved liq { $liq_old } to { $liq_new }
mark-vs-last = You were closed on the mark price, { $mark }. The last trade was { $last }. This rule set uses the mark price so that one odd trade cannot close you.
    .pro = Trigger mark { $mark } · last { $last }
mark-only = You were closed on the mark price, { $mark }. This rule set uses the mark price so that one odd trade cannot close you.
    .pro = Trigger mark { $mark }
deleveraged = Your profitable { $side } was reduced by { $size } at { $px } because losing traders could not cover their loss and the insurance fund could not cover it either. You were not at fault; you kept { $kept }.
    .pro = ADL: { $side } cut by { $size } at { $px } · kept { $kept }

part-price = price
part-price-of = price of { $coin }
part-funding = funding
part-fees = fees
part-liquidation = liquidation
part-others = covered by others
part-gained = { $label } (gained)
put-balance = in the wallet before
put-margin = margin moved in
put-top-up = topped up by itself, before a liquidation
put-deposit = deposited
put-collateral = collateral sold for dollars
put-other = moved in or out
taken-margin = margin moved back

moment-bought = You bought { $size } at { $px }.
    .pro = Bought { $size } at { $px }
moment-sold = You sold { $size } at { $px }.
    .pro = Sold { $size } at { $px }
moment-funding-paid = You paid { $amount } of funding.
    .pro = Funding paid { $amount }
moment-funding-received = You received { $amount } of funding.
    .pro = Funding received { $amount }
moment-settled = The market ended: { $size } was settled at { $px }.
    .pro = Settled { $size } at { $px }
moment-put = { $amount } came into the wallet: { $why }.
    .pro = In { $amount }: { $why }
moment-taken = { $amount } left the wallet: { $why }.
    .pro = Out { $amount }: { $why }
moment-converted = The venue sold { $size } for { $amount } to pay what was owed.
    .pro = Sold { $size } for { $amount }, debt
moment-trigger = Equity { $equity } fell below the required { $maint } at mark { $mark }.
    .pro = Equity { $equity } < maintenance { $maint } at mark { $mark }
moment-orders-ended = All open orders on the wallet ended.
moment-closed = { $step }: { $size } closed at { $px }.
    .pro = { $step }: { $size } at { $px }
moment-not-closed = { $step }: nothing to trade with at { $px } or better.
    .pro = { $step }: nothing at { $px } or better
moment-borne = { $who } paid { $amount } that the wallet lacked.
    .pro = { $who } paid { $amount }
moment-ended-closed = Nothing is open any more.
moment-ended-cured = Equity covers the maintenance margin again; the liquidation stops.
moment-ended-waits = The liquidation pauses; after that equity is looked at again.

step-partial = Partial close
step-cut-tiers = Close down to a lower margin tier
step-full = Full close at the zero-equity price
step-assign = Assignment to a provider
step-covered = Covered close, the pool paying the difference
step-insurance = Insurance close
step-takeover = Takeover by the insurance fund at the zero-equity price
step-socialise = Close at any price, the winners bearing what is lacking
step-unwind = Auto-deleveraging against the other side
who-pool = The liquidity pool
who-insurance = The insurance fund
who-venue = The venue

## Said by itself, when it happens

notice-liquidation = Equity { $equity } fell below the required { $maint }.
    .pro = Liquidation: equity { $equity } < maintenance { $maint }
notice-loss-shared = { $amount } of your profit went to what a bankrupt wallet lacked, a loss shared by all winners.
    .pro = Shared loss: { $amount } of profit taken
notice-top-up = { $amount } of your free money came into the isolated position, which would have been liquidated.
    .pro = Topped up by { $amount }
notice-engine = The compiled engine has taken over from the plain one. Nothing but its speed has changed.
order-fired = Your { $order } fired: the { $signal } reached { $trigger }.
    .pro = { $order } fired: { $signal } { $trigger }
order-stop = stop
order-take-profit = target

## Why an order is gone

ended-by-user = You cancelled it.
ended-filled = It was filled.
ended-ioc-remainder = What could not be filled at once was cancelled.
ended-reduce-only-done = There was no position left to reduce.
ended-linked = The order it was linked with ended.
ended-self-trade-stopped = It would have traded with one of your own orders.
ended-liquidated = The position was liquidated.
ended-gate-shut = Your account may not open this any more; see the account page.
ended-margin-breach = The margin no longer carried it.
ended-dead-man = The dead man's switch ran out.
ended-trigger-refused = It fired, and was refused.
ended-expired = Its time was up.
ended-market-halted = The next match was too far from the last price: the market stopped.
ended-market-ended = The market ended.

## The venue as a whole

banner = Practice money. Nothing here is real.
banner-line = For education; not financial advice; not connected with any venue named here.
disclaimer-education = For education.
disclaimer-advice = Not financial advice.
disclaimer-venues = Not connected with or endorsed by any venue named here.
market-funding = In { $countdown } { $payer } pay { $receiver } { $amount } per $10,000.
    .pro = { $payer } pay { $receiver } { $amount } per $10,000 in { $countdown }
market-funding-zero = In { $countdown } nobody pays funding: the rate is zero.
    .pro = No funding in { $countdown }

## What this leaves out

realism-fills = Fills: your orders meet a real queue in a simulated book; nobody reacts to you as real traders would.
realism-feed = Prices: { $feed }
realism-faithful = Rules: every value this world uses was read from the venue ({ $rulebook }).
    .pro = Faithful to { $rulebook }
realism-unverified = Rules: { $rulebook }; { $count } values used here are unverified: { $paths }.
    .pro = { $rulebook } · { $count } unverified: { $paths }
realism-others = The other traders are programs.
realism-feelings = No real money is at risk, so fear and greed are missing. Practice results do not carry over.

live-connected = Live prices from { $venue }, connected.
    .pro = Live: { $venue }
live-reconnecting = No connection to { $venue } since { $since } UTC; trying again. Old prices are not traded on.
    .pro = { $venue } down since { $since } UTC · reconnecting
live-stale = Nothing new from { $venue } since { $since } UTC; trying again. Old prices are not traded on.
    .pro = { $venue } stale since { $since } UTC · reconnecting
live-left = This world was branched from one that follows { $venue }. It follows no longer: no more prices come.
    .pro = Branch of a world on { $venue } · no live prices

## What a refusal means to you

reject-clock-went-back = The venue's clock is ahead of this order. Try again.
reject-unknown-account = There is no such account.
reject-unknown-market = There is no such market.
reject-unknown-order = That order is not open any more.
reject-not-your-order = That order belongs to another account.
reject-bad-value = The order asks for something this market does not know.
reject-market-halted = The market is halted: nothing is accepted now.
reject-market-cancel-only = The market only accepts cancels now.
reject-market-post-only = The market only accepts post-only orders now.
reject-qty-not-positive = The size must be above zero.
reject-qty-too-large = The size is above what one order may have here.
reject-price-not-positive = The price must be above zero.
reject-price-too-large = The price or the value of the order is too large.
reject-trigger-not-allowed = The trigger price or its signal does not fit this order.
reject-client-id-taken = This order was sent before; it is not sent twice.
reject-table-full = The practice venue is full. Nothing was changed.
reject-too-many-orders = You have as many open orders as one account may have.
reject-no-price = There is no price to trade at now.
reject-outside-collar = The price is further from the mark than this rule set allows.
reject-would-not-reduce = There is no position this order could shrink (reduce-only).
reject-post-would-cross = The order would trade at once, and it was asked not to (post-only).
reject-self-trade = The order would meet one of your own.
reject-fok-unfillable = The book cannot fill the whole order at once, and it was all or nothing.
reject-ioc-unfillable = The book has nothing to trade within your limit.
reject-max-position = The position would be larger than this market allows.
reject-insufficient-margin = Your free practice money does not cover the margin and the fee of this order.
reject-insufficient-funds = The wallet does not hold enough for this.
reject-would-liquidate = After this fill the venue would close you at once, so it is refused.
reject-amount-not-positive = The amount must be above zero.
reject-amount-too-large = The amount is too large.
reject-leverage-too-high = The leverage is above what this market allows.
reject-has-open-risk = Leverage changes only without a position and without open orders in this market.
reject-not-marginable = This market has no margin.
reject-link-not-found = The linked order is not open any more.
reject-nothing-to-change = Nothing would change.
reject-index-price-bad = The index price is no price.
reject-market-in-auction = The market is in an auction: only orders that can rest are taken.
reject-iceberg-not-allowed = This market does not let an order show a part, or the part is too small.
reject-too-late = It came after the latest time you set for it.
reject-expiry-not-allowed = The time to end must lie ahead, and an order that only takes has none.
reject-term-out-of-bounds = The new value is beyond what this term may be.
reject-change-not-ahead = The time of the change is not ahead.
reject-country-not-known = You have not yet told the venue where you live. It is the first step on the account page.
reject-not-offered-here = This product is not offered where you live. The account page says which are.
reject-not-identified = The venue does not know yet who you are. The account page has the identity step.
reject-identity-expired = Your identity check has run out. The account page has the step to renew it.
reject-tier-too-low = Your tier does not include this. The account page says what each tier may do.
reject-not-disclosed = You have not accepted the risk document of this product as it now stands. It is on the account page.
reject-not-assessed = The questions about this product are not passed yet. They are on the account page.
reject-self-excluded = You shut yourself out, and that time is not over. You can still close what is open.
reject-over-limit = You have reached a limit that you set for yourself on the account page.
reject-inactive = The account was not used for a long time. Confirm on the account page that it is still yours.
reject-leverage-capped = The leverage here is above your cap. Set it to the cap or lower for this market; the account page says what your cap is and why.
reject-account-close-only = Your account is close-only: it can reduce and close what is open, and open nothing.
reject-account-frozen = Your account is frozen: no orders, transfers or withdrawals until the operator lifts it.
reject-account-closed = Your account is closed.
reject-venue-in-maintenance = The venue is down for maintenance: nothing is taken until it opens again.
reject-downtimes-overlap = Another maintenance is planned for a part of that time.
reject-risk-limit = With this the position and its orders would be above the risk limit you chose.
reject-leg-not-allowed = An order names its leg, long or short, in hedge mode, and none elsewhere.
reject-hedge-not-allowed = No market here lets an account hold a long and a short position at once.
reject-top-up-not-allowed = The isolated margin of this market is not topped up by itself.
reject-hedge-is-cross = A long and a short position at once are margined cross; isolated margin goes without.
reject-market-expired = The market has expired: nothing is traded in it any more.
reject-unknown-command = The venue does not know this request.
reject-unknown-asset = There is no such asset.
reject-unknown-wallet = There is no such wallet.

## Labels

row-size = Size
row-entry = Entry price
row-margin = Margin
row-leverage = Leverage
row-liquidation = Liquidation
row-break-even = Break-even
row-free = Free practice money
row-owned = You own
row-dollars = Dollars in the wallet
cost-fee = Fee
cost-spread = Spread
cost-slippage = Slippage
cost-funding = Funding per day
cost-received = { $amount } received
flat = nothing
no-liquidation = none
unknown = not known
signal-mark = mark price
signal-index = index price
signal-last = last trade
side-long = long
side-short = short
longs = longs
shorts = shorts
mode-isolated = isolated { $lev }x
mode-cross = cross
mode-cross-at = cross { $lev }x
unit-contracts = contracts
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## One trade under several rulebooks

compare-impossible = not possible: { $why }
compare-lived = open at the end
compare-reduced = partly liquidated, the rest open at the end
compare-stopped = closed by its stop
compare-target = closed at its target
compare-deleveraged = closed by auto-deleveraging
compare-liquidated = liquidated
compare-nothing-filled = The book had nothing to trade with.
compare-order-mode = margin mode
compare-order-entry = entry
compare-group-margin-tiers = margin tiers
compare-group-margin-basis = margin basis
compare-group-order-margin = margin of orders
compare-group-ladder = liquidation ladder
compare-group-liquidation-fee = liquidation fee
compare-group-fees = fees
compare-group-funding = funding
compare-group-mark = mark and index
compare-group-collateral = collateral
compare-group-sizes = contract sizes
compare-group-bands = price bands
compare-group-orders = orders
compare-group-other = other rules
compare-flips = With these of { $right } alone, { $left } comes to the end of { $right }: { $end }, { $kept } kept.
    .pro = { $left } with these of { $right } → { $end }, kept { $kept }; flips
compare-flips-refused = With these of { $right } alone, { $left } comes to the end of { $right }: { $end }
    .pro = { $left } with these of { $right } → { $end }; flips
compare-changes-refused = With these of { $right } alone, { $left } comes to another end: { $end }
    .pro = { $left } with these of { $right } → { $end }
compare-changes = With these of { $right } alone, { $left } comes to other numbers: { $end }, { $kept } kept.
    .pro = { $left } with these of { $right } → { $end }, kept { $kept }
compare-nothing = Also different; alone it changes nothing here.
compare-not-refused = Also different; alone it does not make the trade impossible.
compare-not-tried = only other ends were asked for
compare-untried = Also different; not tried alone: { $why }.
    .pro = Not tried alone: { $why }
compare-pair-same = { $left } and { $right } come to the same end.
    .pro = { $left } = { $right } in outcome
compare-pair-flips = What made the difference between { $left } and { $right }: { $groups }.
    .pro = { $left } ≠ { $right }: { $groups }
compare-pair-numbers = { $left } and { $right } come to the same end with other numbers; what moved them: { $groups }.
    .pro = { $left }, { $right }: same outcome, other numbers: { $groups }
compare-pair-untried = { $left } and { $right } come to the same end with other numbers; what moved them was not tried.
    .pro = { $left }, { $right }: same outcome, other numbers, not tried
compare-pair-refused = Under { $name }: { $end }
    .pro = { $name }: { $end }
compare-pair-together = No group of { $right } alone changes how it ends under { $left }; only together they do.
    .pro = { $left }: no group of { $right } alone flips it
compare-pair-no-values = { $left } and { $right } differ in no value that this trade used.
    .pro = { $left }, { $right }: no used value differs
compare-no-group = no group alone
compare-yes = yes
compare-no = no
compare-gained = { $amount } gained
compare-row-end = Outcome
compare-row-liquidated-at = Liquidation began
compare-row-liquidation-mark = Mark when it began
compare-row-liquidation-price = Liquidation price at entry
compare-row-kept = Kept at the end
compare-row-start = Put in
compare-row-price = Lost to the price
compare-row-slippage = Own fills worse than mark
compare-row-fees = Trading fees
compare-row-funding = Funding
compare-row-liquidation-slippage = Liquidation fills worse than mark
compare-row-liquidation-fee = Liquidation fee
compare-row-borne = Borne for it by others
compare-row-liquidations = Times below maintenance margin
compare-row-ended-at = Nothing open since
compare-row-adl = Auto-deleveraging
compare-row-refused = Refused
compare-row-filled = Size filled at entry
what-if-end-nothing = nothing was ever opened
what-if-end-open = still open at the end
what-if-end-reduced = partly liquidated, the rest open at the end
what-if-end-closed = closed by an order of its own
what-if-end-stopped = closed by its stop
what-if-end-target = closed at its target
what-if-end-deleveraged = closed by auto-deleveraging
what-if-end-liquidated = liquidated
what-if-liquidated-at = liquidated from { $when } on, at a mark of { $mark }
what-if-nothing = nothing changed
what-if-was = As it was: { $end }; { $kept } kept.
    .pro = Was: { $end }, kept { $kept }
what-if-would = With { $change }: { $end }; { $kept } kept.
    .pro = { $change }: { $end }, kept { $kept }
what-if-paid-in = In that { $amount } came from outside.
    .pro = Of it { $amount } paid in
what-if-refused = The venue refused: { $why }
    .pro = Refused: { $why }
what-if-agents = Agents reacted: they ran again and saw what was changed.
what-if-frozen = The flow was frozen: everybody else's recorded orders came again, whatever they now met.
what-if-other-agents = The agents' code has changed since this was recorded: what they do now may differ from what they did.
what-if-same-state = Run again unchanged, it comes to the very same state.
what-if-other-state = Run again unchanged, it comes to another state.
compare-row-entry-price = Entry price
compare-row-market = Contract
compare-row-unverified = Unverified values used
compare-trade-isolated = A { $side } of { $size } with { $lev } times leverage and its own margin, opened { $time } with { $given } of practice money in the account. World: { $world }, seed { $seed }.
    .pro = { $side } { $size } · isolated { $lev }x · { $time } · account { $given } · { $world }, seed { $seed }
compare-trade-cross = A { $side } of { $size } that stands with the whole account, opened { $time } with { $given } of practice money in it. World: { $world }, seed { $seed }.
    .pro = { $side } { $size } · cross · { $time } · account { $given } · { $world }, seed { $seed }
compare-table-caption = The same orders, feed, seed and agents under each rulebook. Lines that differ come first. All money is practice money; what is still open at the end is counted at mark.
compare-heading-why = Which rule made the difference
compare-how = Each group of values that differs was put into the first rulebook alone and the world was run again. Only what that run shows is called a cause; everything else is listed as also different.
compare-value = Value
compare-figure = Figure
compare-heading-chart = Equity against maintenance margin
compare-legend = Solid: equity of the wallet behind the position. Dashed: the maintenance margin it must not fall below. The dot is the last moment looked at.
compare-heading-stories = Told
compare-unverified = { $count } values this run used are unverified: { $paths }.
    .pro = { $count } unverified: { $paths }
compare-chart-title = Equity and maintenance margin under { $rulebook }
compare-chart-description = Outcome: { $end }. Liquidation began: { $time }. Liquidation price at entry: { $liq }. Kept at the end: { $kept }.
    .pro = { $end } · began { $time } · liq at entry { $liq } · kept { $kept }

## Changes of terms

terms-announced = Announced for { $symbol }: { $term } will be { $values } from { $time }.
    .pro = { $symbol } { $term } → { $values } from { $time }
terms-changed = { $symbol }: { $term } is now { $values }.
    .pro = { $symbol } { $term } = { $values }
terms-dropped = { $symbol }: { $term } stays as it is; { $values } no longer fitted.
    .pro = { $symbol } { $term } unchanged; { $values } dropped
term-of-tier = { $term } of tier { $tier }
term-tier = margin (initial / maintenance)
term-tier-bound = the lower bound
term-margin-factor = the factor on margin (initial / maintenance)
term-fees = the fee (maker / taker)
term-liquidation-fee = the liquidation fee
term-position-max = the largest position
term-order-max = the largest order
term-market-band = the band of market orders
term-collar = the price collar
term-funding-cap = the highest funding rate

## Lessons

lesson-passed = Passed on { $when } in the world { $world }; its steps were met by the commands { $seqs }.
    .pro = Passed { $when } · { $world } · commands { $seqs }
lesson-lapsed = Taken back on { $when }. { $why }
    .pro = Taken back { $when } · { $why }
