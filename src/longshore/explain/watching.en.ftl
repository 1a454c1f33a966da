# Alerts of the watch over the market. They say what it looks like, never that somebody did it.

alert-wash-trades = { $accounts } look like one hand in { $symbol }: { $fills } trades between the two in { $span }, worth { $dollars } together, and as much went back as there. At least { $share } of what each of them traded was with the other.
    .pro = Wash? { $accounts } · { $symbol } · { $fills } trades, { $dollars } in { $span } · ≥ { $share } of each one's volume
alert-spoofing = { $accounts } looks like spoofing in { $symbol }: { $episodes } times in { $span } it traded on one side while it showed up to { $dollars } on the other, and took that back soon after.
    .pro = Spoofing? { $accounts } · { $symbol } · { $episodes } × up to { $dollars } shown and taken back in { $span }
alert-layering = { $accounts } looks like layering in { $symbol }: { $episodes } times in { $span } it traded on one side while it showed up to { $dollars } on the other, at up to { $prices } prices, and took that back soon after.
    .pro = Layering? { $accounts } · { $symbol } · { $episodes } × up to { $dollars } at up to { $prices } prices shown and taken back in { $span }
alert-marking-the-close = { $accounts } looks like marking the close in { $symbol }: before the funding rate was set it took { $share } of all that was taken that way, { $dollars }, the price moved { $moved } against the index, and most of it was traded back after.
    .pro = Marking? { $accounts } · { $symbol } · { $share } of takers, { $dollars }, premium { $moved } into the rate, then back
alert-liquidation-hunting = { $accounts } looks like liquidation hunting in { $symbol }: before somebody else was liquidated it took { $share } of all that was taken that way, { $dollars }, the price moved { $moved } against the index, and most of it was traded back after.
    .pro = Hunting? { $accounts } · { $symbol } · { $share } of takers, { $dollars }, premium { $moved } into a liquidation, then back
alert-index-pump = { $accounts } was in before an index jumped and out before it was back, in { $symbol }: { $dollars } before, the index moved { $moved }, and { $share } of it was closed meanwhile. Trades elsewhere may have moved the index.
    .pro = Index pump? { $accounts } · { $symbol } · { $dollars } in before a jump of { $moved }, { $share } out
alert-message-rate = { $accounts } sent { $messages } messages in ten seconds and traded { $fills } times: more than trading needs.
    .pro = Rate? { $accounts } · { $messages } messages / 10 s · { $fills } trades
alert-of-any-market = every market
alert-two-accounts = { $first } and { $second }

evidence-trade = a trade
evidence-order = an order that rests
evidence-taken-back = taken back
evidence-moment = the moment: a rate or a liquidation
evidence-back = traded back
evidence-index = an index price
evidence-message = a message
