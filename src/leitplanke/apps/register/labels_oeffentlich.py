"""The sentences of the public register, for people who never heard of the AI Act."""

from django.utils.translation import gettext_noop as _

from leitplanke.core.register.lifecycle import Stand

# A human in the loop never lowers the class: no sentence here says so.
CLASS_SENTENCES = {
    "": _("Dieses System ist noch nicht eingestuft."),
    "none": _("Das ist keine KI, sondern Automatisierung nach festen Regeln. Wir nennen sie trotzdem."),
    "minimal": _("Die KI-Verordnung stellt an dieses System keine besonderen Anforderungen."),
    "limited": _("Die KI-Verordnung verlangt vor allem, dass Sie wissen: Hier arbeitet eine KI."),
    "high": _("Das System kann über Wichtiges mitbestimmen. Es gelten die strengsten Pflichten der KI-Verordnung."),
    "undetermined": _("Die Klasse steht noch nicht fest. Bis dahin gilt das System als riskant."),
    "prohibited": _("Die KI-Verordnung verbietet dieses System. Es darf nicht laufen."),
}
CLASS_EINFACH = {
    "": _("Wie groß das Risiko ist, prüfen wir noch."),
    "none": _("Es ist keine KI. Es rechnet nach festen Regeln."),
    "minimal": _("Das Risiko ist gering."),
    "limited": _("Das Risiko ist begrenzt. Sie müssen wissen: Das ist eine KI."),
    "high": _("Das Risiko ist hoch. Deshalb gelten strenge Regeln."),
    "undetermined": _("Wie groß das Risiko ist, steht noch nicht fest."),
    "prohibited": _("Das System ist verboten. Es darf nicht laufen."),
}
STAND_SENTENCES = {
    Stand.IDEE: _("Das System ist eine Idee und läuft nicht."),
    Stand.PRUEFUNG: _("Das System wird neu geprüft und läuft zurzeit nicht."),
    Stand.ERPROBUNG: _("Das System wird erprobt. Nur Beschäftigte nutzen es."),
    Stand.BEANTRAGT: _("Die Freigabe ist beantragt. Bis zur Entscheidung läuft das System nicht."),
    Stand.FREIGEGEBEN: _("Das System ist geprüft, freigegeben und im Einsatz."),
    Stand.AUSGESETZT: _("Die KI ist angehalten. Anträge und Anliegen bearbeiten Menschen ohne sie weiter."),
    Stand.STILLGELEGT: _("Das System ist endgültig abgeschaltet. Der Eintrag bleibt zum Nachlesen."),
}
STAND_EINFACH = {
    Stand.IDEE: _("Das System gibt es noch nicht."),
    Stand.PRUEFUNG: _("Wir prüfen das System neu. Es ist jetzt aus."),
    Stand.ERPROBUNG: _("Wir probieren das System aus. Nur unsere Beschäftigten nutzen es."),
    Stand.BEANTRAGT: _("Wir prüfen das System. Es ist jetzt aus."),
    Stand.FREIGEGEBEN: _("Wir haben das System geprüft. Wir nutzen es."),
    Stand.AUSGESETZT: _("Das System ist jetzt aus. Menschen machen die Arbeit."),
    Stand.STILLGELEGT: _("Das System gibt es nicht mehr."),
}
DECIDES = {
    "0": _("Ein Mensch. Das System zeigt nur etwas an."),
    "1": _("Ein Mensch. Das System macht Vorschläge, ein Mensch prüft jeden Fall."),
    "2": _("Das System antwortet oder handelt selbst. Menschen überwachen es und können es anhalten."),
    "3": _("Das System handelt allein."),
}
DECIDES_EINFACH = {
    "0": _("Ein Mensch entscheidet. Das System zeigt nur etwas an."),
    "1": _("Ein Mensch entscheidet. Das System macht nur einen Vorschlag."),
    "2": _("Das System macht die Arbeit. Ein Mensch kann es anhalten."),
    "3": _("Das System macht die Arbeit allein."),
}
# By paragraph of Art. 50 of the AI Act.
TRANSPARENCY = {
    "1": _("Sie werden darauf hingewiesen, dass Sie mit einer KI zu tun haben."),
    "2": _("Was die KI erzeugt, ist für Maschinen erkennbar als künstlich gekennzeichnet."),
    "3": _("Wer von Gefühlserkennung oder biometrischer Einordnung betroffen ist, wird darüber informiert."),
    "4": _("Künstlich erzeugte Bilder, Töne, Videos und Texte für die Öffentlichkeit sind als solche gekennzeichnet."),
}
VERDICTS = {
    "bestanden": _("Prüfung bestanden"),
    "nicht_bestanden": _("Prüfung nicht bestanden"),
    "unzureichend": _("Zu wenige Fälle für ein Urteil"),
}
REPORT_KINDS = {"beschwerde": _("Beschwerde"), "fehler": _("Fehler im Eintrag"), "vorfall": _("Vorfall")}
ACT_SENTENCES = {
    "erproben": _("Die Erprobung hat begonnen."),
    "freigeben": _("Das System wurde freigegeben."),
    "aktualisieren": _("Die Angaben wurden aktualisiert."),
    "erneuerung_freigeben": _("Eine Änderung des Systems wurde freigegeben."),
    "aussetzen": _("Die KI wurde angehalten."),
    "stilllegen": _("Das System wurde stillgelegt."),
}
EXEMPTIONS = _(
    "Der Bereich hat hohes Risiko, das System fällt aber unter die Ausnahme des Art. 6 Abs. 3 Buchst. %(buchstabe)s."
)
