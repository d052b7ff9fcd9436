"""Who may do what with applications. Acts on a case follow `core.verfahren.acts`: one row for each that people do."""

from django.utils.translation import gettext_noop as _

from leitplanke.apps.antrag.labels import ACT_LABELS
from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY, Rolle
from leitplanke.core.verfahren.acts import ACTS, Originator

PROCESSORS = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG})
HEADS = frozenset({Rolle.LEITUNG})

PERMISSIONS = [
    Permission("antrag.catalogue", _("Anträge finden und vorab prüfen"), EVERYBODY),
    Permission("antrag.apply", _("Einen Antrag stellen und den eigenen verfolgen"), EVERYBODY),
    Permission("antrag.list", _("Vorgänge der eigenen Einheit sehen"), PROCESSORS),
    Permission("antrag.view", _("Einen Vorgang der eigenen Einheit lesen"), PROCESSORS),
    Permission("antrag.intake", _("Anträge aus Post und vom Schalter erfassen"), PROCESSORS),
    Permission("antrag.export", _("Vorgang ausgeben: Akte, Auskunft, Aktenvermerk"), PROCESSORS),
    Permission("antrag.compare", _("Fälle eines führenden Fachverfahrens vergleichen"), PROCESSORS),
    Permission("antrag.outbox", _("Ausgang der Schreiben sehen"), PROCESSORS),
    Permission("antrag.figures", _("Zahlen zur Arbeit der Einheit sehen"), HEADS),
    Permission("antrag.recompute", _("Offene Vorgänge neu berechnen lassen"), HEADS),
    Permission("antrag.retention", _("Löschfristen der Vorgänge sehen"), HEADS | {Rolle.DATENSCHUTZ}),
    Permission("antrag.hold", _("Löschsperren setzen und aufheben, Fälliges löschen"), HEADS),
    Permission("antrag.configure", _("Verfahren der eigenen Einheit einstellen"), HEADS),
    Permission("antrag.textblocks", _("Textbausteine für Urteile pflegen"), HEADS),
    *(
        Permission(f"antrag.{act.name}", ACT_LABELS[act.name], PROCESSORS, frozenset(str(s) for s in act.before))
        for act in ACTS.values()
        if Originator.PERSON in act.by
    ),
]
