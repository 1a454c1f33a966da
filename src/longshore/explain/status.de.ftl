### Wartung, und wie es der Börse geht: Statusseite, ihre Hinweise, was Clients gesagt wird.

## Wartung, Schritt für Schritt

downtime-announced = Wartung von { $down } bis { $up }: Neue Orders nimmt die Börse noch { $wait } lang an.
    .pro = Wartung { $down } – { $up }; schließt in { $wait }
downtime-closing = Wartung von { $down } bis { $up }: Orders können jetzt nur gestrichen werden, und in { $wait } geht gar nichts mehr.
    .pro = nur Streichungen; zu in { $wait } ({ $down } – { $up })
downtime-down = Die Börse wird bis { $up } gewartet: Noch { $wait } lang wird nichts angenommen.
    .pro = zu, noch { $wait }, bis { $up }
downtime-opening = Die Börse öffnet nach der Wartung: Noch { $wait } lang werden nur Orders angenommen, die liegen.
    .pro = nur Post-only, noch { $wait }
downtime-refused = Die Börse wird bis { $up } gewartet. Bis dahin wird nichts angenommen: Aufgeben, Ändern und Streichen geht danach.
    .pro = Wartung bis { $up }
downtime-step-closing = Von { $since } bis { $until } können Orders nur gestrichen werden.
    .pro = { $since } – { $until }: nur Streichungen
downtime-step-down = Von { $since } bis { $until } wird nichts angenommen: keine Order, keine Streichung, keine Umbuchung, keine Auszahlung. Orders bleiben liegen, Markpreise bewegen sich, Funding wird gezahlt, niemand wird liquidiert.
    .pro = { $since } – { $until }: zu
downtime-step-opening = Von { $since } bis { $until } werden nur Orders angenommen, die liegen; nichts wird ausgeführt und niemand liquidiert.
    .pro = { $since } – { $until }: nur Post-only
downtime-not-ahead = Die Zeit liegt nicht voraus: Vor der Wartung schließt die Börse, und auch das muss noch kommen.
downtime-ends = Wenn sie vorbei ist, wird sofort liquidiert, wer nach den Markpreisen von dann unter der Mindestmarge ist.

## Auf dem schwarzen Brett

told-downtime-announced = Eine Wartung ist geplant: Von { $down } bis { $up } nimmt die Börse nichts an, neue Orders schon ab { $next } nicht mehr.
    .pro = Wartung { $down } – { $up }, schließt { $next }
told-downtime-closing = Die Börse schließt für eine Wartung: Orders können nur gestrichen werden, bis ab { $next } gar nichts mehr geht.
    .pro = schließt, zu ab { $next }
told-downtime-down = Die Börse wird bis { $next } gewartet: Nichts wird angenommen und niemand liquidiert.
    .pro = zu bis { $next }
told-downtime-opening = Die Börse öffnet nach der Wartung: Bis { $next } werden nur Orders angenommen, die liegen; noch wird nichts ausgeführt.
    .pro = nur Post-only bis { $next }
told-downtime-over = Die Wartung ist vorbei: Alle Orders werden wieder angenommen und ausgeführt.
told-downtime-called-off = Die Wartung, die von { $down } bis { $up } geplant war, fällt aus.
    .pro = Wartung { $down } – { $up } fällt aus

## Was ein Betreiber tut

operator-did-maintenance = Wartung geplant: { $reason }
operator-did-maintenance-off = Wartung { $id } abgesagt oder zu Ende gebracht.
    .pro = Wartung { $id } ab
operator-means-maintenance-off = Was angekündigt ist, findet nicht statt; was steht, beginnt jetzt zu öffnen.
operator-did-notice = Hinweis an alle: { $text }
operator-means-notice = Alle lesen ihn auf der Hinweistafel und der Statusseite.

## Wie es der Börse geht

status-up = Alles geht.
status-limited = Etwas geht nicht wie sonst: siehe unten.
status-down = Die Börse nimmt jetzt nichts an: siehe unten.
status-part-orders = Orders
status-part-market-data = Preise und Marktdaten
status-part-money = Einzahlungen und Auszahlungen
status-part-journal = Journal und Historie
status-part-watch = Aufsicht über den Markt
status-part-apis = APIs für Programme
status-orders-up = Alle Orders werden in jedem Markt angenommen.
status-orders-markets = { $count } von { $all } Märkten nehmen gerade nicht jede Order.
    .pro = { $count } / { $all } Märkte eingeschränkt
status-orders-closing = Orders können nur gestrichen werden: Gleich beginnt eine Wartung.
status-orders-down = Weder Orders noch Streichungen werden angenommen: Die Börse wird gewartet.
status-orders-opening = Nur Orders, die liegen, werden angenommen: Eine Wartung ist gerade vorbei.
status-market-data-up = Preise kommen, wie sie sollen.
status-market-data-limited = Preise von außen kommen spät oder gar nicht; Märkte, die auf ihnen stehen, sind angehalten.
status-money-up = Einzahlungen werden gutgeschrieben und Auszahlungen gesendet.
status-money-limited = Auszahlungen werden zurückgehalten; Einzahlungen werden gutgeschrieben.
status-money-down = Nichts verlässt die Börse, während sie gewartet wird.
status-journal-up = Jeder Befehl ist aufgeschrieben, bevor er beantwortet wird.
status-journal-down = Journal oder Historie stehen; die Börse muss neu gestartet werden.
status-watch-up = Die Aufsicht sieht jede Order und jeden Handel.
status-watch-down = Die Aufsicht steht; gehandelt wird ohne sie.
status-apis-up = Die nachgebildeten APIs antworten, wie sie sollen.
status-apis-limited = Die nachgebildeten APIs sind mit Absicht gestört: { $kinds }.
    .pro = Störung: { $kinds }
status-apis-down = Die nachgebildeten APIs antworten mit Absicht nicht.
status-incident-maintenance = Wartung: { $reason }
status-incident-maintenance-unsaid = Wartung
status-incident-maintenance-off = Wartung, die abgesagt wurde: { $reason }
status-incident-maintenance-off-unsaid = Wartung, die abgesagt wurde
status-incident-halted = { $symbol } war angehalten
status-incident-auction = { $symbol } war in einer Auktion
status-incident-post-only = { $symbol } nahm nur Orders, die liegen
status-incident-cancel-only = { $symbol } nahm nur Streichungen
status-incident-trouble = APIs für Programme waren mit Absicht gestört: { $kinds }
    .pro = Störung: { $kinds }
status-incident-freeze = Auszahlungen über Ketten waren eingefroren
status-incident-withdrawals = Auszahlungen waren vom Betreiber angehalten
status-lasted = Dauer: { $span }.
    .pro = { $span }
status-lasts = Dauert an, bisher { $span }.
    .pro = seit { $span }
status-ended-unseen = Endete, als die Börse neu gestartet wurde.
status-note = All das ist eine Übungsbörse mit erfundenen Leuten und Übungsgeld. Zeiten sind die ihrer Welt, in UTC.
