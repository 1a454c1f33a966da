# Jeder Satz, den Lernende lesen, auf Deutsch. Die Zahlen kommen fertig geschrieben; kein Satz rechnet.
# Worte: du und Gegenwart, ein Satz eine Tatsache, zuerst das Geld, dann Prozent mit seiner Bezugsgröße.
# Börse: der Handelsplatz. Liquidation: die Börse schließt für dich. Kosten werden gezahlt oder erhalten.

## Before an order

before-long = Du hättest einen Kontrakt im Wert von { $value } und würdest dafür { $margin } Übungsgeld einsetzen (Hebel { $lev }). Steigt der Preis, gewinnst du; fällt er, verlierst du. { $coin } würdest du nicht besitzen.
    .pro = Long { $value } · Margin { $margin } · { $lev }x
before-short = Du wärst { $size } short, im Wert von { $value }, und würdest dafür { $margin } Übungsgeld einsetzen (Hebel { $lev }). Fällt der Preis, gewinnst du; steigt er, verlierst du. Wie weit ein Preis steigen kann, hat keine Grenze.
    .pro = Short { $size } · { $value } · Margin { $margin } · { $lev }x
before-flat = Du hättest in { $market } nichts mehr.
    .pro = { $market } ohne Position
before-waits = Jetzt geschieht nichts: Die Order wartet, bis dieser Preis { $trigger } erreicht: { $signal }.
    .pro = Wartet auf { $signal } { $trigger }
before-rests = Jetzt wird nichts gehandelt: Die Order liegt zu { $price } im Orderbuch, bis jemand sie annimmt oder du sie streichst.
    .pro = Liegt zu { $price } im Buch
before-part-rests = { $taken } würden sofort gehandelt; der Rest, { $left }, wartet zu { $price } im Orderbuch.
    .pro = Sofort { $taken } · { $left } zu { $price } im Buch
before-part-ends = { $taken } würden sofort gehandelt; für den Rest, { $left }, hat das Orderbuch keinen Preis innerhalb deines Limits, darum endet er.
    .pro = Sofort { $taken } · { $left } enden, kein Preis mehr im Limit
before-spot-buy = Du würdest { $size } für { $value } besitzen. Das kann an Wert verlieren, aber niemand kann es für dich schließen.
    .pro = Spot: kauft { $size } für { $value }
before-spot-sell = Du würdest { $size } für { $value } verkaufen.
    .pro = Spot: verkauft { $size } für { $value }
before-if-filled = Wenn sie ausgeführt wird: { $sentence }
    .pro = Bei Ausführung: { $sentence }

submit-open-long = Long eröffnen: { $size } kaufen
submit-open-short = Short eröffnen: { $size } verkaufen
submit-add-long = Long vergrößern: { $size } kaufen
submit-add-short = Short vergrößern: { $size } verkaufen
submit-reduce-long = Long verkleinern: { $size } verkaufen
submit-reduce-short = Short verkleinern: { $size } kaufen
submit-close-long = Long schließen: { $size } verkaufen
submit-close-short = Short schließen: { $size } kaufen
submit-flip-long = Zu Short drehen: { $size } verkaufen
submit-flip-short = Zu Long drehen: { $size } kaufen
submit-spot-buy = { $size } kaufen
submit-spot-sell = { $size } verkaufen

## What is at stake

at-stake-isolated = Diese Position kann dich höchstens ihre Margin kosten, { $margin }, dazu die schon gezahlten Kosten. Der Rest deines Kontos bleibt unberührt.
    .pro = Einsatz: isoliert, { $margin }
at-stake-cross = Diese Position kann dein ganzes Konto aufbrauchen, { $equity }. Ein Verlust hier kann auch deine anderen Positionen schließen.
    .pro = Einsatz: Cross, Kontowert { $equity }

## Liquidation

liquidation-long = Fällt der Markpreis um { $dist_pct } ({ $dist_usd }) auf { $liq }, schließt die Börse die Position für dich (Liquidation).
    .pro = Liq { $liq } · { $dist_pct } unter dem Markpreis ({ $dist_usd })
liquidation-short = Steigt der Markpreis um { $dist_pct } ({ $dist_usd }) auf { $liq }, schließt die Börse die Position für dich (Liquidation).
    .pro = Liq { $liq } · { $dist_pct } über dem Markpreis ({ $dist_usd })
liquidation-moves = Das sind ungefähr { $moves } übliche Tagesbewegungen, gemessen über { $days } Tage.
    .pro = { $moves } Tagesbewegungen ({ $days } Tage)
liquidation-days = { $coin } hat sich an { $days_n } der letzten { $days_m } Tage in diesen Daten an einem Tag so weit gegen einen { $side } bewegt.
    .pro = { $coin } so weit gegen einen { $side }: { $days_n } von { $days_m } Tagen
liquidation-range = Bleiben deine anderen Positionen, wie sie sind, würde dieses Konto geschlossen, wenn { $coin } irgendwo zwischen { $liq_lo } und { $liq_hi } ankommt.
    .pro = Cross-Bereich { $coin }: { $liq_lo } bis { $liq_hi }
