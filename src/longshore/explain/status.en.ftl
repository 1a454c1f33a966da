### Maintenance, and how the venue is: the status page, its notices, what clients are told.

## Maintenance, step by step

downtime-announced = Maintenance from { $down } to { $up }: the venue stops taking new orders in { $wait }.
    .pro = maintenance { $down } – { $up }; closing in { $wait }
downtime-closing = Maintenance from { $down } to { $up }: orders can only be cancelled now, and in { $wait } nothing is taken at all.
    .pro = cancel-only; down in { $wait } ({ $down } – { $up })
downtime-down = The venue is down for maintenance until { $up }: nothing is taken for { $wait } more.
    .pro = down for { $wait } more, until { $up }
downtime-opening = The venue opens after maintenance: for { $wait } more only orders that rest are taken.
    .pro = post-only for { $wait } more
downtime-refused = The venue is down for maintenance until { $up }. Nothing is taken until then: place, change and cancel afterwards.
    .pro = maintenance until { $up }
downtime-step-closing = From { $since } to { $until } orders can only be cancelled.
    .pro = { $since } – { $until }: cancel-only
downtime-step-down = From { $since } to { $until } nothing is taken: no order, cancel, transfer or withdrawal. Orders rest, marks move, funding is paid, nobody is liquidated.
    .pro = { $since } – { $until }: down
downtime-step-opening = From { $since } to { $until } only orders that rest are taken; nothing is matched and nobody is liquidated.
    .pro = { $since } – { $until }: post-only
downtime-not-ahead = The time is not ahead: before the venue goes down it closes, and that must still lie ahead.
downtime-ends = When it is over, whoever is below maintenance margin by the marks of then is liquidated at once.

## On the notice board

told-downtime-announced = Maintenance is planned: the venue will be down from { $down } to { $up }, and takes no new orders from { $next } on.
    .pro = maintenance { $down } – { $up }, closing { $next }
told-downtime-closing = The venue closes for maintenance: orders can only be cancelled until it goes down at { $next }.
    .pro = closing, down at { $next }
told-downtime-down = The venue is down for maintenance until { $next }: nothing is taken, and nobody is liquidated.
    .pro = down until { $next }
told-downtime-opening = The venue opens after maintenance: only orders that rest are taken until { $next }; nothing is matched yet.
    .pro = post-only until { $next }
told-downtime-over = Maintenance is over: all orders are taken and matched again.
told-downtime-called-off = The maintenance that was planned from { $down } to { $up } will not be.
    .pro = maintenance { $down } – { $up } called off

## What an operator does

operator-did-maintenance = Maintenance planned: { $reason }
operator-did-maintenance-off = Maintenance { $id } called off, or brought to its end.
    .pro = maintenance { $id } off
operator-means-maintenance-off = What is announced will not be; what is down begins to open now.
operator-did-notice = Notice to everybody: { $text }
operator-means-notice = Everybody reads it on the notice board and the status page.

## How the venue is

status-up = Everything works.
status-limited = Something does not work as usual: see below.
status-down = The venue takes nothing now: see below.
status-part-orders = Orders
status-part-market-data = Prices and market data
status-part-money = Deposits and withdrawals
status-part-journal = Journal and history
status-part-watch = Watch over the market
status-part-apis = APIs for programs
status-orders-up = All orders are taken in every market.
status-orders-markets = { $count } of { $all } markets do not take every order now.
    .pro = { $count } / { $all } markets restricted
status-orders-closing = Orders can only be cancelled: maintenance is about to begin.
status-orders-down = No orders and no cancels are taken: the venue is down for maintenance.
status-orders-opening = Only orders that rest are taken: maintenance has just ended.
status-market-data-up = Prices come as they should.
status-market-data-limited = Prices from outside are late or cut off; markets that stand on them are stopped.
status-money-up = Deposits are credited and withdrawals sent.
status-money-limited = Withdrawals are held back; deposits are credited.
status-money-down = Nothing leaves the venue while it is down for maintenance.
status-journal-up = Every command is written down before it is answered.
status-journal-down = The journal or the history has stopped; the venue must be started again.
status-watch-up = The watch looks at every order and trade.
status-watch-down = The watch has stopped; trading goes on without it.
status-apis-up = The imitated APIs answer as they should.
status-apis-limited = The imitated APIs are disturbed on purpose: { $kinds }.
    .pro = trouble: { $kinds }
status-apis-down = The imitated APIs do not answer, on purpose.
status-incident-maintenance = Maintenance: { $reason }
status-incident-maintenance-unsaid = Maintenance
status-incident-maintenance-off = Maintenance that was called off: { $reason }
status-incident-maintenance-off-unsaid = Maintenance that was called off
status-incident-halted = { $symbol } was halted
status-incident-auction = { $symbol } was in an auction
status-incident-post-only = { $symbol } took only orders that rest
status-incident-cancel-only = { $symbol } took only cancels
status-incident-trouble = APIs for programs were disturbed on purpose: { $kinds }
    .pro = trouble: { $kinds }
status-incident-freeze = Withdrawals over chains were frozen
status-incident-withdrawals = Withdrawals were stopped by the operator
status-lasted = Lasted { $span }.
    .pro = { $span }
status-lasts = Goes on, for { $span } so far.
    .pro = since { $span }
status-ended-unseen = Ended when the venue was started again.
status-note = All of this is a practice venue with made-up people and practice money. Times are those of its world, in UTC.
