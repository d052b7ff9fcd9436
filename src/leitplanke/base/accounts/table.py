"""Who may do what with accounts."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY, SIGNED_IN, STAFF, Rolle

ADMINISTRATION = frozenset({Rolle.ADMINISTRATION})

PERMISSIONS = [
    Permission("account.view_own", _("Eigenes Konto sehen"), SIGNED_IN),
    Permission("account.confirm", _("Bestätigen, dass man es selbst ist"), SIGNED_IN),
    Permission("account.set_deputy", _("Sich vertreten lassen und die Vertretung beenden"), STAFF),
    Permission("account.view_permissions", _("Nachlesen, welche Rolle was darf"), STAFF),
    Permission("account.list_people", _("Personen, Rollen und Organisationseinheiten sehen"), ADMINISTRATION),
    Permission("account.add_person", _("Person mit Rolle anlegen und einladen (nicht sich selbst)"), ADMINISTRATION),
    Permission("account.end_membership", _("Rolle beenden (nicht die eigene)"), ADMINISTRATION),
    Permission("account.set_chair", _("Vorsitz der Personalvertretung vermerken (nicht den eigenen)"), ADMINISTRATION),
    Permission("account.block_person", _("Konto sperren und wieder öffnen (nicht das eigene)"), ADMINISTRATION),
    Permission("account.demo_sign_in", _("In der Vorführung als erfundene Person anmelden"), EVERYBODY),
]
