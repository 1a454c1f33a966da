# Wer was handeln darf: die Kontoseite, ihre Schritte, und was jede Antwort bedeutet.

onshore-off = In dieser Welt darf jeder alles handeln: Sie wurde ohne Regeln darüber begonnen, wer darf.
onshore-note = Alles hier ist Übung. Die Personen und ihre Dokumente sind ausgedacht; gib nie einen echten Namen, ein echtes Dokument, eine echte Adresse oder einen echten Schlüssel ein.
onshore-open = Offen.
onshore-open-to = Offen, mit Hebel bis { $cap }x.
    .pro = offen, ≤ { $cap }x
onshore-unverified = { $count } der { $all } Werte dieser Regeln haben keine Quelle und sind unsere.
    .pro = unbelegt: { $count } von { $all }

onshore-tier-unverified = Ungeprüft: Die Börse weiß nicht, wer du bist.
onshore-tier-basic = Einfach: Einzahlen und Coins.
onshore-tier-intermediate = Mittel: Auszahlen und Hebel.
onshore-tier-pro = Profi: die Hebelgrenze professioneller Kunden.

onshore-state-active = Aktiv
onshore-state-close-only = Nur schließen: Verkleinern und schließen geht, eröffnen nicht.
onshore-state-frozen = Eingefroren: keine Orders, Umbuchungen oder Auszahlungen, bis der Betreiber es freigibt.
onshore-state-closed = Geschlossen.

onshore-gate-spot = Coins kaufen
onshore-gate-perpetual = Perpetuals eröffnen
onshore-gate-dated = Terminkontrakte eröffnen
onshore-gate-deposit = Einzahlen
onshore-gate-withdrawal = Auszahlen

onshore-step-residence = Sag, wo du wohnst
onshore-step-identity = Zeig, wer du bist
onshore-step-disclosure-perpetual = Lies das Risikodokument zu Perpetuals
onshore-step-disclosure-dated = Lies das Risikodokument zu Terminkontrakten
onshore-step-questions = Beantworte Fragen zum Produkt
onshore-step-inactive = Bestätige, dass das Konto noch deins ist
onshore-why-residence = Welche Produkte, welcher Hebel und welche Warnung für dich gelten, hängt vom Recht des Ortes ab.
onshore-why-identity = Eine Börse muss wissen, wen sie bedient. So hält sie Kinder fern, Menschen auf Sanktionslisten und Konten auf fremden Namen.
onshore-why-disclosure = Du sollst gelesen haben, wie das Produkt dich Geld kosten kann, bevor du es eröffnest. Eine neue Fassung fragt wieder; schließen geht immer.
onshore-why-questions = Eine Börse fragt, ob Hebel zu dir passt. Wer nicht besteht, wird nicht ausgesperrt: Die Hebelgrenze ist niedriger, bis du bestehst.
onshore-why-inactive = Ein Konto, das lange niemand benutzt hat, übernimmt leicht jemand anderes.
onshore-is-done = Erledigt.
onshore-is-todo = Noch zu tun.
onshore-is-waiting = Der Anbieter prüft noch.
onshore-is-refused = Nicht bestanden.
onshore-is-blocked = Sag zuerst, wo du wohnst.

onshore-case-none = Noch zu tun.
onshore-case-waiting = In Prüfung: Jemand sieht es sich an.
onshore-case-appealed = Widersprochen: Der Betreiber sieht es sich noch einmal an.
onshore-case-accepted = Angenommen bis { $until }.
    .pro = angenommen bis { $until }
