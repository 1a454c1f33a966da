# Was das Üben sagt: eine Position anderswo, ein Plan vor einer Order, ein Rückblick nach dem Schließen.

## Was etwas gebracht hat

came-price = Preis
came-funding = Funding
came-fees = Gebühren
came-slippage = Spread und Slippage
came-others = Liquidation
came-up = { $amount } im Plus
came-down = { $amount } im Minus
came-even = null
came-gave = { $label }: { $amount } gewonnen
came-took = { $label }: { $amount } verloren

## Eine Position anderswo

ahead-now = jetzt
ahead-in = in { $time }
ahead-same = bei { $price } bleibt
ahead-higher = um { $pct } auf { $price } steigt
ahead-lower = um { $pct } auf { $price } fällt
ahead-held = Wenn der Markpreis { $time } { $way }, endest du nach dem Schließen ungefähr bei { $result }. Im Einzelnen: { $parts }.
    .pro = Wenn der Markpreis { $time } { $way }: ungefähr { $result } · { $parts }
ahead-closed = Auf dem Weg dorthin schließt die Börse die Position für dich (Liquidation), bei einem Markpreis von { $price } { $time }. Bis dahin stehst du ungefähr bei { $result } ({ $parts }). Was das Schließen kostet, kommt dazu.
    .pro = Liquidiert bei { $price } { $time }: ungefähr { $result } vor Kosten des Schließens · { $parts }

## Ein Plan vor einer Order

reason-lesson = Eine Lektion üben
reason-breakout = Ausbruch
reason-fade = Gegenbewegung
reason-trend = Trend
reason-hedge = Absicherung
reason-copied = Jemanden nachmachen
reason-other = Etwas anderes
plan-start = Werte zum Anfangen, kein Rat: höchstens { $loss } verlieren, ein Hundertstel von dem, was du hast; ein Stop { $pct } des Preises entfernt; ein Ziel doppelt so weit.
    .pro = Anfangswerte: Verlust { $loss }, Stop { $pct } entfernt, Ziel doppelt so weit
plan-size = Die Größe ist { $size }: Kommt der Markpreis auf { $stop }, verlierst du ungefähr { $loss }, darin { $fees } Gebühren und { $slippage } Spread und Slippage, wie das Orderbuch jetzt ist.
    .pro = { $size }: bei { $stop } Verlust { $loss } (Gebühren { $fees }, Slippage { $slippage })
plan-least = Schon die kleinste Größe, { $size }, würde bei { $stop } ungefähr { $loss } verlieren: { $fees } davon sind Gebühren, { $slippage } Spread und Slippage.
    .pro = Kleinste Größe { $size }: bei { $stop } Verlust { $loss } (Gebühren { $fees }, Slippage { $slippage })
plan-book = Das Orderbuch enthält dort jetzt nicht mehr als { $size }, du würdest also weniger riskieren, als du gesagt hast.
    .pro = Vom Buch begrenzt: { $size }
plan-target = Bei { $target } bleiben dir ungefähr { $amount } nach Gebühren: das { $ratio }-fache von dem, was du riskierst.
    .pro = { $target }: bleiben { $amount } · { $ratio }x Risiko
plan-target-loses = Bei { $target } würdest du immer noch ungefähr { $amount } verlieren, samt Gebühren: das { $ratio }-fache von dem, was du riskierst.
    .pro = { $target }: Verlust { $amount } · { $ratio }x Risiko
plan-hold = Du willst spätestens nach { $time } schließen. Die Börse tut das nicht für dich.
    .pro = Höchstens { $time } halten, von Hand
plan-no-book = Hier bietet jetzt niemand einen Preis, darum gibt es keine Größe.

## Ein Rückblick nach dem Schließen

debrief-head = Dein { $side } über { $size }, { $time } gehalten, beendet durch: { $cause }. Das Ergebnis: { $result }.
    .pro = { $side } { $size } · { $time } · { $cause } · { $result }
debrief-exit = { $price } ({ $cause })
debrief-row-entry = Einstieg
debrief-row-stop = Stop
debrief-row-size = Größe
debrief-row-limit = Höchstens zu verlieren, und Ergebnis
debrief-row-hold = Haltedauer
debrief-row-exit = Ausstieg
fact-plan-kept = Vor der Order gab es einen Plan.
fact-plan-broken = Vor der Order gab es keinen Plan.
fact-stop-kept = Der Stop blieb, wo er geplant war, oder kam näher.
fact-stop-broken = Der Stop wurde weggeschoben, herausgenommen oder war nie da.
fact-size-kept = Die Größe lag nie über dem Plan.
fact-size-broken = Die Größe lag über dem Plan.
fact-limit-kept = Am Stop war nie mehr zu verlieren als angenommen.
fact-limit-broken = Zeitweise war mehr zu verlieren als angenommen.
fact-debrief-kept = Der Rückblick wurde durchgegangen.
fact-debrief-broken = Der Rückblick wurde noch nicht durchgegangen.
rule-plan = Eine Regel zum Ausprobieren: keine Order, die Risiko eröffnet, ohne Plan.
rule-stop = Eine Regel zum Ausprobieren: Ein Stop rückt näher, nie weg.
rule-size = Eine Regel zum Ausprobieren: Vergrößern braucht vorher einen eigenen Plan.
rule-limit = Eine Regel zum Ausprobieren: keine Position ohne einen Stop, dessen Verlust du angenommen hast.
moment-flat = { $time }: Der Markpreis steht bei { $mark }, und du hältst hier nichts.
    .pro = { $time } · Mark { $mark } · ohne Position