liquidation-none = Der Preis allein kann diese Position bei den jetzigen Einstellungen nicht schließen. Funding und Gebühren können es mit der Zeit trotzdem.
    .pro = Liq durch den Preis: keine
liquidation-unknown = Es gibt noch keinen Markpreis, darum ist der Liquidationspreis nicht bekannt.
    .pro = Liq nicht bekannt: noch kein Markpreis
liquidation-now = Der Markpreis hat deinen Liquidationspreis erreicht: Die Börse schließt gerade für dich.
    .pro = An der Liq: wird geschlossen

## Holding

own-long = Du besitzt keine { $coin }. Du hast einen Kontrakt im Wert von { $value }, gedeckt mit { $margin } Übungsgeld.
    .pro = Long { $coin } · { $value } · Margin { $margin }
own-short = Du schuldest keine { $coin }. Du hast einen Kontrakt, der gewinnt, wenn { $coin } fällt, im Wert von { $value }, gedeckt mit { $margin } Übungsgeld.
    .pro = Short { $coin } · { $value } · Margin { $margin }
profit-up = Du bist vor Kosten { $pnl } im Plus: { $pct_margin } deiner Margin, { $pct_price } des Preises.
    .pro = Plus { $pnl } · { $pct_margin } der Margin · { $pct_price } des Preises, vor Kosten
profit-down = Du bist vor Kosten { $pnl } im Minus: { $pct_margin } deiner Margin, { $pct_price } des Preises.
    .pro = Minus { $pnl } · { $pct_margin } der Margin · { $pct_price } des Preises, vor Kosten
profit-even = Du stehst vor Kosten bei null.
    .pro = Null vor Kosten
break-even-long = Der Preis muss auf { $breakeven } kommen, damit du bei null endest: { $fees } Gebühren und { $funding } bisher.
    .pro = Nullpunkt { $breakeven } · Gebühren { $fees } · { $funding }
break-even-short = Der Preis muss auf { $breakeven } fallen, damit du bei null endest: { $fees } Gebühren und { $funding } bisher.
    .pro = Nullpunkt { $breakeven } (tiefer) · Gebühren { $fees } · { $funding }
break-even-none = Du hast aus dieser Position schon mehr herausgenommen, als sie dich jetzt kosten kann.
    .pro = Nullpunkt: jeder Preis
funding-part-paid = { $amount } Funding gezahlt
funding-part-received = { $amount } Funding erhalten
funding-part-none = kein Funding
funding-you-paid = du hast { $amount } gezahlt
funding-you-received = du hast { $amount } erhalten
funding-pay = In { $countdown } zahlst du ungefähr { $amount }, weil { $payer } an { $receiver } zahlen. Bei diesem Satz sind das { $per_day } am Tag oder { $pct_margin } deiner Margin.
    .pro = Zahlt { $amount } in { $countdown } · { $payer } zahlen an { $receiver } · { $per_day } am Tag, { $pct_margin } der Margin
funding-receive = In { $countdown } erhältst du ungefähr { $amount }, weil { $payer } an { $receiver } zahlen. Bis dahin kann der Satz die Richtung wechseln.
    .pro = Erhält { $amount } in { $countdown } · { $payer } zahlen an { $receiver }
funding-zero = In { $countdown } ist kein Funding fällig: Der Satz ist jetzt null.
    .pro = Kein Funding in { $countdown }
fee-base = Die Gebühr ist { $fee }: { $fee_rate } des Positionswerts, das sind { $fee_pct_margin } deiner Margin.
    .pro = Gebühr { $fee } · { $fee_rate } des Werts · { $fee_pct_margin } der Margin
fee-rebate = Die Börse zahlt dir { $fee } für diese Ausführung: { $fee_rate } ihres Werts.
    .pro = Rückvergütung { $fee } · { $fee_rate } des Werts
added-margin = Du hast { $amount } hinzugefügt. Deine Größe ist gleich geblieben. Die Liquidation ist von { $liq_old } auf { $liq_new } gewandert, { $dist_pct } vom Markpreis entfernt.
    .pro = Hinzugefügt { $amount } · Liq { $liq_old } auf { $liq_new }, { $dist_pct } vom Markpreis
stop-beyond = Dein Stop bei { $stop } käme erst nach der Liquidation bei { $liq }, er könnte also nicht wirken. Setze den Stop näher, nimm weniger Hebel oder füge Margin hinzu.
    .pro = Stop { $stop } liegt hinter der Liq { $liq }
stop-wrong-side = Dein Stop bei { $stop } liegt auf der falschen Seite des Preises: Er würde sofort auslösen.
    .pro = Stop { $stop } würde sofort auslösen
size-after-loss = Diese Order ist { $ratio } mal so groß wie sonst, { $minutes } nach einem Verlust von { $loss }.
    .pro = Größe { $ratio }x vom Üblichen · { $minutes } nach einem Verlust von { $loss }

buffer-over-half = Sicherheitspuffer: { $buffer } übrig. Bei 0% schließt die Börse die Position für dich.
    .pro = Puffer { $buffer } des vollen
