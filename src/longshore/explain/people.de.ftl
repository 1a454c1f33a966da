# Was Menschen über Anmeldung, Konto, Schlüssel und Klasse gesagt wird.

people-no-token = Öffne die URL, die `longshore` ausgegeben hat.
people-not-signed-in = Melde dich zuerst an.
people-forged = Diese Änderung kam nicht von einer Seite dieses Handelsplatzes. Lade die Seite neu.

## Was jemand nicht darf

people-needs-trader = Das ist für die Rolle Händler. Ändere deine Rolle auf der Kontoseite.
people-needs-teacher = Das ist für Lehrende. Diese Rolle vergibt der Betreiber dieses Handelsplatzes.
people-needs-world = Das ändert die Welt für alle darin. Das darf nur, wem die Welt gehört.
people-needs-auditor = Wer hier prüft, sieht alles und ändert nichts.
people-needs-operator = Das ist für den Betreiber dieses Handelsplatzes.

## An- und neu anmelden

people-wrong = Name oder Passwort stimmt nicht. Prüfe beides und versuche es noch einmal.
people-code-needed = Gib den Einmalcode ein, den deine App jetzt zeigt.
people-code-wrong = Dieser Code ist falsch oder verbraucht. Warte auf den nächsten und gib ihn ein.
people-too-many = Es gab zu viele Versuche. Warte { $minutes } Minuten und versuche es dann noch einmal.
    .pro = Zu viele Versuche; { $minutes } min warten.
people-name-form = Ein Name hat 3 bis 32 kleine Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche und beginnt mit einem Buchstaben.
people-name-taken = Diesen Namen hat schon jemand. Wähle einen anderen.
people-password-short = Ein Passwort hat mindestens 10 Zeichen. Mach es länger.
people-password-long = Ein Passwort hat höchstens 200 Zeichen. Mach es kürzer.
people-password-plain = Dieses Passwort ist leicht zu erraten: Es wiederholt wenige Zeichen oder enthält deinen Namen. Wähle ein anderes.

## Das eigene Konto

people-wrong-own = Das ist nicht dein Passwort. Prüfe es und versuche es noch einmal.
people-not-a-person = Das Token des Betreibers hat keine Kontoseite. Melde dich als Person an.
people-role-given = Der Betreiber dieses Handelsplatzes hat dir diese Rolle gegeben. Nur er ändert sie.
people-role-learner = Beim Lernen hast du Lektionen, Übungen, den Markt und eigene Welten.
people-role-trader = Als Händler hast du auch API-Schlüssel, für Programme, die mit Übungsgeld handeln.
people-role-teacher = Beim Lehren hast du auch Klassen, und Welten, die du mit ihnen teilst.
people-role-operator = Als Betreiber führst du diesen Handelsplatz und siehst alles darin.
people-role-auditor = Beim Prüfen siehst du alles in diesem Handelsplatz und änderst nichts: Du handelst hier auch nicht.
people-auditor-trades = Wer prüft, hat nichts im Spiel. Zuerst werden die Positionen dieses Menschen geschlossen, Aufträge gestrichen und API-Schlüssel entfernt.
people-private = Andere sehen deine Orders, Welten, Pläne und Schlüssel nicht. Wer eine Klasse leitet, der du beitrittst, sieht deinen Fortschritt in deren Lektionen.
people-code-on = Einmalcodes sind schon an. Schalte sie zuerst aus.
people-code-not-started = Beginne mit einem neuen Geheimnis und gib dann einen Code davon ein.
people-key-permissions = Ein Schlüssel darf etwas: Wähle mindestens eines.
people-key-many = Du hast { $most } Schlüssel. Entferne zuerst einen.
    .pro = Höchstens { $most } Schlüssel.
people-worlds-many = Du hast { $most } Welten. Lösche zuerst eine.
    .pro = Höchstens { $most } Welten.

## Klassen

class-title = Eine Klasse hat einen Titel von 1 bis { $most } Zeichen.
    .pro = Titel: 1 bis { $most } Zeichen.
class-many = Du hast { $most } Klassen. Beende zuerst eine.
    .pro = Höchstens { $most } Klassen.
class-join = Wer die Klasse leitet, hat einen Code für dich. Gib ihn hier ein, um beizutreten.
class-code-unknown = Keine Klasse hat diesen Code. Frage nach und gib ihn noch einmal ein.
class-own = Diese Klasse ist deine eigene, oder du bist nicht als Person angemeldet.
class-full = Diese Klasse hat { $most } Lernende. Frage, wer sie leitet.
    .pro = Höchstens { $most } Lernende.
class-code = Gib diesen Code deinen Lernenden. Wer ihn hat, kann beitreten.
class-seen = Du siehst Stufen und ihre Belege in den Lektionen dieser Klasse. Geld, Orders und Welten siehst du nicht.

## Reserves

reserves-not-counted = Dein Konto ist jünger als dieser Stand, oder seine Guthaben werden nicht mehr aufbewahrt. Der nächste Stand wird binnen einer Stunde festgestellt.
