"""Who may see the pages of the frame."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY

PERMISSIONS = [
    Permission("start.view", _("Startseite sehen"), EVERYBODY),
    Permission("frame.appearance", _("Sprache und Darstellung wählen"), EVERYBODY),
]
