"""Django registration of the accounts area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tenants, people and permissions."""

    name = "leitplanke.base.accounts"
    label = "accounts"
    verbose_name = "Konten"
