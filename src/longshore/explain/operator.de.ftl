# Was der Betreiber eines Handelsplatzes tut, was daraus folgt und was gelten muss.

## Getan, wie es im Protokoll steht

operator-did-state-active = { $symbol }: wieder offen für alle Aufträge.
    .pro = { $symbol }: aktiv
operator-did-state-post-only = { $symbol }: nur ruhende Aufträge werden angenommen.
    .pro = { $symbol }: nur ruhend
operator-did-state-cancel-only = { $symbol }: Aufträge können nur gestrichen werden.
    .pro = { $symbol }: nur streichen
operator-did-state-halted = { $symbol }: Handel angehalten.
    .pro = { $symbol }: angehalten
operator-did-index = { $symbol }: ein Indexpreis, { $percent } % vom vorigen.
    .pro = { $symbol }: Index { $percent } %
operator-did-terms = { $symbol }: { $term } geändert auf { $values }.
    .pro = { $symbol }: { $term } { $values }
operator-did-terms-later = { $symbol }: { $term } angekündigt als { $values } ab { $time }.
    .pro = { $symbol }: { $term } { $values } ab { $time }
operator-did-trouble = Störung für Programme: { $kinds }.
    .pro = Störung: { $kinds }
operator-did-calm = Keine Störung für Programme mehr.
operator-did-cut = Alle Sockets von Programmen getrennt.
operator-did-clock-pause = Die Uhr steht.
operator-did-clock-resume = Die Uhr geht weiter.
operator-did-clock-speed = Die Uhr läuft { $speed }-mal so schnell wie eine Wanduhr.
    .pro = Uhr { $speed } ×
operator-did-clock-step = Die Uhr ging um { $step } ms weiter.
    .pro = Uhr +{ $step } ms
operator-did-identity-accepted = Identität im Fall { $case } angenommen.
    .pro = Fall { $case }: angenommen
operator-did-identity-refused = Identität im Fall { $case } abgelehnt.
    .pro = Fall { $case }: abgelehnt
operator-did-account-active = Konto { $name } darf alles, was seine Schranken erlauben.
    .pro = { $name }: aktiv
operator-did-account-close-only = Konto { $name } darf nur schließen.
    .pro = { $name }: nur schließen
operator-did-account-frozen = Konto { $name } eingefroren.
    .pro = { $name }: eingefroren
operator-did-account-closed = Konto { $name } geschlossen.
    .pro = { $name }: geschlossen
operator-did-account = Konto { $name } angelegt.
    .pro = Konto { $name }
operator-did-account-with = Konto { $name } angelegt, mit { $money } Übungsgeld.
    .pro = Konto { $name }: +{ $money }
operator-did-deposit = Konto { $account }: { $amount } { $asset } Übungsgeld gutgeschrieben.
    .pro = { $account }: +{ $amount } { $asset }
operator-did-key = Konto { $account }: ein API-Schlüssel angelegt.
    .pro = { $account }: API-Schlüssel
operator-did-key-with = Konto { $account }: ein API-Schlüssel angelegt; er darf { $permissions }.
    .pro = { $account }: API-Schlüssel ({ $permissions })
operator-did-role = { $name }: hat jetzt die Rolle { $role }.
    .pro = { $name }: { $role }
operator-did-password = { $name }: hat ein neues Passwort, Sitzungen beendet.
    .pro = { $name }: neues Passwort
operator-did-import = Welt aus der Datei { $name } geöffnet.
    .pro = Import { $name }
operator-did-export = Welt { $name } in eine Datei gespeichert.
    .pro = Export { $name }
operator-did-alert-open = Alert { $id } wieder offen.
    .pro = alert { $id }: open
operator-did-alert-dismissed = Alert { $id } verworfen.
    .pro = alert { $id }: dismissed
operator-did-alert-escalated = Alert { $id } weitergegeben.
    .pro = alert { $id }: escalated
operator-did-rest = Welt { $name } ruht.
    .pro = Ruhe { $name }
operator-did-delete = Welt { $name } gelöscht.
    .pro = Löschen { $name }
operator-did-propose = Vorschlag { $id } wartet auf einen zweiten Betreiber: { $what }
    .pro = Vorschlag { $id }: { $what }
operator-did-approve = Vorschlag { $id } angenommen.
    .pro = Vorschlag { $id }: angenommen
operator-did-decline = Vorschlag { $id } abgelehnt.
    .pro = Vorschlag { $id }: abgelehnt
operator-did-withdraw = Vorschlag { $id } zurückgenommen.
    .pro = Vorschlag { $id }: zurückgenommen

## Wozu es zwei braucht

operator-takes-two = Das wartet auf einen zweiten Betreiber. Bis er zustimmt, ändert sich nichts.
proposal-waits = Vorschlag { $id } wartet auf einen zweiten Betreiber: { $what } Geändert ist noch nichts. Er verfällt um { $until }.
    .pro = Vorschlag { $id } wartet: { $what } Verfällt um { $until }.
