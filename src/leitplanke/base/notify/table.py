"""Who may do what with mail."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import SIGNED_IN, Rolle

PERMISSIONS = [
    Permission("notify.view_own", _("Eigene Nachrichten im Postausgang sehen"), SIGNED_IN),
    Permission(
        "notify.view_all",
        _("Alle Nachrichten der Kommune im Postausgang sehen (Texte nur in der Vorführung)"),
        frozenset({Rolle.IT, Rolle.ADMINISTRATION}),
    ),
    Permission("notify.choose", _("Wählen, worüber man E-Mails bekommt"), SIGNED_IN),
]
