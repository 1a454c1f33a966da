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
move-idle = Der Stop bei { $stop } musste nicht greifen.
move-again = Er wurde wieder bewegt, bevor er griff.
debrief-guided = Das geführte Üben war an, als dies eröffnet wurde.
debrief-unguided = Das geführte Üben war aus, als dies eröffnet wurde: Keine Leitplanke hat etwas gefragt.

## Nahe der Liquidation

near-full = { $market }: Mehr als die Hälfte des Sicherheitspuffers ist übrig ({ $buffer }).
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