buffer-under-half = Sicherheitspuffer: { $buffer } übrig, weniger als die Hälfte. Verkleinern, Schließen oder mehr Margin bringt dich weiter weg von 0%.
    .pro = Puffer { $buffer } des vollen, unter der Hälfte
buffer-under-quarter = Sicherheitspuffer: nur noch { $buffer }, weniger als ein Viertel. Verkleinern, Schließen oder mehr Margin bringt dich weiter weg von 0%.
    .pro = Puffer { $buffer } des vollen, unter einem Viertel
buffer-under-tenth = Sicherheitspuffer: nur noch { $buffer }. Bei 0% schließt die Börse die Position für dich.
    .pro = Puffer { $buffer } des vollen, unter einem Zehntel

## Liquidation told

liquidated = Um { $time } fiel dein Kontowert ({ $equity }) unter die verlangten { $maint }. Die Börse hat { $closed } für dich geschlossen (Liquidation).
    .pro = { $time } liquidiert: Kontowert { $equity } < Erhaltungsmargin { $maint } · geschlossen { $closed }
liquidated-part = Um { $time } fiel dein Kontowert ({ $equity }) unter die verlangten { $maint }. Die Börse hat { $closed } für dich geschlossen (teilweise Liquidation); { $left } bleiben offen.
    .pro = { $time } teilweise liquidiert: Kontowert { $equity } < Erhaltungsmargin { $maint } · geschlossen { $closed } · offen { $left }
liquidated-orders = Um { $time } fiel dein Kontowert ({ $equity }) unter die verlangten { $maint }. Es reichte, deine offenen Orders zu beenden: Keine Position wurde geschlossen.
    .pro = { $time } Kontowert { $equity } < Erhaltungsmargin { $maint } · Orders beendet, keine Position geschlossen
liquidated-first = Um { $time } fiel dein Kontowert ({ $equity }) unter die verlangten { $maint }. Die Börse begann, deine Position zu schließen (Liquidation).
    .pro = { $time } Liquidation begann: Kontowert { $equity } < Erhaltungsmargin { $maint }
liquidated-series = In { $count } Liquidationen bis { $until } schloss sie { $closed } im Durchschnitt. Nichts bleibt offen.
    .pro = { $count } Liquidationen bis { $until } · geschlossen { $closed } im Durchschnitt
liquidated-series-part = In { $count } Liquidationen bis { $until } schloss sie { $closed } im Durchschnitt; { $left } bleiben offen.
    .pro = { $count } Liquidationen bis { $until } · geschlossen { $closed } im Durchschnitt · offen { $left }
closed-at = { $size } zu { $px }
liquidated-where = Wohin { $lost } gingen: { $parts }.
    .pro = Verloren { $lost }: { $parts }
liquidated-list = { $label } { $amount }
liquidated-back = Von { $start }, die du eingesetzt hast, kamen { $end } zu dir zurück.
    .pro = Eingesetzt { $start } · zurück { $end }
liquidated-left = Von { $start }, die du eingesetzt hast, sind { $end } übrig; die Position läuft weiter.
    .pro = Eingesetzt { $start } · übrig { $end } · noch offen
liquidated-wallet = Deine Wallet enthielt { $start } in { $unit } und enthält jetzt { $end }; offene Positionen und anderes Geld sind nicht mitgezählt.
    .pro = Wallet { $start } auf { $end } ({ $unit }), ohne Positionen
unit-dollars = Dollar
liquidated-less-than-a-cent = Von { $start }, die du eingesetzt hast, kam weniger als ein Cent zurück.
    .pro = Eingesetzt { $start } · zurück weniger als ein Cent
liquidated-nothing-back = Von { $start }, die du eingesetzt hast, kam nichts zurück.
    .pro = Eingesetzt { $start } · nichts zurück
liquidated-moved = Kosten nach der Eröffnung hatten deinen Liquidationspreis von { $liq_old } auf { $liq_new } verschoben.
    .pro = Kosten verschoben die Liq von { $liq_old } auf { $liq_new }
mark-vs-last = Du wurdest zum Markpreis geschlossen, { $mark }. Der letzte Handel war { $last }. Diese Regeln nehmen den Markpreis, damit ein einzelner seltsamer Handel dich nicht schließen kann.
    .pro = Auslöser Markpreis { $mark } · letzter Handel { $last }
mark-only = Du wurdest zum Markpreis geschlossen, { $mark }. Diese Regeln nehmen den Markpreis, damit ein einzelner seltsamer Handel dich nicht schließen kann.
    .pro = Auslöser Markpreis { $mark }
deleveraged = Dein { $side } im Gewinn wurde um { $size } zu { $px } verkleinert, weil andere ihren Verlust nicht decken konnten und der Versicherungsfonds es auch nicht konnte. Es war nicht deine Schuld; du hast { $kept } behalten.
    .pro = ADL: { $side } um { $size } zu { $px } verkleinert · behalten { $kept }

