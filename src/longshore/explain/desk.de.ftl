# Was der Handelsschirm, seine Meldungen und seine Papiere neben den Sätzen sagen.

## Von wem oder was eine Position geschlossen wurde

cause-you = du
cause-stop = Stop
cause-target = Ziel
cause-liquidation = Liquidation
cause-adl = ADL (automatischer Abbau)
cause-assignment = Zuteilung
cause-delisting = Ende des Markts
cause-expiry = Verfall

## Ein Auszug über einen Zeitraum

statement-title = Auszug von { $account }
statement-period = Von { $since } bis { $until }
statement-beginning = Beginn
statement-world = Welt: { $world }; Regeln: { $rulebook }; Übungsgeld; was gezahlt wird, hat ein Minus
statement-opening = Zu Beginn gehalten
statement-closing = Am Ende gehalten
statement-put-in = Eingezahltes Übungsgeld
statement-profit = Gewinn oder Verlust
statement-fees = Gebühren
statement-funding = Funding
statement-spot = Spot gekauft und verkauft
statement-converted = Sicherheiten verkauft, um Schulden zu zahlen
statement-other = Von anderen getragen oder mit ihnen geteilt
statement-market = Markt
statement-opened = Eröffnet
statement-closed = Geschlossen
statement-size = Eröffnete Größe
statement-by = Beendet durch
statement-none = Keine Position in diesem Zeitraum.
statement-still-open = noch offen

## Warnungen

notice-buffer-half = { $market }: Vom Sicherheitspuffer ist weniger als die Hälfte übrig ({ $buffer }). Verkleinern, schließen oder Margin zuschießen bringt dich weiter weg von 0 %.
    .pro = { $market } Puffer { $buffer }, unter der Hälfte
notice-buffer-quarter = { $market }: Vom Sicherheitspuffer ist weniger als ein Viertel übrig ({ $buffer }). Verkleinern, schließen oder Margin zuschießen bringt dich weiter weg von 0 %.
    .pro = { $market } Puffer { $buffer }, unter einem Viertel
notice-buffer-tenth = { $market }: Vom Sicherheitspuffer ist weniger als ein Zehntel übrig ({ $buffer }). Bei 0 % schließt der Handelsplatz für dich.
    .pro = { $market } Puffer { $buffer }, unter einem Zehntel

## Ein Stop oder ein Ziel

bracket-lose = Bei { $price } verlierst du etwa { $amount } samt Gebühren; das ist { $pct } des Preises entfernt.
    .pro = { $price }: Verlust { $amount } netto · { $pct } entfernt
bracket-keep = Bei { $price } bleiben dir etwa { $amount } nach Gebühren; das ist { $pct } des Preises entfernt.
    .pro = { $price }: bleiben { $amount } netto · { $pct } entfernt

## Vergangene Funding-Sätze

rate-told = { $payer } zahlten { $receiver } { $amount } je $10,000
rate-zero = niemand zahlte

## Was ein Markt annimmt, der nicht wie sonst ist

market-state-post-only = Hier werden jetzt nur Orders angenommen, die ruhen; sofort wird nichts gehandelt.
market-state-cancel-only = Hier können Orders jetzt nur gestrichen werden.
market-state-halted = Der Handel ruht hier: Nichts wird angenommen, auch keine Streichung, und gehandelt wird nichts.
market-state-auction = Es läuft eine Auktion: Orders werden gesammelt und am Ende zu einem Preis ausgeführt.
market-state-expired = Dieser Markt ist zu Ende: Hier kann nichts mehr gehandelt werden.
