# Who may trade what: the account page, its steps, and what each answer means.

onshore-off = In this world everybody may trade everything: it was started without rules about who may.
onshore-note = Everything here is practice. The people and their documents are made up; never enter a real name, document, address or key.
onshore-open = Open.
onshore-open-to = Open, with leverage up to { $cap }x.
    .pro = open, ≤ { $cap }x
onshore-unverified = { $count } of the { $all } values of these rules have no source and are ours.
    .pro = unverified: { $count } of { $all }

onshore-tier-unverified = Unverified: the venue does not know who you are.
onshore-tier-basic = Basic: money in, and coins.
onshore-tier-intermediate = Intermediate: money out, and leverage.
onshore-tier-pro = Pro: the leverage cap of professional clients.

onshore-state-active = Active
onshore-state-close-only = Close-only: you can reduce and close, and open nothing.
onshore-state-frozen = Frozen: no orders, transfers or withdrawals until the operator lifts it.
onshore-state-closed = Closed.

onshore-gate-spot = Buy coins
onshore-gate-perpetual = Open perpetuals
onshore-gate-dated = Open dated futures
onshore-gate-deposit = Pay in
onshore-gate-withdrawal = Withdraw

onshore-step-residence = Say where you live
onshore-step-identity = Show who you are
onshore-step-disclosure-perpetual = Read the risk document for perpetuals
onshore-step-disclosure-dated = Read the risk document for dated futures
onshore-step-questions = Answer questions about the product
onshore-step-inactive = Confirm the account is still yours
onshore-why-residence = Which products, which leverage and which warning you get depends on the law of that place.
onshore-why-identity = A venue must know whom it serves. It keeps out children, people on sanctions lists and accounts opened in another's name.
onshore-why-disclosure = You should have read how the product can cost you money before you can open it. A new version asks again; closing is never held up.
onshore-why-questions = A venue asks whether leverage is appropriate for you. A failed set does not lock you out: it lowers your leverage cap until you pass.
onshore-why-inactive = An account that nobody has used for long is easily taken over by somebody else.
onshore-is-done = Done.
onshore-is-todo = To do.
onshore-is-waiting = Waiting for the provider.
onshore-is-refused = Not passed.
onshore-is-blocked = Say first where you live.

onshore-case-none = To do.
onshore-case-waiting = Waiting: somebody is looking at it.
onshore-case-appealed = Appealed: the operator will look at it again.
onshore-case-accepted = Accepted until { $until }.
    .pro = accepted until { $until }
onshore-case-expired = It has run out: show a document again.
onshore-flaw-expired = Refused: the document has expired.
onshore-flaw-name-mismatch = Refused: the document is in another name or of another birth date.
onshore-flaw-under-age = Refused: the person is under 18.
onshore-flaw-sanctioned = Refused: the name is on this practice venue's made-up sanctions list.
onshore-flaw-elsewhere = Refused: the document is of another country than the one you said you live in.
onshore-flaw-by-hand = Refused by the operator.
onshore-queue-by-hand = In this world identities are decided by hand: nobody else looks at it.
onshore-queue-unanswered = Its provider has not answered yet. What is decided here counts, and a later answer is refused.
onshore-queue-appealed = Its owner appealed against a refusal. { $before }
    .pro = appealed; before: { $before }
onshore-found-nothing = The practice check finds nothing wrong with this document.
onshore-found-expired = The practice check finds: the document has expired.
onshore-found-name-mismatch = The practice check finds: the document is in another name or of another birth date.
onshore-found-under-age = The practice check finds: the person is under 18.
onshore-found-sanctioned = The practice check finds: the name is on this practice venue's made-up sanctions list.
onshore-found-elsewhere = The practice check finds: the document is of another country than the owner said.
operator-means-accepted = The owner counts as known until { $until }, in this tier:
    .pro = known until { $until }, tier:
operator-means-further-gates = Disclosures, questions and limits stay what they are.
operator-means-refused = The owner reads that the operator refused it, and may appeal. Nothing opens, and what is open stays to be closed.
onshore-no-appeal = There is no refused identity to appeal.
onshore-no-provider = No provider elsewhere decides on identities in this world.
onshore-decision-forged = The signature is not the provider's.
onshore-decision-too-old = The decision was signed too long ago, or ahead of time.
onshore-decision-replayed = This decision was delivered before.
onshore-decision-unknown-verdict = There is no such verdict.
onshore-decision-decided = This case is decided.

