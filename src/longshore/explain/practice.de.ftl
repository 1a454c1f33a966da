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
