# What the notice board tells: what befalls markets and indexes. No sentence counts anything.

told-index-fell = The index of { $coin } fell { $share } in { $span }, from { $from } to { $to }.
told-index-rose = The index of { $coin } rose { $share } in { $span }, from { $from } to { $to }.
told-index-gap-fell = The index of { $coin } fell { $share } from one price to the next, { $span } later: from { $from } to { $to }, with no price between.
told-index-gap-rose = The index of { $coin } rose { $share } from one price to the next, { $span } later: from { $from } to { $to }, with no price between.
told-index-silent = The index of { $coin } stands still: nothing has been heard of it since { $since }.
told-index-back = The index of { $coin } had stood still since { $since }, for { $span }; it came back at { $to }, { $went ->
    [lower] { $share } lower
    [higher] { $share } higher
   *[same] as it was
 } ({ $from } before).
told-index-lost = The index of { $coin } lost a constituent: it was made of { $before } and is made of { $now }. With that it went from { $from } to { $to }.
told-index-regained = The index of { $coin } is made of { $now } constituents again, after { $before }. With that it went from { $from } to { $to }.
told-book-left = The makers withdrew from { $symbol }: the thinner side of its book, within 1% of the middle, fell from { $from } to { $to } in { $span }, while { $traded } was traded.
told-book-taken = The book of { $symbol } was taken: its thinner side, within 1% of the middle, fell from { $from } to { $to } in { $span }, while { $traded } was traded.
told-book-back = The book of { $symbol } is back: { $now } stands on the thinner side, within 1% of its middle.
told-halted = { $symbol } was halted: nothing is accepted and nothing is matched.
told-auction = { $symbol } is in an auction: orders are gathered and nothing is matched.
told-post-only = { $symbol } takes orders that rest, and no others.
told-cancel-only = { $symbol } takes cancels, and nothing else.
told-goes-on = { $symbol } had stood since { $since }, for { $span }. Its index is { $went ->
    [lower] { $share } lower
    [higher] { $share } higher
   *[same] the same
 } now: { $to }, after { $from }.
told-crossed = The auction of { $symbol } is over: { $size } traded at { $px }, one price for all.
told-crossed-nothing = The auction of { $symbol } is over: nothing traded.
told-delisted = { $symbol } was delisted: all its orders ended, and every position was settled at { $px }.
told-expired = { $symbol } expired: all its orders ended, and every position was settled at { $px }.
told-funding = The funding rate of { $symbol } is { $rate } for the next { $span }: { $payer ->
    [longs] longs pay shorts
   *[shorts] shorts pay longs
 }. Its mark stands { $went ->
    [lower] { $share } below
    [higher] { $share } above
   *[same] on
 } its index.
told-unwound = Nobody could pay for a liquidated { $side ->
    [long] long
   *[short] short
 } of { $symbol }: the pool held { $pool }, the insurance fund { $insurance }. { $size } of positions on the other side were closed for it (auto-deleveraging).
told-withdrawals-stopped = The venue has stopped withdrawals: practice money stays here, and trading goes on.
told-withdrawals-open = The venue lets withdrawals through again, after { $span }.
told-at = { $time }: { $told }
told-collateral = { $time }: { $told } { $coin } backs this wallet.
withdrawals-refused = The venue has stopped withdrawals since { $since }. Your money stays here, and trading goes on.