part-price = Preis
part-price-of = Preis von { $coin }
part-funding = Funding
part-fees = Gebühren
part-liquidation = Liquidation
part-others = von anderen gedeckt
part-gained = { $label } (gewonnen)
put-balance = vorher in der Wallet
put-margin = Margin eingezahlt
put-top-up = von selbst aufgefüllt, vor einer Liquidation
put-deposit = eingezahlt
put-collateral = Sicherheit für Dollar verkauft
put-other = hinein- oder herausbewegt
taken-margin = Margin zurückgeholt

moment-bought = Du hast { $size } zu { $px } gekauft.
    .pro = Gekauft { $size } zu { $px }
moment-sold = Du hast { $size } zu { $px } verkauft.
    .pro = Verkauft { $size } zu { $px }
moment-funding-paid = Du hast { $amount } Funding gezahlt.
    .pro = Funding gezahlt { $amount }
moment-funding-received = Du hast { $amount } Funding erhalten.
    .pro = Funding erhalten { $amount }
moment-settled = Der Markt endete: { $size } wurden zu { $px } abgerechnet.
    .pro = Abgerechnet { $size } zu { $px }
moment-put = { $amount } kamen in die Wallet: { $why }.
    .pro = Hinein { $amount }: { $why }
moment-taken = { $amount } gingen aus der Wallet: { $why }.
    .pro = Heraus { $amount }: { $why }
moment-converted = Die Börse verkaufte { $size } für { $amount }, um eine Schuld zu zahlen.
    .pro = Verkauft { $size } für { $amount }, Schuld
moment-trigger = Der Kontowert { $equity } fiel bei einem Markpreis von { $mark } unter die verlangten { $maint }.
    .pro = Kontowert { $equity } < Erhaltungsmargin { $maint } bei Markpreis { $mark }
moment-orders-ended = Alle offenen Orders der Wallet endeten.
moment-closed = { $step }: { $size } zu { $px } geschlossen.
    .pro = { $step }: { $size } zu { $px }
moment-not-closed = { $step }: zu { $px } oder besser gab es nichts zu handeln.
    .pro = { $step }: nichts zu { $px } oder besser
moment-borne = { $who } zahlte { $amount }, die der Wallet fehlten.
    .pro = { $who } zahlte { $amount }
moment-ended-closed = Nichts ist mehr offen.
moment-ended-cured = Der Kontowert deckt die Erhaltungsmargin wieder; die Liquidation hört auf.
moment-ended-waits = Die Liquidation macht eine Pause; danach wird der Kontowert neu geprüft.

step-partial = Teilweise Schließung
step-cut-tiers = Schließung bis zu einer tieferen Margin-Stufe
step-full = Volle Schließung zum Preis, bei dem der Kontowert null ist
step-assign = Übergabe an einen Übernehmer
step-covered = Gedeckte Schließung, den Unterschied zahlt der Pool
step-insurance = Schließung durch die Versicherung
step-takeover = Übernahme durch den Versicherungsfonds zum Preis, bei dem der Kontowert null ist
step-socialise = Schließung zu jedem Preis, die Gewinner tragen, was fehlt
step-unwind = Auto-Deleveraging gegen die andere Seite
who-pool = Der Liquiditätspool
who-insurance = Der Versicherungsfonds
who-venue = Die Börse

## Said by itself, when it happens

notice-liquidation = Der Kontowert { $equity } fiel unter die verlangten { $maint }.
    .pro = Liquidation: Kontowert { $equity } < Erhaltungsmargin { $maint }
notice-loss-shared = { $amount } deines Gewinns gingen an das, was einer bankrotten Wallet fehlte, ein Verlust, den alle Gewinner teilen.
    .pro = Geteilter Verlust: { $amount } vom Gewinn
notice-top-up = { $amount } deines freien Geldes kamen in die isolierte Position, die sonst liquidiert worden wäre.
    .pro = Aufgefüllt mit { $amount }
notice-engine = Die kompilierte Engine hat die einfache abgelöst. Geändert hat sich nur ihr Tempo.
order-fired = Deine Order ({ $order }) wurde ausgelöst: { $signal } erreichte { $trigger }.
    .pro = { $order } ausgelöst: { $signal } { $trigger }
order-stop = Stop
order-take-profit = Ziel

## Why an order is gone

ended-by-user = Du hast sie gestrichen.
ended-filled = Sie wurde ausgeführt.
ended-ioc-remainder = Was nicht sofort ausgeführt werden konnte, wurde gestrichen.
ended-reduce-only-done = Es gab keine Position mehr zu verkleinern.
ended-linked = Die Order, mit der sie verbunden war, endete.
ended-self-trade-stopped = Sie wäre auf eine deiner eigenen Orders getroffen.
ended-liquidated = Die Position wurde liquidiert.
ended-gate-shut = Dein Konto darf das nicht mehr eröffnen; siehe Kontoseite.
ended-margin-breach = Die Margin trug sie nicht mehr.
ended-dead-man = Die Zeit des Totmannschalters lief ab.
ended-trigger-refused = Sie löste aus und wurde abgelehnt.
ended-expired = Ihre Zeit war um.
ended-market-halted = Der nächste Handel lag zu weit vom letzten Preis: Der Markt hielt an.
ended-market-ended = Der Markt endete.

