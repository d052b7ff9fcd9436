"""Who may do what with accounts."""

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY, SIGNED_IN, STAFF, Rolle

ADMINISTRATION = frozenset({Rolle.ADMINISTRATION})

PERMISSIONS = [
    Permission("account.view_own", "Eigenes Konto sehen", SIGNED_IN),
    Permission("account.set_deputy", "Sich vertreten lassen und die Vertretung beenden", STAFF),
    Permission("account.view_permissions", "Nachlesen, welche Rolle was darf", STAFF),
    Permission("account.list_people", "Personen, Rollen und Organisationseinheiten sehen", ADMINISTRATION),
    Permission("account.add_person", "Person mit Rolle anlegen und einladen (nicht sich selbst)", ADMINISTRATION),
    Permission("account.end_membership", "Rolle beenden (nicht die eigene)", ADMINISTRATION),
    Permission("account.block_person", "Konto sperren und wieder öffnen (nicht das eigene)", ADMINISTRATION),
    Permission("account.demo_sign_in", "In der Vorführung als erfundene Person anmelden", EVERYBODY),
]
