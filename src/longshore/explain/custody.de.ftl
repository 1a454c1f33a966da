# Übungsmünzen über erfundene Ketten: Einzahlungen, Auszahlungen, und was schiefging.

custody-practice = Übungsgeld über eine erfundene Kette: Keine echte Wallet nimmt diese Adressen, und keine echte Münze kommt hier an.
custody-like-granite = Arbeitet wie die Kette von Bitcoin: Münzen werden ganz ausgegeben, und etwa alle zehn Minuten kommt ein Block.
custody-like-lattice = Arbeitet wie die Kette von Ethereum: ein Guthaben je Adresse, ein Dollar-Token neben der Münze, und die Münze zahlt jede Gebühr.
custody-like-ferry = Arbeitet wie eine billigere Kette, die Lattice nachgemacht ist: dieselben Adressen und derselbe Dollar-Token, aber ein anderes Netz.
custody-like-harbour = Arbeitet wie Ketten, auf denen eine Börse eine Adresse für alle hat und ein Memo sagt, wem eine Einzahlung gehört.

custody-address = Eine erfundene Adresse für Übungsmünzen, nur über dieses Netz. Was über ein anderes Netz kommt, wird nicht von selbst gutgeschrieben.
custody-address-memo = Eine erfundene Adresse, die sich alle Kunden teilen: Schick das Memo mit. Ohne Memo weiß niemand, wem die Münzen gehören.

custody-deposit-seen = Abgeschickt und gesehen; noch hält kein Block sie. Nichts ist gutgeschrieben.
custody-deposit-confirming = In einem Block. Gutgeschrieben wird, wenn genug Blöcke darauf liegen, denn die neuesten können noch rückgängig werden.
custody-deposit-credited = Gutgeschrieben, einmal. Macht eine Neuordnung der Kette sie jetzt rückgängig, so ist das der Verlust der Börse und nicht deiner.
custody-deposit-held = Hat seine Bestätigungen, aber dein Konto nimmt gerade keine Einzahlungen an. Sie gehört dir und wird gutgeschrieben, wenn das wieder geht.
custody-deposit-gone = Vor der Gutschrift durch eine Neuordnung der Kette rückgängig geworden; der Absender hat die Münzen wieder.
custody-why-wrong-network = Kam über ein anderes Netz als das, für das die Adresse ist. Die Münzen liegen dort an dieser Adresse; die Börse hat deren Schlüssel und kann sie gegen eine Gebühr gutschreiben. In einer eigenen Wallet könnte sie holen, wer die Wörter hat; bei einer Börse ohne dieses Netz vielleicht niemand.
custody-why-wrong-memo = Kam ohne dein Memo oder mit einem falschen. Über die Münzen verfügt die Börse: Nur sie kann sie gegen eine Gebühr dem gutschreiben, der die Transaktion vorzeigt.
custody-why-below-minimum = Weniger als die kleinste Einzahlung, darum nicht gutgeschrieben: Es zu bewegen würde die Börse mehr kosten, als es ist. Zwei kleine Einzahlungen werden nicht zusammengezählt. Die Börse kann es gegen eine Gebühr gutschreiben, wo davon etwas übrig bleibt.
custody-why-not-a-deposit = An eine Adresse geschickt, die niemandes Einzahlungsadresse ist. Nur die Börse hat ihren Schlüssel.

custody-entry-usable = Auszahlungen dürfen an diese erfundene Adresse gehen.
custody-entry-waits = Eine neue Adresse wartet einen Tag, und nach einer Änderung des Adressbuchs wartet alles: So merkst du rechtzeitig, wenn es jemand anders geändert hat.
custody-entry-removed = Vergessen. Einen Tag lang verlässt nichts dein Konto.
custody-code = Übungsnachricht: { $code } lässt { $amount } { $asset } Übungsgeld an „{ $name }“ gehen. Hast du das nicht verlangt, so tipp es nirgends ein und ändere dein Adressbuch.
    .pro = { $code }: { $amount } { $asset } an „{ $name }“

