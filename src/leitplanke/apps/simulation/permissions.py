"""Who may do what with simulations.

Made-up people harm nobody: the council and all who prepare decisions see them. An uploaded table may tell about real
people, so what was reckoned from it is for whoever uploaded it alone, and for their deputy.
"""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import Rolle

ERFUNDEN = frozenset({"erfunden"})
HOCHGELADEN = frozenset({"hochgeladen"})

ANALYSTS = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
PLANNERS = ANALYSTS | {Rolle.RAT}
MANAGERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})

PERMISSIONS = [
    Permission("simulation.list", _("Simulationen sehen"), PLANNERS),
    Permission("simulation.view", _("Ergebnis mit erfundener Bevölkerung sehen"), PLANNERS, ERFUNDEN),
    Permission("simulation.view", _("Ergebnis aus einer selbst hochgeladenen Tabelle sehen"), ANALYSTS, HOCHGELADEN),
    Permission("simulation.start", _("Mit erfundener Bevölkerung simulieren"), PLANNERS, ERFUNDEN),
    Permission("simulation.start", _("Eine Tabelle hochladen und damit simulieren"), ANALYSTS, HOCHGELADEN),
    Permission("simulation.export", _("Ergebnis als Datei mitnehmen"), PLANNERS, ERFUNDEN),
    Permission(
        "simulation.export", _("Ergebnis aus einer selbst hochgeladenen Tabelle mitnehmen"), ANALYSTS, HOCHGELADEN
    ),
    Permission("simulation.stop", _("Eigene Simulation abbrechen und löschen"), PLANNERS),
    Permission(
        "simulation.stop_any", _("Jede Simulation mit erfundener Bevölkerung abbrechen und löschen"), MANAGERS, ERFUNDEN
    ),
]