## The venue as a whole

banner = Übungsgeld. Nichts hier ist echt.
banner-line = Zum Lernen; keine Finanzberatung; ohne Verbindung zu einer hier genannten Börse.
disclaimer-education = Zum Lernen.
disclaimer-advice = Keine Finanzberatung.
disclaimer-venues = Ohne Verbindung zu einer hier genannten Börse und nicht von ihr gebilligt.
market-funding = In { $countdown } zahlen { $payer } an { $receiver } { $amount } je $10,000.
    .pro = { $payer } zahlen an { $receiver } { $amount } je $10,000 in { $countdown }
market-funding-zero = In { $countdown } zahlt niemand Funding: Der Satz ist null.
    .pro = Kein Funding in { $countdown }

## What this leaves out

realism-fills = Ausführungen: Deine Orders treffen in einem nachgebildeten Orderbuch auf eine echte Warteschlange; niemand reagiert auf dich wie echte Händler.
realism-feed = Preise: { $feed }
realism-faithful = Regeln: Jeder Wert, den diese Welt nutzt, wurde bei der Börse gelesen ({ $rulebook }).
    .pro = Getreu nach { $rulebook }
realism-unverified = Regeln: { $rulebook }; { $count } hier genutzte Werte sind unbestätigt: { $paths }.
    .pro = { $rulebook } · { $count } unbestätigt: { $paths }
realism-others = Die anderen Händler sind Programme.
realism-feelings = Echtes Geld steht nicht auf dem Spiel, darum fehlen Angst und Gier. Übungsergebnisse übertragen sich nicht.

live-connected = Live-Preise von { $venue }, verbunden.
    .pro = Live: { $venue }
live-reconnecting = Keine Verbindung zu { $venue } seit { $since } UTC; es wird weiter versucht. Zu alten Preisen wird nicht gehandelt.
    .pro = { $venue } getrennt seit { $since } UTC · Verbindung wird gesucht
live-stale = Nichts Neues von { $venue } seit { $since } UTC; es wird weiter versucht. Zu alten Preisen wird nicht gehandelt.
    .pro = { $venue } ohne Neues seit { $since } UTC · Verbindung wird gesucht
live-left = Diese Welt wurde von einer abgezweigt, die { $venue } folgt. Sie selbst folgt nicht mehr: Es kommen keine Preise mehr.
    .pro = Zweig einer Welt an { $venue } · keine Live-Preise

## What a refusal means to you

