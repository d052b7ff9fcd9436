"""What simulations leave as evidence: never what stands in a table, nor what came out for anybody."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

RUN = {"simulation": _("Simulation")}
CAPACITY = {"rolle": _("In der Rolle"), "in_vertretung": _("In Vertretung")}

CODES = [
    EvidenceCode("simulation.cancelled", _("Simulation abgebrochen"), {**RUN, **CAPACITY}),
    EvidenceCode("simulation.deleted", _("Simulation gelöscht"), {**RUN, "anlass": _("Anlass"), **CAPACITY}),
    EvidenceCode("simulation.exported", _("Ergebnis als Datei ausgegeben"), {**RUN, "art": _("Art"), **CAPACITY}),
    EvidenceCode("simulation.failed", _("Simulation gescheitert"), {**RUN, "grund": _("Grund")}),
    EvidenceCode(
        "simulation.finished",
        _("Simulation fertig gerechnet"),
        {**RUN, "faelle": _("Fälle"), "ergebnis_sha256": _("Prüfsumme des Ergebnisses")},
    ),
    EvidenceCode(
        "simulation.started",
        _("Simulation begonnen"),
        {
            **RUN,
            "regelwerk": _("Regelwerk"),
            "regelwerk_sha256": _("Prüfsumme des Regelwerks"),
            "bevoelkerung": _("Bevölkerung"),
            "einstellungen_sha256": _("Prüfsumme der Einstellungen"),
            **CAPACITY,
        },
    ),
]
