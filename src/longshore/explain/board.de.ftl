# Was das Brett meldet: was Märkten und Indizes widerfährt. Kein Satz rechnet etwas aus.

told-index-fell = Der Index von { $coin } fiel in { $span } um { $share }, von { $from } auf { $to }.
    .pro = Index { $coin } −{ $share } in { $span }: { $from } → { $to }
told-index-rose = Der Index von { $coin } stieg in { $span } um { $share }, von { $from } auf { $to }.
    .pro = Index { $coin } +{ $share } in { $span }: { $from } → { $to }
told-index-gap-fell = Der Index von { $coin } fiel von einem Preis zum nächsten, { $span } später, um { $share }: von { $from } auf { $to }, ohne einen Preis dazwischen.
    .pro = Index { $coin } Lücke −{ $share } nach { $span }: { $from } → { $to }
told-index-gap-rose = Der Index von { $coin } stieg von einem Preis zum nächsten, { $span } später, um { $share }: von { $from } auf { $to }, ohne einen Preis dazwischen.
    .pro = Index { $coin } Lücke +{ $share } nach { $span }: { $from } → { $to }
told-index-silent = Der Index von { $coin } steht still: seit { $since } war nichts von ihm zu hören.
    .pro = Index { $coin } still seit { $since }
told-index-back = Der Index von { $coin } stand seit { $since } still, { $span } lang; er kam bei { $to } wieder, { $went ->
    [lower] { $share } tiefer
    [higher] { $share } höher
   *[same] unverändert
 } ({ $from } zuvor).
    .pro = Index { $coin } wieder da nach { $span } (seit { $since }): { $from } → { $to }, { $share } { $went ->
        [lower] tiefer
        [higher] höher
       *[same] daneben
     }
told-index-lost = Der Index von { $coin } verlor einen Bestandteil: er wurde aus { $before } gebildet und wird es nun aus { $now }. Damit ging er von { $from } auf { $to }.
    .pro = Index { $coin }: { $before } → { $now } Bestandteile, { $from } → { $to }
told-index-regained = Der Index von { $coin } wird wieder aus { $now } Bestandteilen gebildet, nach { $before }. Damit ging er von { $from } auf { $to }.
    .pro = Index { $coin }: { $before } → { $now } Bestandteile, { $from } → { $to }
told-book-left = Die Market Maker zogen sich aus { $symbol } zurück: die dünnere Seite des Buchs, bis 1% von der Mitte, fiel in { $span } von { $from } auf { $to }, während { $traded } gehandelt wurden.
    .pro = { $symbol } Maker weg: dünnere Seite bis 1% { $from } → { $to } in { $span }, gehandelt { $traded }
told-book-taken = Das Buch von { $symbol } wurde genommen: seine dünnere Seite, bis 1% von der Mitte, fiel in { $span } von { $from } auf { $to }, während { $traded } gehandelt wurden.
    .pro = { $symbol } Buch genommen: dünnere Seite bis 1% { $from } → { $to } in { $span }, gehandelt { $traded }
told-book-back = Das Buch von { $symbol } ist wieder da: { $now } stehen auf der dünneren Seite, bis 1% von der Mitte.
    .pro = { $symbol } Buch wieder da: dünnere Seite bis 1% { $now }
told-halted = { $symbol } wurde angehalten: nichts wird angenommen und nichts ausgeführt.
    .pro = { $symbol } angehalten
told-auction = { $symbol } ist in einer Auktion: Orders werden gesammelt und nichts wird ausgeführt.
    .pro = { $symbol } Auktion
told-post-only = { $symbol } nimmt Orders, die im Buch ruhen, und keine anderen.
    .pro = { $symbol } nur ruhende Orders
told-cancel-only = { $symbol } nimmt Streichungen und sonst nichts.
    .pro = { $symbol } nur Streichungen
told-goes-on = { $symbol } stand seit { $since }, { $span } lang. Sein Index ist jetzt { $went ->
    [lower] { $share } tiefer
    [higher] { $share } höher
   *[same] derselbe
 }: { $to }, nach { $from }.
    .pro = { $symbol } offen nach { $span } (seit { $since }), Index { $from } → { $to }, { $share } { $went ->
        [lower] tiefer
        [higher] höher
       *[same] daneben
     }
told-crossed = Die Auktion von { $symbol } ist vorbei: { $size } wurden zu { $px } gehandelt, ein Preis für alle.
    .pro = { $symbol } Auktion vorbei: { $size } zu { $px }
told-crossed-nothing = Die Auktion von { $symbol } ist vorbei: nichts wurde gehandelt.
    .pro = { $symbol } Auktion vorbei: nichts
told-delisted = { $symbol } wurde eingestellt: alle Orders endeten, und jede Position wurde zu { $px } abgerechnet.
    .pro = { $symbol } eingestellt, abgerechnet zu { $px }
told-expired = { $symbol } ist verfallen: alle Orders endeten, und jede Position wurde zu { $px } abgerechnet.
    .pro = { $symbol } verfallen, abgerechnet zu { $px }
told-funding = Die Funding-Rate von { $symbol } ist { $rate } für die nächsten { $span }: { $payer ->
    [longs] Longs zahlen an Shorts
   *[shorts] Shorts zahlen an Longs
 }. Sein Mark-Preis liegt { $went ->
    [lower] { $share } unter
    [higher] { $share } über
   *[same] auf
 } seinem Index.
    .pro = { $symbol } Funding { $rate } je { $span }, { $payer ->
        [longs] Longs zahlen
       *[shorts] Shorts zahlen
     } · Mark { $share } { $went ->
        [lower] unter
        [higher] über
       *[same] neben
     } Index
told-unwound = Niemand konnte für einen liquidierten { $side ->
    [long] Long
   *[short] Short
 } in { $symbol } zahlen: der Pool hielt { $pool }, der Versicherungsfonds { $insurance }. { $size } an Positionen der Gegenseite wurden dafür geschlossen (Auto-Deleveraging).
    .pro = { $symbol } ADL: { $size } geschlossen gegen einen bankrotten { $side ->
        [long] Long
       *[short] Short
     } · Pool { $pool }, Versicherung { $insurance }
told-withdrawals-stopped = Die Börse hat Auszahlungen angehalten: Übungsgeld bleibt hier, und der Handel geht weiter.
told-withdrawals-open = Die Börse lässt Auszahlungen nach { $span } wieder zu.
    .pro = Auszahlungen wieder offen nach { $span }
told-at = { $time }: { $told }
told-collateral = { $time }: { $told } { $coin } besichert dieses Wallet.
    .pro = { $time }: { $told } · { $coin } ist Sicherheit
withdrawals-refused = Die Börse hat Auszahlungen seit { $since } angehalten. Dein Geld bleibt hier, und der Handel geht weiter.
    .pro = Auszahlungen angehalten seit { $since }
