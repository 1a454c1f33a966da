# What the operator of a venue does, what comes of it, and what must hold.

## Done, as the log has it

operator-did-state-active = { $symbol }: open for all orders again.
    .pro = { $symbol }: active
operator-did-state-post-only = { $symbol }: only orders that rest are taken.
    .pro = { $symbol }: post-only
operator-did-state-cancel-only = { $symbol }: orders can only be cancelled.
    .pro = { $symbol }: cancel-only
operator-did-state-halted = { $symbol }: trading halted.
    .pro = { $symbol }: halted
operator-did-index = { $symbol }: one index price, { $percent } % from the one before.
    .pro = { $symbol }: index { $percent } %
operator-did-terms = { $symbol }: { $term } changed to { $values }.
    .pro = { $symbol }: { $term } { $values }
operator-did-terms-later = { $symbol }: { $term } announced to be { $values } from { $time }.
    .pro = { $symbol }: { $term } { $values } from { $time }
operator-did-trouble = Trouble for programs: { $kinds }.
    .pro = trouble: { $kinds }
operator-did-calm = No more trouble for programs.
operator-did-cut = All sockets of programs cut.
operator-did-clock-pause = The clock stands still.
operator-did-clock-resume = The clock goes on.
operator-did-clock-speed = The clock runs { $speed } times as fast as a wall clock.
    .pro = clock { $speed } ×
operator-did-clock-step = The clock moved on by { $step } ms.
    .pro = clock +{ $step } ms
operator-did-identity-accepted = Identity accepted in case { $case }.
    .pro = case { $case }: accepted
operator-did-identity-refused = Identity refused in case { $case }.
    .pro = case { $case }: refused
operator-did-account-active = Account { $name } may do all that its gates allow.
    .pro = { $name }: active
operator-did-account-close-only = Account { $name } may only close.
    .pro = { $name }: close-only
operator-did-account-frozen = Account { $name } frozen.
    .pro = { $name }: frozen
operator-did-account-closed = Account { $name } closed.
    .pro = { $name }: closed
operator-did-account = Account { $name } made.
    .pro = account { $name }
operator-did-account-with = Account { $name } made, with { $money } of practice money.
    .pro = account { $name }: +{ $money }
operator-did-deposit = Account { $account }: { $amount } { $asset } of practice money added.
    .pro = { $account }: +{ $amount } { $asset }
operator-did-key = Account { $account }: an API key made.
    .pro = { $account }: API key
operator-did-key-with = Account { $account }: an API key made that may { $permissions }.
    .pro = { $account }: API key ({ $permissions })
operator-did-role = { $name }: given the role { $role }.
    .pro = { $name }: { $role }
operator-did-password = { $name }: given a new password, sessions ended.
    .pro = { $name }: new password
operator-did-import = World opened from the file { $name }.
    .pro = import { $name }
operator-did-export = World { $name } saved to a file.
    .pro = export { $name }
operator-did-alert-open = Alert { $id } opened again.
    .pro = alert { $id }: open
operator-did-alert-dismissed = Alert { $id } dismissed.
    .pro = alert { $id }: dismissed
operator-did-alert-escalated = Alert { $id } handed on.
    .pro = alert { $id }: escalated
operator-did-rest = World { $name } let rest.
    .pro = rest { $name }
operator-did-delete = World { $name } deleted.
    .pro = delete { $name }
operator-did-propose = Proposal { $id } waits for a second operator: { $what }
    .pro = proposal { $id }: { $what }
operator-did-approve = Proposal { $id } approved.
    .pro = proposal { $id }: approved
operator-did-decline = Proposal { $id } declined.
    .pro = proposal { $id }: declined
operator-did-withdraw = Proposal { $id } taken back.
    .pro = proposal { $id }: withdrawn

## What takes two