custody-withdrawal-asked = Wird deinem Guthaben entnommen.
custody-withdrawal-waiting = Deinem Guthaben entnommen, wartet auf den nächsten Sammelversand. Du kannst noch absagen und bekommst alles zurück.
custody-withdrawal-sent = Verschickt. Absagen geht nicht mehr; wer den Schlüssel der Adresse hat, hat die Münzen.
custody-withdrawal-done = Angekommen, und so tief in der Kette, dass nichts es rückgängig macht.
custody-withdrawal-cancelled = Abgesagt. Alles samt Gebühr ist wieder in deinem Guthaben.
custody-withdrawal-refused = Nichts wurde entnommen: In deinem Guthaben war nicht genug.

custody-book-arriving = Einzahlungen auf einer Kette, die auf ihre Bestätigungen warten
custody-book-due = Von der Verwahrung gutgeschrieben, unterwegs in ein Guthaben
custody-book-customers = In Guthaben von Kunden
custody-book-leaving = Kunden entnommen, noch in keinem Block
custody-book-unclaimed = Falsch angekommen: anderes Netz, kein Memo oder zu wenig
custody-book-stock = Die eigenen Münzen der Börse vom Anfang
custody-book-fees = Was Kunden für Auszahlungen und das Wiederfinden zahlten
custody-book-network = Was die Börse den Ketten zahlte
custody-book-lost = Gutgeschriebene Einzahlungen, die eine Neuordnung zurücknahm: der Verlust der Börse

custody-wallet = Eine Übungs-Wallet. Ihre Wörter sind der Schlüssel: Schreib sie auf, denn niemand bewahrt sie, und niemand kann sie dir wiederfinden. Tipp nie die Wörter einer echten Wallet hier ein.
custody-sent = Über die erfundene Kette abgeschickt. Niemand kann es zurückrufen.
custody-frozen = Keine Auszahlung geht, bis sie wieder freigegeben sind. Kunden können ihre noch absagen.
custody-thawed = Auszahlungen gehen mit dem nächsten Sammelversand.
custody-recovered = Gutgeschrieben, abzüglich der Gebühr für das Wiederfinden.
custody-bad-words = Das sind nicht die Wörter einer Übungs-Wallet: zwölf aus unserer eigenen Liste, von denen das letzte aus den anderen folgt. Wörter einer echten Wallet werden abgelehnt; tipp sie nirgends ein.

custody-refused-unknown-network = Dieses Netz gibt es hier nicht.
custody-refused-not-on-network = Dieses Netz trägt diesen Wert nicht.
custody-refused-bad-address = Das ist keine erfundene Adresse dieses Netzes: Sie beginnt mit practice-, und ihre letzten Buchstaben sind eine Prüfsumme. Eine echte Adresse wird immer abgelehnt.
custody-refused-bad-name = Ein Name ist eine Zeile von höchstens vierzig Zeichen, ohne Leerzeichen darum.
custody-refused-bad-memo = Ein Memo hat höchstens dreißig einfache Zeichen.
custody-refused-bad-amount = Ein Betrag ist größer als null.
custody-refused-book-full = Dein Adressbuch ist voll. Entferne zuerst eine Adresse.
custody-refused-unknown-address = Dein Adressbuch hat keine Adresse dieses Namens.
custody-refused-address-waits = Diese Adresse ist neu und wartet einen Tag, ehe etwas dorthin geht.
custody-refused-book-changed = Dein Adressbuch wurde geändert; einen Tag lang geht nichts. Warst du es nicht, so sag es dem Betreiber.
custody-refused-frozen = Der Betreiber hat Auszahlungen über Ketten angehalten. Dein Guthaben bleibt deins.
custody-refused-below-minimum = Das ist weniger als die kleinste Auszahlung über dieses Netz.
custody-refused-over-limit = Das ist mehr, als an einem Tag dein Konto verlassen darf.
custody-refused-no-coins = So viel hat die Börse auf diesem Netz gerade nicht. Nimm ein anderes Netz oder weniger.
custody-refused-not-enough = So viel liegt nicht an dieser Adresse, die Gebühr mitgerechnet; auf einer Kette, deren Gebühr eine andere Münze ist, braucht es auch die. Was noch auf einen Block wartet, kann nicht weitergeschickt werden.
custody-refused-unknown-withdrawal = Eine solche Auszahlung hast du nicht.
custody-refused-already-sent = Diese Auszahlung ist schon gegangen oder schon abgesagt.
custody-refused-unknown-deposit = Eine solche Einzahlung gibt es nicht.
custody-refused-not-unclaimed = Diese Einzahlung ist gutgeschrieben oder wird es von selbst.
custody-refused-not-settled = Diese Einzahlung kann noch rückgängig werden. Warte, bis sie tief genug liegt.
custody-refused-not-worth-it = Die Gebühr für das Wiederfinden wäre alles, was da ist.
custody-refused-code-needed = Verlang zuerst einen Einmalcode für diese Auszahlung. Ein Code gilt zehn Minuten.
custody-refused-code-wrong = Dieser Code ist falsch oder für eine andere Auszahlung. Nach drei falschen gilt er nicht mehr.