moment-held = { $time }: Der Markpreis steht bei { $mark }. Du hältst { $size }; dein Stop liegt bei { $stop }.
    .pro = { $time } · Mark { $mark } · { $size } · Stop { $stop }
moment-after = { $did } Beendet wurde es durch: { $cause }. Das Ergebnis: { $result }.
    .pro = { $did } Ende: { $cause }, { $result }
did-opened = Du hast sie eröffnet.
did-added = Du hast sie vergrößert.
did-reduced = Du hast sie verkleinert.
did-widened = Du hast den Stop von { $before } auf { $stop } weggeschoben.
    .pro = Stop { $before } auf { $stop }, weg
did-tightened = Du hast den Stop von { $before } auf { $stop } näher geholt.
    .pro = Stop { $before } auf { $stop }, näher
did-removed = Du hast den Stop bei { $before } herausgenommen.
    .pro = Stop { $before } heraus
did-closed = Du hast sie von Hand geschlossen.
choice-leave = Nichts ändern
choice-close = Schließen
choice-half = Die Hälfte schließen
choice-opened-did = Eröffnen
choice-opened-leave = Nicht eröffnen
choice-added-did = Vergrößern
choice-reduced-did = Verkleinern
choice-widened-did = Den Stop wegschieben
choice-tightened-did = Den Stop näher holen
choice-removed-did = Den Stop herausnehmen
choice-closed-did = Von Hand schließen
notice-flat = { $market }: Du hältst hier nichts mehr.
    .pro = { $market } ohne Position
ways-told = Dieselben { $money } Übungsgeld auf drei Arten, durch dieselben Kurse: ein Fall und der Weg zurück. Die beiden Kontrakte werden mit Hebel { $lev } gekauft.
    .pro = { $money } in Spot, Termin-Future und Perpetual mit Hebel { $lev }, isoliert, dieselben Kurse
ways-spot = Coins
ways-future = Future mit Termin
ways-perpetual = Perpetual
ways-still-there = { $way }: am Ende noch da, mit { $kept }.
ways-closed-for-you = { $way }: für dich geschlossen (Liquidation) am { $time }, { $kept } blieben. Was der Kurs danach tat, zählte dafür nicht mehr.
ways-cut-for-you = { $way }: ab { $time } für dich geschlossen (Liquidation), bis auf { $left }; { $kept } blieben.
ways-hold = Was du hältst
    .spot = { $size }. Sie gehören dir: { $value }, ganz bezahlt.
    .future = Einen Kontrakt auf { $size }, { $value } wert; { $coin } besitzt du keine.
    .perpetual = Einen Kontrakt auf { $size }, { $value } wert; { $coin } besitzt du keine.
ways-expiry = Ende
    .spot = Keines.
    .future = { $ends }; dann wird abgerechnet.
    .perpetual = Keines; stattdessen wird in Abständen Funding gezahlt oder erhalten.
ways-leverage = Hebel
    .spot = 1: { $money } kaufen { $coin } für { $value }.
    .future = { $lev }: { $money } stehen hinter { $value }.
    .perpetual = { $lev }: { $money } stehen hinter { $value }.
ways-closed = Kann es für dich geschlossen werden?
    .spot = Nein. Nur du kannst deine Coins verkaufen.
    .future = Ja, bei einem Mark von { $limit }, was immer der Kurs danach tut.
    .perpetual = Ja, bei einem Mark von { $limit }, was immer der Kurs danach tut.
ways-use = Wofür es vor allem dient
    .spot = Um { $coin } zu besitzen: aufheben, weitergeben, damit zahlen.
    .future = Um einen Kurs bis zu einem bekannten Tag festzuhalten, als Absicherung oder Meinung.
    .perpetual = Um eigene { $coin } abzusichern, oder für eine Meinung ohne Termin.
ways-risks = Hauptrisiken
    .spot = Der Kurs fällt; die Coins gehen verloren oder werden gestohlen.
    .future = Liquidation vor dem Termin; weniger Handel, also weiterer Spread.
    .perpetual = Liquidation; Funding, das sich summiert; mit dem Hebel wächst der Verlust.
