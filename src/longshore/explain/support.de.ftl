### Anfragen: was Kunden fragen, was geantwortet wird.

support-note = Frage, wer diesen Übungsplatz betreibt, beschwere dich, oder bestreite eine Liquidation. Alles Geld hier ist Übungsgeld; hänge kein echtes Papier und keinen echten Schlüssel an.
support-category-disputed-liquidation = Eine Liquidation, die ich bestreite
support-category-order = Eine Order oder ein Fill
support-category-deposit-or-withdrawal = Eine Einzahlung oder eine Auszahlung
support-category-identity = Wer was handeln darf
support-category-complaint = Eine Beschwerde
support-category-other = Etwas anderes
support-state-open = Offen: wartet auf Antwort.
support-state-answered = Beantwortet.
support-state-closed = Vom Besitzer geschlossen.
support-state-reopened = Wieder geöffnet: wartet auf Antwort.
support-answer-received = Wir haben deine Anfrage und sehen uns die angehängten Ereignisse an.
support-answer-by-the-rules = Wir sind die Ereignisse an dieser Anfrage durchgegangen. Sie folgen den Regeln dieses Handelsplatzes, die auf der Kontraktseite mit ihren Quellen stehen. Siehst du einen Schritt, der es nicht tut, nenne ihn hier.
support-answer-more-needed = Wir müssen mehr wissen: welche Order, welche Zeit, und was du stattdessen erwartet hast.
support-answer-put-right = Du hattest recht, und es ist berichtigt. Das Hauptbuch deines Kontos zeigt, wie.
support-answer-not-ours = Das entscheidet nicht der Handelsplatz, also kann es hier niemand ändern.
support-closed = Diese Anfrage ist geschlossen. Öffne sie wieder, um etwas hinzuzufügen.
support-closed-by-owner = Diese Anfrage ist geschlossen. Ihr Besitzer kann sie wieder öffnen.
support-not-closed = Diese Anfrage ist nicht geschlossen.
support-too-many = Dieses Konto hat so viele Anfragen, wie es haben kann. Schreibe in einer davon weiter.
support-full = Diese Anfrage ist so lang, wie sie sein kann. Öffne eine andere.
support-liquidation-named = Eine bestrittene Liquidation nennt ihre Liquidation, und keine andere Anfrage tut das.
support-attachment-type = Anhängen lassen sich PNG, JPEG, PDF und reiner Text, sonst nichts.
support-attachment-size = Diese Datei ist zu groß: höchstens { $most } Bytes.
    .pro = Anlage über { $most } Byte
support-attachment-other = Diese Datei ist nicht, was sie sein soll: { $type }.
    .pro = Anlage ist kein { $type }
support-attachments-full = Dieses Konto hat so viel angehängt, wie es kann.

operator-did-ticket = Anfrage { $id } beantwortet.
    .pro = Anfrage { $id }: beantwortet
