"""How allauth behaves in our house."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of a sign-in service."""
