"""Who may do what in Wissen."""

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EMPLOYEES, EVERYBODY, SIGNED_IN, STAFF, Rolle

OEFFENTLICH = frozenset({"oeffentlich"})
INTERN = frozenset({"intern"})
ZU_PRUEFEN = frozenset({"zu_pruefen"})
FREIGEGEBEN = frozenset({"freigegeben"})

CURATORS = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.ADMINISTRATION})
RELEASERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.DATENSCHUTZ})
OWNERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.ADMINISTRATION})

PERMISSIONS = [
    Permission("wissen.list", "Wissensräume sehen", EVERYBODY),
    Permission("wissen.ask", "In einem öffentlichen Raum fragen und lesen", EVERYBODY, OEFFENTLICH),
    Permission("wissen.ask", "In einem internen Raum fragen und lesen", STAFF, INTERN),
    Permission("wissen.view_answer", "Eine Antwort über ihre Adresse ansehen", EVERYBODY),
    Permission("wissen.view_history", "Eigenen Verlauf sehen und löschen", SIGNED_IN),
    Permission("wissen.list_sources", "Quellen und ihren Stand sehen", EMPLOYEES),
    Permission("wissen.add_source", "Quelle hinzufügen", CURATORS),
    Permission("wissen.release_source", "Quelle freigeben, die jemand anderes hinzugefügt hat", RELEASERS, ZU_PRUEFEN),
    Permission("wissen.withdraw_source", "Quelle zurückziehen", RELEASERS, ZU_PRUEFEN | FREIGEGEBEN),
    Permission("wissen.edit_vocabulary", "Stichworte der Kommune bearbeiten", OWNERS),
    Permission("wissen.manage_space", "Wissensraum anlegen und ändern", OWNERS),
]