onshore-paper-passport = Passport
onshore-paper-driving-licence = Driving licence
onshore-paper-identity-card = Identity card

onshore-wrong-version = The version that counts now is { $version }: read that one.
    .pro = current version: { $version }
onshore-wrong-hash = That is not the hash of the document as it was shown.
onshore-other-attempt = These are the answers to another set of questions.
onshore-questions-none = { $passes } of { $of } right answers pass.
    .pro = pass: { $passes } of { $of }
onshore-questions-passed = Passed with { $right } of { $of }.
    .pro = passed, { $right } of { $of }
onshore-questions-failed = { $right } of { $of } right: not passed. Your leverage cap is lower until you pass; the next set can be answered from { $again }.
    .pro = failed, { $right } of { $of }; again from { $again }
onshore-questions-wait = The next set of questions can be answered from { $again }.
    .pro = again from { $again }
onshore-not-shorter = Shutting yourself out can be made longer, and not shorter.
onshore-not-raised = This limit is reached today; it can be raised tomorrow.

onshore-warning-us = Leveraged trading can lose all the money you put in, fast. In the United States it is offered only to eligible clients of a registered broker.
onshore-warning-eea = Most retail accounts lose money on leveraged crypto contracts. Consider whether you understand how they work and whether you can afford to lose your money.
onshore-warning-elsewhere = Leveraged trading can lose all the money you put in, fast.

onshore-changes-who = The venue knows who trades, and keeps out people it must not serve.
onshore-changes-told = You were shown in writing how the product can cost you money, and the version you accepted is on record.
onshore-changes-asked = Somebody asked whether you understand it, and lowers your leverage where you do not.
onshore-changes-stopped = You, or the venue, can stop your account from opening anything, and closing still works.
onshore-changes-leverage = Leverage has a cap by where you live and by what is known of you.
onshore-stays-risk = Market risk: a regulated venue's prices fall as fast as any other's.
onshore-stays-price = Fees, funding and slippage cost what they cost.
onshore-stays-liquidation = You are liquidated by the same rules, however good your papers are.
onshore-stays-loss = A passed gate says nothing about whether a trade is good.

## The bank of questions

onshore-question-lose-all = What is the most you can lose with an isolated position?
onshore-question-lose-all-a = Only the fees
onshore-question-lose-all-b = All the margin you put behind it
onshore-question-lose-all-c = Half of the margin
onshore-question-leverage = At 10x leverage the price moves 1 % against you. What do you lose, before fees?
onshore-question-leverage-a = 0.1 % of your margin
onshore-question-leverage-b = 1 % of your margin
onshore-question-leverage-c = About 10 % of your margin
onshore-question-liquidation = When does the venue close your position for you?
onshore-question-liquidation-a = When what backs it falls below its maintenance margin
onshore-question-liquidation-b = When you ask it to
onshore-question-liquidation-c = At the end of each day
onshore-question-funding = You are long a perpetual and the funding rate is above zero. What happens?
onshore-question-funding-a = You receive funding
onshore-question-funding-b = You pay funding to those who are short
onshore-question-funding-c = The venue pays both sides
onshore-question-mark = Which price decides whether you are liquidated?
onshore-question-mark-a = The last trade
onshore-question-mark-b = The price you bought at
onshore-question-mark-c = The mark price
onshore-question-maintenance = What does more leverage do to the price at which you are liquidated?
onshore-question-maintenance-a = It comes nearer to the price now
onshore-question-maintenance-b = It goes further away
onshore-question-maintenance-c = Nothing
onshore-question-gap = Does a stop order promise you its price?
onshore-question-gap-a = Yes, always
onshore-question-gap-b = No: in a fast market it may fill far from it
onshore-question-gap-c = Only at night
onshore-question-advice = What does it mean that a venue lets you open a position?
onshore-question-advice-a = That it thinks the trade is good
onshore-question-advice-b = That your money is insured
onshore-question-advice-c = Nothing about the trade: only that you may
onshore-question-coin = What do you own when you are long a perpetual?
onshore-question-coin-a = A contract on the price, and no coins
onshore-question-coin-b = Coins in your wallet
onshore-question-coin-c = Shares of the venue
