"""Who may see the pages of the frame."""

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY

PERMISSIONS = [
    Permission("start.view", "Startseite sehen", EVERYBODY),
    Permission("frame.appearance", "Sprache und Darstellung wählen", EVERYBODY),
]