reject-clock-went-back = Die Uhr der Börse ist dieser Order voraus. Versuche es noch einmal.
reject-unknown-account = Dieses Konto gibt es nicht.
reject-unknown-market = Diesen Markt gibt es nicht.
reject-unknown-order = Diese Order ist nicht mehr offen.
reject-not-your-order = Diese Order gehört zu einem anderen Konto.
reject-bad-value = Die Order verlangt etwas, das dieser Markt nicht kennt.
reject-market-halted = Der Markt ist angehalten: Jetzt wird nichts angenommen.
reject-market-cancel-only = Der Markt nimmt jetzt nur Streichungen an.
reject-market-post-only = Der Markt nimmt jetzt nur Post-only-Orders an.
reject-qty-not-positive = Die Größe muss über null liegen.
reject-qty-too-large = Die Größe liegt über dem, was eine Order hier haben darf.
reject-price-not-positive = Der Preis muss über null liegen.
reject-price-too-large = Der Preis oder der Wert der Order ist zu groß.
reject-trigger-not-allowed = Der Auslösepreis oder sein Signal passt nicht zu dieser Order.
reject-client-id-taken = Diese Order wurde schon gesendet; sie wird nicht zweimal gesendet.
reject-table-full = Die Übungsbörse ist voll. Nichts wurde geändert.
reject-too-many-orders = Du hast so viele offene Orders, wie ein Konto haben darf.
reject-no-price = Jetzt gibt es keinen Preis, zu dem gehandelt werden kann.
reject-outside-collar = Der Preis ist weiter vom Markpreis entfernt, als diese Regeln erlauben.
reject-would-not-reduce = Es gibt keine Position, die diese Order verkleinern könnte (Reduce-only).
reject-post-would-cross = Die Order würde sofort handeln, und das sollte sie nicht (Post-only).
reject-self-trade = Die Order würde auf eine deiner eigenen treffen.
reject-fok-unfillable = Das Orderbuch kann nicht die ganze Order auf einmal ausführen, und es hieß: alles oder nichts.
reject-ioc-unfillable = Das Orderbuch hat innerhalb deines Limits nichts zu handeln.
reject-max-position = Die Position wäre größer, als dieser Markt erlaubt.
reject-insufficient-margin = Dein freies Übungsgeld deckt Margin und Gebühr dieser Order nicht.
reject-insufficient-funds = In der Wallet ist dafür nicht genug.
reject-would-liquidate = Nach dieser Ausführung würde die Börse dich sofort schließen, darum wird sie abgelehnt.
reject-amount-not-positive = Der Betrag muss über null liegen.
reject-amount-too-large = Der Betrag ist zu groß.
reject-leverage-too-high = Der Hebel liegt über dem, was dieser Markt erlaubt.
reject-has-open-risk = Der Hebel ändert sich nur ohne Position und ohne offene Orders in diesem Markt.
reject-not-marginable = In diesem Markt gibt es keine Margin.
reject-link-not-found = Die verbundene Order ist nicht mehr offen.
reject-nothing-to-change = Es würde sich nichts ändern.
reject-index-price-bad = Der Indexpreis ist kein Preis.
reject-market-in-auction = Der Markt ist in einer Auktion: Nur Orders, die liegen können, werden angenommen.
reject-iceberg-not-allowed = In diesem Markt darf eine Order nicht nur einen Teil zeigen, oder der Teil ist zu klein.
reject-too-late = Sie kam nach der spätesten Zeit, die du ihr gesetzt hast.
reject-expiry-not-allowed = Die Zeit des Endes muss in der Zukunft liegen, und eine Order, die nur nimmt, hat keine.
reject-term-out-of-bounds = Der neue Wert liegt außerhalb dessen, was diese Bedingung sein darf.
reject-change-not-ahead = Die Zeit der Änderung liegt nicht in der Zukunft.
reject-country-not-known = Du hast der Börse noch nicht gesagt, wo du wohnst. Das ist der erste Schritt auf der Kontoseite.
reject-not-offered-here = Dieses Produkt wird dort, wo du wohnst, nicht angeboten. Die Kontoseite sagt, welche es sind.
reject-not-identified = Die Börse weiß noch nicht, wer du bist. Der Schritt zur Identität steht auf der Kontoseite.
reject-identity-expired = Die Prüfung deiner Identität ist abgelaufen. Auf der Kontoseite lässt sie sich erneuern.
reject-tier-too-low = Deine Stufe umfasst das nicht. Die Kontoseite sagt, was jede Stufe darf.
reject-not-disclosed = Du hast das Risikodokument dieses Produkts in der jetzigen Fassung nicht bestätigt. Es steht auf der Kontoseite.
reject-not-assessed = Die Fragen zu diesem Produkt sind noch nicht bestanden. Sie stehen auf der Kontoseite.
reject-self-excluded = Du hast dich selbst ausgesperrt, und diese Zeit ist nicht um. Schließen kannst du weiterhin.
reject-over-limit = Du hast eine Grenze erreicht, die du dir auf der Kontoseite selbst gesetzt hast.
reject-inactive = Das Konto wurde lange nicht benutzt. Bestätige auf der Kontoseite, dass es noch deins ist.
reject-leverage-capped = Der Hebel liegt hier über deiner Obergrenze. Stelle ihn für diesen Markt auf sie oder niedriger; die Kontoseite sagt, wie hoch sie ist und warum.
reject-account-close-only = Dein Konto darf nur schließen: verkleinern und schließen geht, eröffnen nicht.
reject-account-frozen = Dein Konto ist eingefroren: keine Orders, Umbuchungen oder Auszahlungen, bis der Betreiber es freigibt.
reject-account-closed = Dein Konto ist geschlossen.
reject-venue-in-maintenance = Die Börse wird gewartet: Bis sie wieder öffnet, wird nichts angenommen.
reject-downtimes-overlap = Für einen Teil dieser Zeit ist schon eine Wartung geplant.
reject-risk-limit = Damit lägen die Position und ihre Orders über dem Risikolimit, das du gewählt hast.
reject-leg-not-allowed = Im Hedge-Modus nennt eine Order ihre Seite, Long oder Short, sonst nie.
reject-hedge-not-allowed = Kein Markt hier lässt ein Konto zugleich Long und Short halten.
reject-top-up-not-allowed = Die isolierte Margin dieses Marktes wird nicht von selbst aufgefüllt.
reject-hedge-is-cross = Long und Short zugleich haben Cross-Margin; isolierte Margin geht nur ohne.
reject-market-expired = Der Markt ist ausgelaufen: In ihm wird nichts mehr gehandelt.
reject-unknown-command = Die Börse kennt diese Anfrage nicht.
reject-unknown-asset = Diesen Wert gibt es nicht.
reject-unknown-wallet = Diese Wallet gibt es nicht.

## Labels

row-size = Größe
row-entry = Einstiegspreis
row-margin = Margin
row-leverage = Hebel
row-liquidation = Liquidation
row-break-even = Nullpunkt
row-free = Freies Übungsgeld
row-owned = Du besitzt
row-dollars = Dollar in der Wallet
cost-fee = Gebühr
cost-spread = Spread
cost-slippage = Slippage
cost-funding = Funding am Tag
cost-received = { $amount } erhalten
flat = nichts
no-liquidation = keiner
unknown = nicht bekannt
signal-mark = Markpreis
signal-index = Indexpreis
signal-last = letzter Handel
side-long = Long
side-short = Short
longs = Longs
shorts = Shorts
mode-isolated = isoliert { $lev }x
mode-cross = Cross
mode-cross-at = Cross { $lev }x
unit-contracts = Kontrakte
month-1 = Jan
month-2 = Feb
month-3 = Mär
month-4 = Apr
month-5 = Mai
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Okt
month-11 = Nov
month-12 = Dez

