# Was das Brett meldet: was Märkten und Indizes widerfährt. Kein Satz rechnet etwas aus.

told-index-fell = Der Index von { $coin } fiel in { $span } um { $share }, von { $from } auf { $to }.
told-index-rose = Der Index von { $coin } stieg in { $span } um { $share }, von { $from } auf { $to }.
told-index-gap-fell = Der Index von { $coin } fiel von einem Preis zum nächsten, { $span } später, um { $share }: von { $from } auf { $to }, ohne einen Preis dazwischen.
told-index-gap-rose = Der Index von { $coin } stieg von einem Preis zum nächsten, { $span } später, um { $share }: von { $from } auf { $to }, ohne einen Preis dazwischen.
told-index-silent = Der Index von { $coin } steht still: seit { $since } war nichts von ihm zu hören.
told-index-back = Der Index von { $coin } stand seit { $since } still, { $span } lang; er kam bei { $to } wieder, { $went ->
    [lower] { $share } tiefer
    [higher] { $share } höher
   *[same] unverändert
 } ({ $from } zuvor).
told-index-lost = Der Index von { $coin } verlor einen Bestandteil: er wurde aus { $before } gebildet und wird es nun aus { $now }. Damit ging er von { $from } auf { $to }.
told-index-regained = Der Index von { $coin } wird wieder aus { $now } Bestandteilen gebildet, nach { $before }. Damit ging er von { $from } auf { $to }.
told-book-left = Die Market Maker zogen sich aus { $symbol } zurück: die dünnere Seite des Buchs, bis 1% von der Mitte, fiel in { $span } von { $from } auf { $to }, während { $traded } gehandelt wurden.
told-book-taken = Das Buch von { $symbol } wurde genommen: seine dünnere Seite, bis 1% von der Mitte, fiel in { $span } von { $from } auf { $to }, während { $traded } gehandelt wurden.
told-book-back = Das Buch von { $symbol } ist wieder da: { $now } stehen auf der dünneren Seite, bis 1% von der Mitte.
told-halted = { $symbol } wurde angehalten: nichts wird angenommen und nichts ausgeführt.
told-auction = { $symbol } ist in einer Auktion: Orders werden gesammelt und nichts wird ausgeführt.
told-post-only = { $symbol } nimmt Orders, die im Buch ruhen, und keine anderen.
told-cancel-only = { $symbol } nimmt Streichungen und sonst nichts.
told-goes-on = { $symbol } stand seit { $since }, { $span } lang. Sein Index ist jetzt { $went ->
    [lower] { $share } tiefer
    [higher] { $share } höher
   *[same] derselbe
 }: { $to }, nach { $from }.
told-crossed = Die Auktion von { $symbol } ist vorbei: { $size } wurden zu { $px } gehandelt, ein Preis für alle.
told-crossed-nothing = Die Auktion von { $symbol } ist vorbei: nichts wurde gehandelt.
told-delisted = { $symbol } wurde eingestellt: alle Orders endeten, und jede Position wurde zu { $px } abgerechnet.
told-expired = { $symbol } ist verfallen: alle Orders endeten, und jede Position wurde zu { $px } abgerechnet.
told-funding = Die Funding-Rate von { $symbol } ist { $rate } für die nächsten { $span }: { $payer ->
    [longs] Longs zahlen an Shorts
   *[shorts] Shorts zahlen an Longs
 }. Sein Mark-Preis liegt { $went ->
    [lower] { $share } unter
    [higher] { $share } über
   *[same] auf
 } seinem Index.
told-unwound = Niemand konnte für einen liquidierten { $side ->
    [long] Long
   *[short] Short
 } in { $symbol } zahlen: der Pool hielt { $pool }, der Versicherungsfonds { $insurance }. { $size } an Positionen der Gegenseite wurden dafür geschlossen (Auto-Deleveraging).
told-withdrawals-stopped = Die Börse hat Auszahlungen angehalten: Übungsgeld bleibt hier, und der Handel geht weiter.
told-withdrawals-open = Die Börse lässt Auszahlungen nach { $span } wieder zu.
told-at = { $time }: { $told }
told-collateral = { $time }: { $told } { $coin } besichert dieses Wallet.
withdrawals-refused = Die Börse hat Auszahlungen seit { $since } angehalten. Dein Geld bleibt hier, und der Handel geht weiter.
