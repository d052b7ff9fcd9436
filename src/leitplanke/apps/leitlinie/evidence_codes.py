"""What the workshop leaves as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

VERSION = {"fassung": _("Fassung")}
PROOF = {"am": _("Am"), "gueltig_bis": _("Gültig bis")}
PERSON = {"person": _("Person")}
CAPACITY = {"rolle": _("In der Rolle"), "in_vertretung": _("In Vertretung")}

CODES = [
    EvidenceCode(
        "leitlinie.begonnen",
        _("Fassung der Leitlinie begonnen"),
        {**VERSION, "herkunft": _("Begonnen mit"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.beitrag",
        _("Zu einer Klausel etwas gesagt oder vorgeschlagen"),
        {**VERSION, "baustein": _("Baustein"), "art": _("Art des Beitrags"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.beitrag_entschieden",
        _("Über einen Beitrag zur Leitlinie entschieden"),
        {**VERSION, "baustein": _("Baustein"), "stand": _("Ergebnis"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.kommune",
        _("Angaben der Kommune für ihre Schriftstücke geändert"),
        CAPACITY,
    ),
    EvidenceCode(
        "leitlinie.vorgelegt", _("Fassung der Leitlinie zur Mitzeichnung gegeben"),
        {**VERSION, "stellen": _("Stellen"), "frist": _("Frist"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.mitgezeichnet", _("Fassung der Leitlinie mitgezeichnet"),
        {
            **VERSION, "stelle": _("Stelle"), "votum": _("Votum"), "aenderungen": _("Änderungen bis dahin"), **CAPACITY,
        },
    ),
    EvidenceCode("leitlinie.zurueckgeholt", _("Fassung der Leitlinie in den Entwurf geholt"), VERSION | CAPACITY),
    EvidenceCode("leitlinie.verworfen", _("Fassung der Leitlinie verworfen"), VERSION | CAPACITY),
    EvidenceCode(
        "leitlinie.beschlossen", _("Fassung der Leitlinie beschlossen"),
        {
            **VERSION, "beschluss": _("Beschlossen am"), "gilt_ab": _("Gilt ab"),
            "profil_sha256": _("Prüfsumme des Profils"), "trotz_einwaenden": _("Trotz Einwänden"), **CAPACITY,
        },
    ),
    EvidenceCode(
        "leitlinie.gilt", _("Fassung der Leitlinie gilt"),
        {**VERSION, "gilt_ab": _("Gilt ab"), "profil_sha256": _("Prüfsumme des Profils")},
    ),
    EvidenceCode(
        "leitlinie.zurueckgenommen", _("Beschluss der Leitlinie vor seinem Tag zurückgenommen"), VERSION | CAPACITY
    ),
    EvidenceCode(
        "leitlinie.in_wissen", _("Schriftstücke der Leitlinie in Wissen übernommen"),
        {**VERSION, "raum": _("Wissensraum"), "schriftstuecke": _("Schriftstücke"), **CAPACITY},
    ),
    EvidenceCode("leitlinie.gelesen", _("Leitlinie zur Kenntnis genommen"), VERSION),
    EvidenceCode(
        "leitlinie.eingelesen", _("Dokument zum Einlesen hochgeladen"), {"sha256": _("Prüfsumme"), **CAPACITY}
    ),
    EvidenceCode(
        "leitlinie.einlesung_geloescht", _("Eingelesenes Dokument gelöscht"), {"sha256": _("Prüfsumme"), **CAPACITY}
    ),
    EvidenceCode("leitlinie.schulung_eingetragen", _("Schulung eingetragen"), PROOF, PERSON),
    EvidenceCode(
        "leitlinie.schulung_geloescht", _("Eingetragene Schulung gelöscht"), PROOF,
        {**PERSON, "titel": _("Schulung"), "grund": _("Grund")},
    ),
    EvidenceCode(
        "leitlinie.selbst_gezeigt", _("Nachweis zur Selbstbewertung gezeigt"),
        {"punkt": _("Punkt"), **PROOF, "url": _("Adresse")},
    ),
    EvidenceCode(
        "leitlinie.selbst_zurueckgezogen", _("Nachweis zur Selbstbewertung zurückgezogen"),
        {"punkt": _("Punkt"), **PROOF, "url": _("Adresse")},
    ),
    EvidenceCode(
        "leitlinie.selbst_festgehalten", _("Selbstbewertung festgehalten"),
        {"nummer": _("Nummer"), "sha256": _("Prüfsumme")},
    ),
    EvidenceCode("leitlinie.leitbild_gespeichert", _("Leitbild gespeichert"), {"sha256": _("Prüfsumme")}),
    EvidenceCode(
        "leitlinie.ziel_gespeichert", _("Ziel gespeichert"), {"zielwert": _("Zielwert"), "bis": _("Bis")}
    ),
    EvidenceCode("leitlinie.ziel_abgeschlossen", _("Ziel abgeschlossen"), {"stand": _("Stand")}),
    EvidenceCode(
        "leitlinie.messwert_eingetragen", _("Messwert zu einem Ziel eingetragen"),
        {"am": _("Am"), "wert": _("Wert")},
    ),
]  # fmt: skip
