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
came-gave = { $label } bringt { $amount }
came-took = { $label } kostet { $amount }

## Eine Position anderswo

ahead-now = jetzt
ahead-in = in { $time }
ahead-same = wo er ist
ahead-higher = um { $pct } seines Preises höher
ahead-lower = um { $pct } seines Preises tiefer
ahead-held = Steht der Markpreis { $way }, bei { $price } { $time }, endest du nach dem Schließen ungefähr bei { $result }: { $parts }.
    .pro = { $price } { $time }: ungefähr { $result } · { $parts }
ahead-closed = Auf dem Weg dorthin schließt die Börse die Position für dich (Liquidation), bei einem Markpreis von { $price } { $time }. Bis dahin stehst du ungefähr bei { $result }: { $parts }. Was das Schließen kostet, kommt dazu.
    .pro = Liquidiert bei { $price } { $time }: ungefähr { $result } vor Kosten des Schließens · { $parts }