operator-did-gift = { $amount } { $asset } in erfundenen Münzen an { $address } geschickt, über die Übungskette { $network }.
    .pro = +{ $amount } { $asset } an { $address } ({ $network }), erfunden
operator-did-freeze = Auszahlungen über Übungsketten angehalten.
operator-did-thaw = Auszahlungen über Übungsketten wieder freigegeben.
operator-did-recovery = Einzahlung { $id }, die falsch ankam, dem Konto { $account } gutgeschrieben.
    .pro = Einzahlung { $id } an { $account }

# Nachrichten, wie Besitzer von Coins sie bekommen; manche sind Köder. Was nach -why steht, kommt nach dem Urteil.
message-credited-sender = Longshore, Übungsbörse
message-credited = Eine Einzahlung von Übungsgeld hat ihre Bestätigungen und ist in deinem Guthaben. Du musst nichts tun.
message-credited-why = Echt: Sie sagt, was auch bei deinen Einzahlungen steht, und verlangt nichts. Sieh lieber selbst auf der Seite nach, als einer Nachricht dorthin zu folgen.
message-restore-sender = Longshore Wallet-Support-Team
message-restore = Seit der Wartung ist deine Wallet aus dem Takt, und heute Nacht werden ihre Coins gesperrt. Tipp hier ihre zwölf Wörter ein, damit wir sie wiederherstellen.
message-restore-why = Köder: Wer die Wörter hat, hat die Coins, und keine Börse, kein Support und keine Wartung braucht sie je. Die Eile ist da, damit du nicht nachdenkst.
message-code-sender = Longshore, Übungsbörse
message-code = Dein Einmalcode lässt Übungsgeld an die Adresse aus deinem Buch gehen, die du eben genannt hast. Hast du das nicht verlangt, tipp ihn nirgends ein.
message-code-why = Echt, wenn du sie gerade verlangt hast: Sie sagt, was der Code freigibt. Ein Code, den du nicht verlangt hast, heißt, dass es jemand anders tat; ändere dein Buch.
message-moved-sender = Einzahlungsstelle
message-moved = Unsere Einzahlungsadressen wurden ausgetauscht. Bitte schick das Nächste an { $address }.
    .pro = Einzahlungsadressen ausgetauscht: Nächstes an { $address }
message-moved-why = Köder: Eine Einzahlungsadresse steht auf der Einzahlungsseite, nie in einer Nachricht. Coins an eine andere Adresse sind bei dem, der ihren Schlüssel hat.
message-double-sender = Longshore Jubiläum
message-double = Zu unserem Jubiläum kommt jede Zahlung an { $address } verdoppelt zurück. Nur die ersten hundert.
    .pro = Zahlungen an { $address } kommen verdoppelt zurück, erste hundert
message-double-why = Köder: Niemand gibt mehr zurück, als geschickt wurde, und niemand kann eine Zahlung zurückrufen.
message-book-sender = Longshore, Übungsbörse
message-book = In dein Buch kam eine Adresse, die in einem Tag benutzt werden kann. Warst du es nicht, öffne die Seite und entferne sie.
message-book-why = Echt: Sie bittet dich, selbst nachzusehen, und nennt keinen Ort, an den du gehen sollst. Der Wartetag ist für diese Nachricht da.
message-asks-none = Diese Nachricht verlangt keine Wörter, und sonst tut es hier auch nichts.
message-believed = Diese Wörter haben deine Wallet dem geöffnet, der die Nachricht schrieb. Was sich bewegen ließ, ging über die erfundene Kette weg; niemand kann es zurückrufen. Hier war es Übungsgeld.
