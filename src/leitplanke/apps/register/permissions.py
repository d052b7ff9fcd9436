"""Who may do what with the register. Acts follow `core.register.lifecycle`: one row for each that people do."""

from django.utils.translation import gettext_noop as _

from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EMPLOYEES, EVERYBODY, STAFF, Rolle
from leitplanke.core.register.lifecycle import ACTS, Originator

# Roles that answer for the whole town; office roles act for entries of their own unit.
TOWN_WIDE = frozenset({Rolle.KI_BEAUFTRAGTE, Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.IT, Rolle.RAT})
OFFICE = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG})
DECIDING = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
EDITING = OFFICE | {Rolle.KI_BEAUFTRAGTE}

ACT_ROLES = {
    "bearbeiten": EDITING,
    "einstufen": EDITING,
    "erklaeren": EDITING | {Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.IT},
    "pruefen": EDITING,
    "erproben": DECIDING,
    "beantragen": EDITING,
    "zurueckgeben": DECIDING,
    "freigeben": DECIDING,
    "aktualisieren": DECIDING,
    "erneuern": EDITING,
    "erneuerung_freigeben": DECIDING,
    "aussetzen": DECIDING | {Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.IT},
    "stilllegen": DECIDING,
}

PERMISSIONS = [
    Permission("register.public", _("Das öffentliche Register lesen"), EVERYBODY),
    Permission("register.report", _("Fehler, Beschwerde oder Vorfall melden"), EVERYBODY),
    Permission("register.list", _("Alle Einträge des Registers sehen"), STAFF),
    Permission("register.view", _("Einen Eintrag mit internen Angaben lesen"), STAFF),
    Permission(
        "register.view_restricted", _("Vertrauliche Angaben eines Eintrags lesen"),
        EDITING | {Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.IT},
    ),
    Permission("register.add", _("Ein System oder eine Idee eintragen"), EMPLOYEES),
    Permission("register.incidents", _("Meldungen sehen und bearbeiten"), EDITING | {Rolle.DATENSCHUTZ, Rolle.IT}),
    Permission("register.documents", _("Unterlagen eines Eintrags erstellen"), EDITING | {Rolle.DATENSCHUTZ}),
    Permission("register.evaluate", _("Bewertung planen und auswerten"), EDITING),
    Permission("register.rate", _("Fälle blind beurteilen"), EMPLOYEES),
    Permission("register.portfolio", _("Überblick über alle Systeme, Pflichten und Kosten"), STAFF),
    Permission("register.figures", _("Energie, Kosten und Nutzen eintragen"), EDITING | {Rolle.IT}),
    Permission("register.import", _("Einträge aus Dateien übernehmen"), frozenset({Rolle.KI_BEAUFTRAGTE})),
    Permission("register.configure", _("Register der Kommune einstellen"), frozenset({Rolle.KI_BEAUFTRAGTE})),
    *(
        Permission(f"register.{act.name}", ACT_LABELS[act.name], ACT_ROLES[act.name], frozenset(map(str, act.before)))
        for act in ACTS.values()
        if Originator.PERSON in act.by
    ),
]  # fmt: skip
