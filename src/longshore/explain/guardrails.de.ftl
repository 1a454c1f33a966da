# Was das geführte Üben fragt und sagt, wenn ein in Ruhe gemachter Plan auf den Augenblick trifft.

## Ein Stop, der weggeschoben wird

stop-widens = Wenn du den Stop von { $before } auf { $after } schiebst, stehen { $more } mehr von deinem Übungsgeld auf dem Spiel, ohne Slippage.
    .pro = Stop { $before } auf { $after }: { $more } Übungsgeld mehr auf dem Spiel, ohne Slippage
stop-why = Sag für deinen Rückblick, warum.
why-room = Er braucht mehr Platz
why-level = Wo ich falsch liege, hat sich geändert
why-news = Etwas Neues ist passiert
why-loss = Ich will diesen Verlust noch nicht
why-other = Etwas anderes

## Die Wege eines Stops, im Rückblick

did-set = Du hast einen Stop bei { $stop } gesetzt.
    .pro = Stop bei { $stop } gesetzt
move-unreached = Der Markpreis kam danach nicht auf { $stop }: Der Stop dort hätte nicht gegriffen.
    .pro = { $stop } nicht erreicht
move-worse = Der Markpreis kam auf { $stop }. Die letzten { $size } wurden { $amount } schlechter geschlossen als dort.
    .pro = { $stop } erreicht; letzte { $size } { $amount } schlechter geschlossen
move-better = Der Markpreis kam auf { $stop }. Die letzten { $size } wurden { $amount } besser geschlossen als dort.
    .pro = { $stop } erreicht; letzte { $size } { $amount } besser geschlossen
move-acted = Der Stop bei { $stop } hat gegriffen.
    .pro = { $stop } hat gegriffen
move-idle = Der Stop bei { $stop } musste nicht greifen.
    .pro = { $stop } nicht gebraucht
move-again = Er wurde wieder bewegt, bevor er griff.
debrief-guided = Das geführte Üben war an, als dies eröffnet wurde.
debrief-unguided = Das geführte Üben war aus, als dies eröffnet wurde: Keine Leitplanke hat etwas gefragt.

## Nahe der Liquidation

near-full = { $market }: Mehr als die Hälfte des Sicherheitspuffers ist übrig ({ $buffer }).
    .pro = { $market } Puffer { $buffer }
near-half = { $market }: Weniger als die Hälfte des Sicherheitspuffers ist übrig ({ $buffer }). Was willst du tun?
near-quarter = { $market }: Weniger als ein Viertel des Sicherheitspuffers ist übrig ({ $buffer }). Was willst du tun?
near-tenth = { $market }: Weniger als ein Zehntel des Sicherheitspuffers ist übrig ({ $buffer }). Bei 0% schließt die Börse die Position für dich (Liquidation). Was willst du tun?
near-reduce = Verkleinern: { $size } schließen
near-close = Schließen: alle { $size }
near-add = Margin dazugeben: { $amount }
near-keep = So lassen
near-after = Sicherheitspuffer dann: { $buffer }, { $spare } mehr, als da sein muss. Die Liquidation liegt { $away } des Preises entfernt.
    .pro = Puffer { $buffer }, frei { $spare }, Liq { $away } entfernt
near-after-far = Sicherheitspuffer dann: { $buffer }, { $spare } mehr, als da sein muss. Der Preis allein kann sie dann nicht schließen.
    .pro = Puffer { $buffer }, frei { $spare }, kein Liq-Preis
near-after-nothing = Dann ist nichts mehr da, das liquidiert werden könnte.
near-no-add = Es ist kein freies Übungsgeld da, das dazukommen könnte.
near-no-add-cross = Eine Cross-Position nutzt schon all dieses Geld.
near-no-close = Das geht jetzt nicht.
near-chose-reduce = Verkleinern
near-chose-close = Schließen
near-chose-add = Margin dazugeben
near-chose-keep = So lassen
near-chosen = { $market }: Bei { $buffer } übrigem Sicherheitspuffer hast du gewählt: { $choice }.
    .pro = { $market } Puffer { $buffer }: { $choice }

## Eine Sitzung: ihre Grenzen, und Pausen nach Verlusten

pause-losses = { $losses } Positionen hintereinander endeten mit Verlust. Neues Risiko wartet { $time }; Schließen und Verkleinern gehen immer.
    .pro = Pause { $time }: { $losses } Verluste hintereinander; Schließen und Verkleinern gehen
pause-limit = Diese Sitzung hat so viel verloren, wie du vorher gesetzt hast. Neues Risiko wartet { $time }; Schließen und Verkleinern gehen immer.
    .pro = Pause { $time }: Verlustgrenze der Sitzung; Schließen und Verkleinern gehen
pause-ends = Die Pause endet in { $time }, wie du es wolltest. Schließen und Verkleinern gehen immer.
    .pro = Pause endet in { $time }, wie gewünscht
pause-override = Die Pause in { $delay } beenden
pause-none = Es gibt keine Pause, die enden könnte.
pause-stays = Eine Pause dauert noch { $time }. Danach lässt sich das geführte Üben ausschalten.
    .pro = Pause { $time }: Guided bleibt an
held-up-pause = Neues Risiko wartet nach Verlusten noch { $time }. Schließen und Verkleinern gehen immer.
    .pro = Pause { $time }: nur Verkleinern und Schließen
held-up-trades = Die { $most } Positionen dieser Sitzung sind eröffnet. Diese Zahl hast du gesetzt, bevor sie begann.
    .pro = Positionen der Sitzung verbraucht: { $most }
held-up-leverage = Mehr als die { $most }x, die du für diese Sitzung gesetzt hast, bevor sie begann.
    .pro = Hebelgrenze der Sitzung { $most }x
held-up-loss = Dieser Plan nimmt mehr Verlust an als die { $left }, die diese Sitzung noch verlieren darf.
    .pro = Die Sitzung darf noch { $left } verlieren
session-without = Es sind keine Grenzen gesetzt. Eröffnete Positionen, seit das geführte Üben an ist: { $trades }.
    .pro = Keine Grenzen · { $trades } Positionen
session-loss = Bisher verloren: { $lost } von { $most } Übungsgeld.
    .pro = Verloren { $lost } von { $most }
session-trades = Eröffnete Positionen: { $trades } von { $most }.
    .pro = Positionen { $trades } von { $most }
session-leverage = Hebel: höchstens { $most }x.
    .pro = Hebel höchstens { $most }x
limits-not-flat = Grenzen werden gesetzt, solange nichts gehalten wird und keine Order wartet.
limits-not-calm = Grenzen werden { $calm } nach dem letzten Handel gesetzt, und { $calm } nachdem sie gesetzt wurden: in { $time }.
    .pro = Grenzen setzbar in { $time }

## Ein Trade, der nachgemacht wird

copied-told = Ein fremder { $side } in { $market }, falsch bei { $stop }. Warum du ihn machen würdest und wie viel du höchstens verlieren willst, sagst du selbst.
    .pro = Nachgemachter { $side } { $market }, falsch bei { $stop }: Grund und Grenze sind deine
copied-none = Daraus lässt sich hier kein Trade lesen.
