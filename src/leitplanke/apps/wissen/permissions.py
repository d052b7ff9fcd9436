"""Who may do what in Wissen."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EMPLOYEES, EVERYBODY, SIGNED_IN, STAFF, Rolle

OEFFENTLICH = frozenset({"oeffentlich"})
INTERN = frozenset({"intern"})
ZU_PRUEFEN = frozenset({"zu_pruefen"})
IN_USE = frozenset({"zu_pruefen", "freigegeben", "abgeloest", "nicht_lesbar"})

CURATORS = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.ADMINISTRATION})
RELEASERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.DATENSCHUTZ})
OWNERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.ADMINISTRATION})

PERMISSIONS = [
    Permission("wissen.list", _("Wissensräume sehen"), EVERYBODY),
    Permission("wissen.ask", _("In einem öffentlichen Raum fragen und lesen"), EVERYBODY, OEFFENTLICH),
    Permission("wissen.ask", _("In einem internen Raum fragen und lesen"), STAFF, INTERN),
    Permission("wissen.view_answer", _("Eine Antwort über ihre Adresse ansehen"), EVERYBODY),
    Permission("wissen.view_history", _("Eigenen Verlauf sehen und löschen"), SIGNED_IN),
    Permission("wissen.list_sources", _("Quellen und ihren Stand sehen"), EMPLOYEES),
    Permission("wissen.add_source", _("Quelle hinzufügen"), CURATORS),
    Permission(
        "wissen.release_source", _("Quelle freigeben, die jemand anderes hinzugefügt hat"), RELEASERS, ZU_PRUEFEN
    ),
    Permission("wissen.withdraw_source", _("Quelle zurückziehen"), RELEASERS, IN_USE),
    Permission("wissen.edit_vocabulary", _("Stichworte der Kommune bearbeiten"), OWNERS),
    Permission("wissen.manage_space", _("Wissensraum anlegen und ändern"), OWNERS),
]