proposal-own = Das ist dein eigener Vorschlag. Ein anderer Betreiber nimmt ihn an oder lehnt ihn ab; du kannst ihn zurücknehmen.
proposal-others = Das ist der Vorschlag eines anderen. Du kannst ihn annehmen oder ablehnen.
proposal-is-taken = Ein anderer Betreiber nimmt diesen Vorschlag gerade an.
proposal-is-approved = Dieser Vorschlag wurde angenommen und ausgeführt.
proposal-is-declined = Dieser Vorschlag wurde abgelehnt.
proposal-is-withdrawn = Dieser Vorschlag wurde zurückgenommen.
proposal-is-lapsed = Dieser Vorschlag ist verfallen. Mache ihn noch einmal.
proposal-is-interrupted = Der Handelsplatz hielt an, während dieser Vorschlag ausgeführt wurde. Sieh nach, ob es geschehen ist; wenn nicht, mache ihn noch einmal.
proposals-named = Auf diesem Handelsplatz braucht das zwei Betreiber, die sich mit Namen angemeldet haben. Das Token hat keinen Namen.
proposals-why = Gib einen Grund für das Protokoll an.
proposals-own-name = Auf diesem Handelsplatz handelt niemand im Namen eines anderen, auch kein Betreiber.
proposals-many = { $most } Vorschläge warten schon. Entscheide zuerst über einige.
    .pro = Höchstens { $most } Vorschläge warten.

## Arten von Störung

operator-trouble-delay-ms = { $value } ms später
operator-trouble-jitter-ms = bis zu { $value } ms noch später
operator-trouble-limited-percent = { $value } % der Anfragen am Ratenlimit abgelehnt
operator-trouble-away-percent = { $value } % der Anfragen nicht ausgeführt
operator-trouble-lost-percent = { $value } % der Anfragen ausgeführt, aber als Fehler beantwortet
operator-trouble-dropped-percent = { $value } % der Nachrichten verloren
operator-trouble-repeated-percent = { $value } % der Nachrichten doppelt gesendet
operator-trouble-cut-after = Sockets nach { $value } Nachrichten getrennt
operator-trouble-skew-ms = genannte Zeit { $value } ms vor (unter null: nach)

## Was daraus folgen würde

operator-state-active = Alle Arten von Aufträgen werden hier angenommen und wie üblich ausgeführt.
operator-index = Der Index von { $coin } ist { $price }, bis der Feed seinen nächsten Preis meldet. Der Mark-Preis folgt ihm, und wer dann unter der Erhaltungsmargin liegt, wird liquidiert.
    .pro = { $coin }-Index { $price } bis zum nächsten des Feeds; Mark folgt
operator-stands = Jetzt in diesem Markt: { $orders } offene Aufträge, { $positions } Positionen.
    .pro = { $orders } Aufträge, { $positions } Positionen
operator-liquidated = Sofort liquidierte Konten: { $count }.
    .pro = liquidiert: { $count }
operator-fired = Sofort ausgelöste Stops und Ziele: { $count }.
    .pro = ausgelöst: { $count }
operator-ended = Sofort endende Aufträge: { $count }.
    .pro = beendete Aufträge: { $count }
operator-nothing = Niemandes Aufträge oder Positionen ändern sich sofort.
operator-means-clock = Das betrifft alle in dieser Welt. Aufträge werden zu dem Zeitpunkt ausgeführt, den die Uhr zeigt.
operator-means-rest = Ihre Uhr steht, und ihr Prozess endet. Sie geht von dort weiter, wenn jemand sie öffnet.
operator-means-export = Die Welt wird in eine Datei im Exportordner des Handelsplatzes geschrieben und geht weiter.
operator-means-account = Ein neues Konto; sein Übungsgeld entsteht sofort.
operator-means-account-state = Das entscheidet sofort, was das Konto darf; geschlossen bleibt es geschlossen.
operator-means-deposit = Übungsgeld entsteht und gehört sofort dem Konto.
operator-means-freeze = Das betrifft jede Auszahlung über eine Übungskette, die noch nicht weg ist.
operator-means-gift = Erfundene Münzen entstehen und gehören der Adresse, sobald ihre Kette sie hat.
operator-means-key = Wer den Schlüssel hat, handelt über die APIs für das Konto.
operator-means-password = Das alte Passwort und offene Sitzungen enden. Wer zustimmt, sieht das neue Passwort, dieses eine Mal.
operator-means-recovery = Die Einzahlung abzüglich einer Gebühr gehört sofort dem Konto.
operator-means-role = Das entscheidet sofort, was dieser Mensch hier sieht und darf.
operator-sockets = Das betrifft Programme an den nachgebildeten APIs, jetzt { $count } offene Sockets. Diese Seite und ihre API bleiben, wie sie sind.
    .pro = nur nachgebildete APIs; { $count } Sockets

## Was gelten muss, und wer was hält

operator-law-conservation = Geld: Alle Guthaben zusammen sind, was eingezahlt wurde, weniger dem, was ausgezahlt wurde.
operator-law-clearing = Offene Positionen: Longs und Shorts ergeben zusammen null, und jedes Verrechnungskonto seine genannte Summe.
operator-law-holds = Reserven: Was für Aufträge zurückgelegt ist, ist da, und nichts ist ohne Auftrag zurückgelegt.
operator-fund-insurance = Versicherungsfonds
operator-fund-pool = Topf, der vor ihm zahlt
operator-fund-conversion = Umtauschkonto
operator-fund-venue = Eigenes des Handelsplatzes
