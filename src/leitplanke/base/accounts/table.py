"""Who may do what with accounts."""

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import SIGNED_IN

PERMISSIONS = [
    Permission("account.view_own", "Eigenes Konto sehen", SIGNED_IN),
]