onshore-case-expired = Abgelaufen: Zeig noch einmal ein Dokument.
onshore-flaw-expired = Abgelehnt: Das Dokument ist abgelaufen.
onshore-flaw-name-mismatch = Abgelehnt: Das Dokument lautet auf einen anderen Namen oder ein anderes Geburtsdatum.
onshore-flaw-under-age = Abgelehnt: Die Person ist unter 18.
onshore-flaw-sanctioned = Abgelehnt: Der Name steht auf der ausgedachten Sanktionsliste dieser Übungsbörse.
onshore-flaw-elsewhere = Abgelehnt: Das Dokument ist aus einem anderen Land als dem, in dem du wohnst.
onshore-flaw-by-hand = Vom Betreiber abgelehnt.
onshore-queue-by-hand = In dieser Welt wird über Identitäten von Hand entschieden: Niemand sonst sieht sie an.
onshore-queue-unanswered = Ihr Prüfer hat noch nicht geantwortet. Was hier entschieden wird, zählt, und eine spätere Antwort wird abgelehnt.
onshore-queue-appealed = Ihr Besitzer hat gegen eine Ablehnung Einspruch erhoben. { $before }
    .pro = Einspruch; davor: { $before }
onshore-found-nothing = Die Übungsprüfung findet an diesem Dokument nichts.
onshore-found-expired = Die Übungsprüfung findet: Das Dokument ist abgelaufen.
onshore-found-name-mismatch = Die Übungsprüfung findet: Das Dokument trägt einen anderen Namen oder ein anderes Geburtsdatum.
onshore-found-under-age = Die Übungsprüfung findet: Die Person ist unter 18.
onshore-found-sanctioned = Die Übungsprüfung findet: Der Name steht auf der erfundenen Sanktionsliste dieses Übungsplatzes.
onshore-found-elsewhere = Die Übungsprüfung findet: Das Dokument ist aus einem anderen Land, als der Besitzer gesagt hat.
operator-means-accepted = Der Besitzer gilt bis { $until } als bekannt, in dieser Stufe:
    .pro = bekannt bis { $until }, Stufe:
operator-means-further-gates = Hinweise, Fragen und Grenzen bleiben, wie sie sind.
operator-means-refused = Der Besitzer liest, dass der Betreiber abgelehnt hat, und kann Einspruch erheben. Nichts öffnet sich, und was offen ist, bleibt zu schließen.
onshore-no-appeal = Es gibt keine abgelehnte Identität, der du widersprechen könntest.
onshore-no-provider = In dieser Welt entscheidet kein fremder Anbieter über Identitäten.
onshore-decision-forged = Die Unterschrift ist nicht die des Anbieters.
onshore-decision-too-old = Die Entscheidung wurde vor zu langer Zeit oder im Voraus unterschrieben.
onshore-decision-replayed = Diese Entscheidung kam schon einmal.
onshore-decision-unknown-verdict = Ein solches Urteil gibt es nicht.
onshore-decision-decided = Dieser Fall ist entschieden.

onshore-paper-passport = Reisepass
onshore-paper-driving-licence = Führerschein
onshore-paper-identity-card = Personalausweis

onshore-wrong-version = Jetzt gilt die Fassung { $version }: Lies diese.
    .pro = geltende Fassung: { $version }
onshore-wrong-hash = Das ist nicht der Hash des Dokuments, wie es gezeigt wurde.
onshore-other-attempt = Das sind die Antworten auf andere Fragen.
onshore-questions-none = Mit { $passes } von { $of } richtigen Antworten bestehst du.
    .pro = bestanden ab { $passes } von { $of }
onshore-questions-passed = Bestanden mit { $right } von { $of }.
    .pro = bestanden, { $right } von { $of }
onshore-questions-failed = { $right } von { $of } richtig: nicht bestanden. Deine Hebelgrenze ist niedriger, bis du bestehst; die nächsten Fragen gibt es ab { $again }.
    .pro = nicht bestanden, { $right } von { $of }; wieder ab { $again }
onshore-questions-wait = Die nächsten Fragen gibt es ab { $again }.
    .pro = wieder ab { $again }
onshore-not-shorter = Sich auszusperren lässt sich verlängern, nicht verkürzen.
onshore-not-raised = Diese Grenze ist heute erreicht; morgen lässt sie sich erhöhen.

