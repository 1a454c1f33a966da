# What the trade screen, its notices and its papers say beside the sentences.

## By whom or what a position was closed

cause-you = You
cause-stop = Stop
cause-target = Target
cause-liquidation = Liquidation
cause-adl = ADL (auto-deleveraging)
cause-assignment = Assignment
cause-delisting = Delisting
cause-expiry = Expiry

## A statement of a period

statement-title = Statement of { $account }
statement-period = From { $since } until { $until }
statement-beginning = the beginning
statement-world = World: { $world }; rules: { $rulebook }; practice money; what is paid has a minus
statement-opening = Held at the beginning
statement-closing = Held at the end
statement-put-in = Practice money put in
statement-profit = Profit or loss
statement-fees = Fees
statement-funding = Funding
statement-spot = Spot bought and sold
statement-converted = Collateral sold to pay a debt
statement-other = Borne by or shared with others
statement-market = Market
statement-opened = Opened
statement-closed = Closed
statement-size = Opened size
statement-by = Ended by
statement-none = No position in this period.
statement-still-open = still open

## Warnings

notice-buffer-half = { $market }: less than half of the safety buffer is left ({ $buffer }). Reducing, closing or adding margin moves you further from 0%.
    .pro = { $market } buffer { $buffer }, below half
notice-buffer-quarter = { $market }: less than a quarter of the safety buffer is left ({ $buffer }). Reducing, closing or adding margin moves you further from 0%.
    .pro = { $market } buffer { $buffer }, below a quarter
notice-buffer-tenth = { $market }: less than a tenth of the safety buffer is left ({ $buffer }). The venue closes this for you at 0%.
    .pro = { $market } buffer { $buffer }, below a tenth

## A stop or a target

bracket-lose = At { $price } you lose about { $amount }, fees included; that is { $pct } of the price away.
    .pro = { $price }: lose { $amount } net · { $pct } away
bracket-keep = At { $price } you keep about { $amount }, fees taken off; that is { $pct } of the price away.
    .pro = { $price }: keep { $amount } net · { $pct } away

## Rates of funding that were

rate-told = { $payer } paid { $receiver } { $amount } per $10,000
rate-zero = nobody paid

## What a market that is not as usual accepts

market-state-post-only = Only orders that rest are taken here now; nothing trades at once.
market-state-cancel-only = Orders can only be cancelled here now.
market-state-halted = Trading is halted here: nothing is taken, not even a cancel, and nothing trades.
market-state-auction = An auction is on: orders are gathered, and trade together at one price at its end.
market-state-expired = This market has ended: nothing can be traded here any more.
