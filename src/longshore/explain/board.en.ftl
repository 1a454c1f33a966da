# What the notice board tells: what befalls markets and indexes. No sentence counts anything.

told-index-fell = The index of { $coin } fell { $share } in { $span }, from { $from } to { $to }.
    .pro = { $coin } index −{ $share } in { $span }: { $from } → { $to }
told-index-rose = The index of { $coin } rose { $share } in { $span }, from { $from } to { $to }.
    .pro = { $coin } index +{ $share } in { $span }: { $from } → { $to }
told-index-gap-fell = The index of { $coin } fell { $share } from one price to the next, { $span } later: from { $from } to { $to }, with no price between.
    .pro = { $coin } index gap −{ $share } after { $span }: { $from } → { $to }
told-index-gap-rose = The index of { $coin } rose { $share } from one price to the next, { $span } later: from { $from } to { $to }, with no price between.
    .pro = { $coin } index gap +{ $share } after { $span }: { $from } → { $to }
told-index-silent = The index of { $coin } stands still: nothing has been heard of it since { $since }.
    .pro = { $coin } index silent since { $since }
told-index-back = The index of { $coin } had stood still since { $since }, for { $span }; it came back at { $to }, { $went ->
    [lower] { $share } lower
    [higher] { $share } higher
   *[same] as it was
 } ({ $from } before).
    .pro = { $coin } index back after { $span } (since { $since }): { $from } → { $to }, { $share } { $went ->
        [lower] lower
        [higher] higher
       *[same] apart
     }
told-index-lost = The index of { $coin } lost a constituent: it was made of { $before } and is made of { $now }. With that it went from { $from } to { $to }.
    .pro = { $coin } index: { $before } → { $now } constituents, { $from } → { $to }
told-index-regained = The index of { $coin } is made of { $now } constituents again, after { $before }. With that it went from { $from } to { $to }.
    .pro = { $coin } index: { $before } → { $now } constituents, { $from } → { $to }
told-book-left = The makers withdrew from { $symbol }: the thinner side of its book, within 1% of the middle, fell from { $from } to { $to } in { $span }, while { $traded } was traded.
    .pro = { $symbol } makers left: thinner side within 1% { $from } → { $to } in { $span }, traded { $traded }
told-book-taken = The book of { $symbol } was taken: its thinner side, within 1% of the middle, fell from { $from } to { $to } in { $span }, while { $traded } was traded.
    .pro = { $symbol } book taken: thinner side within 1% { $from } → { $to } in { $span }, traded { $traded }
told-book-back = The book of { $symbol } is back: { $now } stands on the thinner side, within 1% of its middle.
    .pro = { $symbol } book back: thinner side within 1% { $now }
told-halted = { $symbol } was halted: nothing is accepted and nothing is matched.
    .pro = { $symbol } halted
told-auction = { $symbol } is in an auction: orders are gathered and nothing is matched.
    .pro = { $symbol } auction
told-post-only = { $symbol } takes orders that rest, and no others.
    .pro = { $symbol } post-only
told-cancel-only = { $symbol } takes cancels, and nothing else.
    .pro = { $symbol } cancel-only
told-goes-on = { $symbol } had stood since { $since }, for { $span }. Its index is { $went ->
    [lower] { $share } lower
    [higher] { $share } higher
   *[same] the same
 } now: { $to }, after { $from }.
    .pro = { $symbol } open after { $span } (since { $since }), index { $from } → { $to }, { $share } { $went ->
        [lower] lower
        [higher] higher
       *[same] apart
     }
told-crossed = The auction of { $symbol } is over: { $size } traded at { $px }, one price for all.
    .pro = { $symbol } auction crossed: { $size } at { $px }
told-crossed-nothing = The auction of { $symbol } is over: nothing traded.
    .pro = { $symbol } auction crossed: nothing
told-delisted = { $symbol } was delisted: all its orders ended, and every position was settled at { $px }.
    .pro = { $symbol } delisted, settled at { $px }
told-expired = { $symbol } expired: all its orders ended, and every position was settled at { $px }.
    .pro = { $symbol } expired, settled at { $px }
told-funding = The funding rate of { $symbol } is { $rate } for the next { $span }: { $payer ->
    [longs] longs pay shorts
   *[shorts] shorts pay longs
 }. Its mark stands { $went ->
    [lower] { $share } below
    [higher] { $share } above
   *[same] on
 } its index.
    .pro = { $symbol } funding { $rate } per { $span }, { $payer ->
        [longs] longs pay
       *[shorts] shorts pay
     } · mark { $share } { $went ->
        [lower] below
        [higher] above
       *[same] from
     } index
told-unwound = Nobody could pay for a liquidated { $side ->
    [long] long
   *[short] short
 } of { $symbol }: the pool held { $pool }, the insurance fund { $insurance }. { $size } of positions on the other side were closed for it (auto-deleveraging).
    .pro = { $symbol } ADL: { $size } closed against a bankrupt { $side ->
        [long] long
       *[short] short
     } · pool { $pool }, insurance { $insurance }
told-withdrawals-stopped = The venue has stopped withdrawals: practice money stays here, and trading goes on.
told-withdrawals-open = The venue lets withdrawals through again, after { $span }.
    .pro = Withdrawals open after { $span }
told-at = { $time }: { $told }
told-collateral = { $time }: { $told } { $coin } backs this wallet.
    .pro = { $time }: { $told } · { $coin } is collateral
withdrawals-refused = The venue has stopped withdrawals since { $since }. Your money stays here, and trading goes on.
    .pro = Withdrawals stopped since { $since }