## One trade under several rulebooks

compare-impossible = nicht möglich: { $why }
compare-lived = am Ende offen
compare-reduced = teilweise liquidiert, der Rest am Ende offen
compare-stopped = durch ihren Stop geschlossen
compare-target = an ihrem Ziel geschlossen
compare-deleveraged = durch Auto-Deleveraging geschlossen
compare-liquidated = liquidiert
compare-nothing-filled = Im Orderbuch gab es nichts zu handeln.
compare-order-mode = Margin-Modus
compare-order-entry = Einstieg
compare-group-margin-tiers = Margin-Stufen
compare-group-margin-basis = Grundlage der Margin
compare-group-order-margin = Margin von Orders
compare-group-ladder = Liquidationsleiter
compare-group-liquidation-fee = Liquidationsgebühr
compare-group-fees = Gebühren
compare-group-funding = Funding
compare-group-mark = Markpreis und Index
compare-group-collateral = Sicherheiten
compare-group-sizes = Kontraktgrößen
compare-group-bands = Preisbänder
compare-group-orders = Orders
compare-group-other = andere Regeln
compare-flips = Mit diesen allein von { $right } kommt { $left } zum Ende von { $right }: { $end }, { $kept } behalten.
    .pro = { $left } mit diesen von { $right } → { $end }, behalten { $kept }; kippt
compare-flips-refused = Mit diesen allein von { $right } kommt { $left } zum Ende von { $right }: { $end }
    .pro = { $left } mit diesen von { $right } → { $end }; kippt
compare-changes-refused = Mit diesen allein von { $right } kommt { $left } zu einem anderen Ende: { $end }
    .pro = { $left } mit diesen von { $right } → { $end }
compare-changes = Mit diesen allein von { $right } kommt { $left } zu anderen Zahlen: { $end }, { $kept } behalten.
    .pro = { $left } mit diesen von { $right } → { $end }, behalten { $kept }
compare-nothing = Auch anders; allein ändert es hier nichts.
compare-not-refused = Auch anders; allein macht es den Handel nicht unmöglich.
compare-not-tried = nur nach anderen Enden wurde gefragt
compare-untried = Auch anders; allein nicht versucht: { $why }.
    .pro = Allein nicht versucht: { $why }
compare-pair-same = { $left } und { $right } kommen zum selben Ende.
    .pro = { $left } = { $right } im Ende
compare-pair-flips = Was den Unterschied zwischen { $left } und { $right } machte: { $groups }.
    .pro = { $left } ≠ { $right }: { $groups }
compare-pair-numbers = { $left } und { $right } kommen mit anderen Zahlen zum selben Ende; was sie verschob: { $groups }.
    .pro = { $left }, { $right }: selbes Ende, andere Zahlen: { $groups }
compare-pair-untried = { $left } und { $right } kommen mit anderen Zahlen zum selben Ende; was sie verschob, wurde nicht versucht.
    .pro = { $left }, { $right }: selbes Ende, andere Zahlen, nicht versucht
compare-pair-refused = Unter { $name }: { $end }
    .pro = { $name }: { $end }
compare-pair-together = Keine Gruppe von { $right } allein ändert, wie es unter { $left } endet; nur zusammen tun sie es.
    .pro = { $left }: keine Gruppe von { $right } allein kippt es
compare-pair-no-values = { $left } und { $right } unterscheiden sich in keinem Wert, den dieser Handel nutzte.
    .pro = { $left }, { $right }: kein genutzter Wert anders
compare-no-group = keine Gruppe allein
compare-yes = ja
compare-no = nein
compare-gained = { $amount } gewonnen
compare-row-end = Ergebnis
compare-row-liquidated-at = Liquidation begann
compare-row-liquidation-mark = Markpreis, als sie begann
compare-row-liquidation-price = Liquidationspreis beim Einstieg
compare-row-kept = Am Ende behalten
compare-row-start = Eingesetzt
compare-row-price = An den Preis verloren
compare-row-slippage = Eigene Ausführungen schlechter als Markpreis
compare-row-fees = Handelsgebühren
compare-row-funding = Funding
compare-row-liquidation-slippage = Ausführungen der Liquidation schlechter als Markpreis
compare-row-liquidation-fee = Liquidationsgebühr
compare-row-borne = Von anderen dafür getragen
compare-row-liquidations = Male unter der Erhaltungsmargin
compare-row-ended-at = Nichts mehr offen seit
compare-row-adl = Auto-Deleveraging
compare-row-refused = Abgelehnt
compare-row-filled = Beim Einstieg ausgeführt
what-if-end-nothing = nie wurde etwas eröffnet
what-if-end-open = am Ende noch offen
what-if-end-reduced = teilweise liquidiert, der Rest am Ende offen
what-if-end-closed = durch eine eigene Order geschlossen
what-if-end-stopped = durch ihren Stop geschlossen
what-if-end-target = an ihrem Ziel geschlossen
what-if-end-deleveraged = durch Auto-Deleveraging geschlossen
what-if-end-liquidated = liquidiert
what-if-liquidated-at = liquidiert ab { $when }, bei einem Markpreis von { $mark }
what-if-nothing = keiner Änderung
what-if-was = Wie es war: { $end }; { $kept } behalten.
    .pro = War: { $end }, behalten { $kept }
