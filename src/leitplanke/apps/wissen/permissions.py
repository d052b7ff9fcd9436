"""Who may do what in Wissen."""

from leitplanke.base.accounts.permissions import Permission

PERMISSIONS: list[Permission] = []