onshore-warning-us = Mit Hebel kannst du schnell alles verlieren, was du eingesetzt hast. In den USA wird er nur zugelassenen Kunden eines registrierten Brokers angeboten.
onshore-warning-eea = Die meisten Konten von Privatkunden verlieren mit gehebelten Krypto-Kontrakten Geld. Überlege, ob du verstehst, wie sie funktionieren, und ob du es dir leisten kannst, dein Geld zu verlieren.
onshore-warning-elsewhere = Mit Hebel kannst du schnell alles verlieren, was du eingesetzt hast.

onshore-changes-who = Die Börse weiß, wer handelt, und hält fern, wen sie nicht bedienen darf.
onshore-changes-told = Dir wurde schriftlich gezeigt, wie das Produkt dich Geld kosten kann, und welche Fassung du bestätigt hast, steht fest.
onshore-changes-asked = Jemand hat gefragt, ob du es verstehst, und senkt deinen Hebel, wo nicht.
onshore-changes-stopped = Du oder die Börse könnt das Eröffnen stoppen, und schließen geht weiterhin.
onshore-changes-leverage = Der Hebel hat eine Grenze, je nachdem, wo du wohnst und was man von dir weiß.
onshore-stays-risk = Das Marktrisiko: Auch an einer regulierten Börse fallen Kurse so schnell wie anderswo.
onshore-stays-price = Gebühren, Funding und Slippage kosten, was sie kosten.
onshore-stays-liquidation = Liquidiert wirst du nach denselben Regeln, wie gut deine Papiere auch sind.
onshore-stays-loss = Eine offene Schranke sagt nichts darüber, ob ein Trade gut ist.

## Die Fragen

onshore-question-lose-all = Was kannst du mit einer isolierten Position höchstens verlieren?
onshore-question-lose-all-a = Nur die Gebühren
onshore-question-lose-all-b = Die ganze Margin, die dahinter steht
onshore-question-lose-all-c = Die halbe Margin
onshore-question-leverage = Bei Hebel 10x läuft der Kurs 1 % gegen dich. Was verlierst du, vor Gebühren?
onshore-question-leverage-a = 0,1 % deiner Margin
onshore-question-leverage-b = 1 % deiner Margin
onshore-question-leverage-c = Etwa 10 % deiner Margin
onshore-question-liquidation = Wann schließt die Börse deine Position für dich?
onshore-question-liquidation-a = Wenn das, was dahinter steht, unter die Maintenance Margin fällt
onshore-question-liquidation-b = Wenn du sie darum bittest
onshore-question-liquidation-c = Am Ende jedes Tages
onshore-question-funding = Du bist long in einem Perpetual und die Funding-Rate liegt über null. Was geschieht?
onshore-question-funding-a = Du bekommst Funding
onshore-question-funding-b = Du zahlst Funding an die, die short sind
onshore-question-funding-c = Die Börse zahlt beiden Seiten
onshore-question-mark = Welcher Preis entscheidet, ob du liquidiert wirst?
onshore-question-mark-a = Der letzte Handel
onshore-question-mark-b = Dein Einstiegspreis
onshore-question-mark-c = Der Mark-Preis
onshore-question-maintenance = Was macht mehr Hebel mit dem Preis, bei dem du liquidiert wirst?
onshore-question-maintenance-a = Er rückt näher an den jetzigen Preis
onshore-question-maintenance-b = Er rückt weiter weg
onshore-question-maintenance-c = Nichts
onshore-question-gap = Verspricht dir eine Stop-Order ihren Preis?
onshore-question-gap-a = Ja, immer
onshore-question-gap-b = Nein: In einem schnellen Markt kann sie weit davon entfernt ausgeführt werden
onshore-question-gap-c = Nur nachts
onshore-question-advice = Was heißt es, dass eine Börse dich eine Position eröffnen lässt?
onshore-question-advice-a = Dass sie den Trade gut findet
onshore-question-advice-b = Dass dein Geld versichert ist
onshore-question-advice-c = Nichts über den Trade: nur, dass du darfst
onshore-question-coin = Was gehört dir, wenn du long in einem Perpetual bist?
onshore-question-coin-a = Ein Kontrakt auf den Preis, und keine Coins
onshore-question-coin-b = Coins in deiner Wallet
onshore-question-coin-c = Anteile an der Börse