what-if-would = Mit { $change }: { $end }; { $kept } behalten.
    .pro = { $change }: { $end }, behalten { $kept }
what-if-paid-in = Davon kamen { $amount } von außen.
    .pro = Davon eingezahlt { $amount }
what-if-refused = Die Börse lehnte ab: { $why }
    .pro = Abgelehnt: { $why }
what-if-agents = Die Agenten reagierten: Sie liefen noch einmal und sahen, was geändert war.
what-if-frozen = Der Ablauf war eingefroren: Die aufgezeichneten Orders aller anderen kamen wieder, worauf sie nun auch trafen.
what-if-other-agents = Der Code der Agenten hat sich seit der Aufzeichnung geändert: Was sie jetzt tun, kann anders sein als damals.
what-if-same-state = Unverändert noch einmal gelaufen, kommt es zum selben Zustand.
what-if-other-state = Unverändert noch einmal gelaufen, kommt es zu einem anderen Zustand.
compare-row-entry-price = Einstiegspreis
compare-row-market = Kontrakt
compare-row-unverified = Genutzte unbestätigte Werte
compare-trade-isolated = Ein { $side } von { $size } mit Hebel { $lev } und eigener Margin, eröffnet { $time }, mit { $given } Übungsgeld im Konto. Welt: { $world }, Seed { $seed }.
    .pro = { $side } { $size } · isoliert { $lev }x · { $time } · Konto { $given } · { $world }, Seed { $seed }
compare-trade-cross = Ein { $side } von { $size }, für den das ganze Konto steht, eröffnet { $time }, mit { $given } Übungsgeld darin. Welt: { $world }, Seed { $seed }.
    .pro = { $side } { $size } · Cross · { $time } · Konto { $given } · { $world }, Seed { $seed }
compare-table-caption = Dieselben Orders, Preise, Seeds und Agenten unter jedem Regelwerk. Zeilen, die sich unterscheiden, kommen zuerst. Alles Geld ist Übungsgeld; was am Ende noch offen ist, zählt zum Markpreis.
compare-heading-why = Welche Regel den Unterschied machte
compare-how = Jede Gruppe von Werten, die sich unterscheidet, wurde allein in das erste Regelwerk gesetzt, und die Welt lief noch einmal. Nur was dieser Lauf zeigt, heißt Ursache; alles andere steht als auch anders da.
compare-value = Wert
compare-figure = Zahl
compare-heading-chart = Kontowert gegen Erhaltungsmargin
compare-legend = Durchgezogen: Kontowert der Wallet hinter der Position. Gestrichelt: die Erhaltungsmargin, unter die er nicht fallen darf. Der Punkt ist der letzte betrachtete Moment.
compare-heading-stories = Erzählt
compare-unverified = { $count } Werte, die dieser Lauf nutzte, sind unbestätigt: { $paths }.
    .pro = { $count } unbestätigt: { $paths }
compare-chart-title = Kontowert und Erhaltungsmargin unter { $rulebook }
compare-chart-description = Ergebnis: { $end }. Liquidation begann: { $time }. Liquidationspreis beim Einstieg: { $liq }. Am Ende behalten: { $kept }.
    .pro = { $end } · begann { $time } · Liq beim Einstieg { $liq } · behalten { $kept }

## Changes of terms

terms-announced = Angekündigt für { $symbol }: { $term } wird { $values } ab { $time }.
    .pro = { $symbol } { $term } → { $values } ab { $time }
terms-changed = { $symbol }: { $term } ist jetzt { $values }.
    .pro = { $symbol } { $term } = { $values }
terms-dropped = { $symbol }: { $term } bleibt, wie es ist; { $values } passte nicht mehr.
    .pro = { $symbol } { $term } unverändert; { $values } verworfen
term-of-tier = { $term } der Stufe { $tier }
term-tier = Margin (anfänglich / Erhaltung)
term-tier-bound = die untere Grenze
term-margin-factor = der Faktor auf die Margin (anfänglich / Erhaltung)
term-fees = die Gebühr (Maker / Taker)
term-liquidation-fee = die Liquidationsgebühr
term-position-max = die größte Position
term-order-max = die größte Order
term-market-band = das Band von Market-Orders
term-collar = die Preisschranke
term-funding-cap = der höchste Funding-Satz

## Lessons

lesson-passed = Bestanden am { $when } in der Welt { $world }; die Schritte erfüllten die Befehle { $seqs }.
    .pro = Bestanden { $when } · { $world } · Befehle { $seqs }
lesson-lapsed = Zurückgenommen am { $when }. { $why }
    .pro = Zurückgenommen { $when } · { $why }