operator-takes-two = This waits for a second operator. Nothing changes until they approve it.
proposal-waits = Proposal { $id } waits for a second operator: { $what } Nothing has changed yet. It lapses at { $until }.
    .pro = Proposal { $id } waits: { $what } Lapses at { $until }.
proposal-own = This is your own proposal. Another operator approves or declines it; you can take it back.
proposal-others = This is another operator's proposal. You can approve or decline it.
proposal-is-taken = Another operator is approving this proposal now.
proposal-is-approved = This proposal was approved and carried out.
proposal-is-declined = This proposal was declined.
proposal-is-withdrawn = This proposal was taken back.
proposal-is-lapsed = This proposal has lapsed. Propose it again.
proposal-is-interrupted = The venue stopped while this proposal was carried out. Look whether it was done; if not, propose it again.
proposals-named = On this venue such an act takes two operators who signed in with their names. The token has no name.
proposals-why = Give a reason for the log.
proposals-own-name = On this venue nobody, operators included, acts in another's name.
proposals-many = { $most } proposals wait already. Decide some first.
    .pro = At most { $most } proposals wait.

## Kinds of trouble

operator-trouble-delay-ms = { $value } ms later
operator-trouble-jitter-ms = up to { $value } ms later again
operator-trouble-limited-percent = { $value } % of requests refused by rate limit
operator-trouble-away-percent = { $value } % of requests not carried out
operator-trouble-lost-percent = { $value } % of requests done but answered as failed
operator-trouble-dropped-percent = { $value } % of messages lost
operator-trouble-repeated-percent = { $value } % of messages sent twice
operator-trouble-cut-after = sockets cut after { $value } messages
operator-trouble-skew-ms = the time told { $value } ms ahead (below zero: behind)

## What would come of it

operator-state-active = All kinds of orders are taken here, and trade as usual.
operator-index = The index of { $coin } is { $price } until the feed publishes its next price. The mark follows it, and whoever is below maintenance margin then is liquidated.
    .pro = { $coin } index { $price } until the feed's next; mark follows
operator-stands = In this market now: { $orders } open orders, { $positions } positions.
    .pro = { $orders } orders, { $positions } positions
operator-liquidated = Accounts liquidated at once: { $count }.
    .pro = liquidated: { $count }
operator-fired = Stops and targets set off at once: { $count }.
    .pro = triggered: { $count }
operator-ended = Orders that end at once: { $count }.
    .pro = orders ended: { $count }
operator-nothing = Nobody's orders or positions change at once.
operator-means-clock = This concerns everybody in this world. Orders are matched at the moment the clock shows.
operator-means-rest = Its clock stands still and its process ends. It goes on from there when somebody opens it.
operator-means-export = The world is written to a file in the venue's exports folder, and goes on.
operator-means-account = A new account, and its practice money is created at once.
operator-means-account-state = It decides at once what the account may do; closing is for good.
operator-means-deposit = Practice money is created and is the account's at once.
operator-means-freeze = It concerns every withdrawal over a practice chain that has not left.
operator-means-gift = Made-up coins are created and are the address's once its chain has them.
operator-means-key = Whoever has the key acts for the account over the APIs.
operator-means-password = The old password and open sessions end. Whoever approves sees the new password, this once.
operator-means-recovery = The deposit less a fee is the account's at once.
operator-means-role = It decides at once what this person may see and do here.
operator-sockets = This concerns programs on the imitated APIs, { $count } open sockets now. This page and its API stay as they are.
    .pro = imitated APIs only; { $count } sockets

## What must hold, and who holds what

operator-law-conservation = Money: what all balances add up to is what was paid in less what was paid out.
operator-law-clearing = Open interest: longs and shorts add up to zero, and each clearing account to its stated sum.
operator-law-holds = Reserves: what is kept for orders is there, and nothing is kept without an order.
operator-fund-insurance = Insurance fund
operator-fund-pool = Pool that pays before it
operator-fund-conversion = Conversion account
operator-fund-venue = The venue's own
