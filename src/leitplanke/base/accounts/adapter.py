"""How allauth behaves in our house: who may sign up, how its mails leave, how its secrets are kept."""

from __future__ import annotations

import base64
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from leitplanke.base.accounts import ports
from leitplanke.base.accounts.models import Mandant, Person

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest


def mandant_of(request: HttpRequest | None) -> Mandant | None:
    """Return the Mandant whose page allauth serves, None outside a request."""
    return getattr(request, "mandant", None)


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let citizens make accounts where the Mandant wants it; staff are created by the Administration."""
        mandant = mandant_of(request)
        return mandant is not None and mandant.buergerkonten

    def format_email_subject(self, subject: str) -> str:
        """Keep the subject as it is; the mail itself says who writes."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render a mail of allauth and hand it to our own delivery."""
        request = allauth_context.request
        mandant = mandant_of(request)
        site = SimpleNamespace(
            name=mandant.name if mandant else "Leitplanke", domain=request.get_host() if request else ""
        )
        values = {"request": request, "email": email, "current_site": site, "mandant": mandant, **context}
        message = self.render_mail(template_prefix, email, values)
        mail = ports.Mail(ports.SECURITY, message.subject, str(message.body))
        person = Person.objects.filter(emailaddress__email=email).first()
        ports.send_mail(email, mail, mandant=mandant, person=person)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of a sign-in service."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """Take the names over into our fields."""
        person: Person = super().populate_user(request, sociallogin, data)
        whole = (data.get("name") or "").rpartition(" ")
        person.vorname = data.get("first_name") or whole[0]
        person.nachname = data.get("last_name") or whole[2]
        return person


def _cipher() -> MultiFernet:
    """Return the cipher for secrets at rest; older keys (`SECRET_KEY_FALLBACKS`) still open what they closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leitplanke mfa")
    return base64.urlsafe_b64encode(derivation.derive(force_bytes(key)))


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted in the database, and they carry the town's name."""

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an authenticator app or of recovery codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt such a secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Name the town in the authenticator app."""
        mandant = mandant_of(allauth_context.request)
        return mandant.name if mandant else "Leitplanke"
