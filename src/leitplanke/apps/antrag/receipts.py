"""What an applicant gets in hand at once: the receipt, also by mail where an address was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.base.accounts.ports import Mail
from leitplanke.base.interview.wording import said
from leitplanke.base.notify.categories import Category
from leitplanke.base.notify.services import HeaderInjectionError, send_mail

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.core.verfahren.model import Verfahren

CATEGORY = "antrag"
CATEGORIES = (
    Category(
        CATEGORY,
        gettext_lazy("Ihre Anträge"),
        gettext_lazy("Eingangsbestätigung und Hinweis, dass es etwas Neues gibt."),
    ),
)


def send_receipt(antrag: Antrag, verfahren: Verfahren) -> int:
    """Mail a receipt to the addresses that were given; the access code never goes by mail.

    Returns:
        How many mails were handed over.
    """
    day = formats.date_format(antrag.eingang_am, "SHORT_DATE_FORMAT") if antrag.eingang_am else ""
    subject = _("Ihr Antrag ist eingegangen: %(nummer)s") % {"nummer": antrag.nummer}
    body = _(
        "Guten Tag,\n\nIhr Antrag auf %(was)s ist am %(tag)s bei uns eingegangen.\nAktenzeichen: %(nummer)s\n"
        "Zuständig: %(stelle)s, Telefon %(telefon)s\n\nWie es steht, sehen Sie auf unserer Seite unter "
        "„Meine Anträge“ oder mit Aktenzeichen und Zugangscode.\n\nÜber den Antrag entscheidet ein Mensch.\n"
    ) % {
        "was": said(verfahren.titel),
        "tag": day,
        "nummer": antrag.nummer,
        "stelle": antrag.einheit.name,
        "telefon": antrag.einheit.telefon or antrag.mandant.telefon,
    }
    return sum(_sent(antrag, address, Mail(CATEGORY, subject, body)) for address in addresses_of(antrag))


def addresses_of(antrag: Antrag) -> list[str]:
    """Return where mail about a case goes: what was stated, else the account."""
    given = [row.email for row in antrag.beteiligte.all() if row.email]
    return list(dict.fromkeys(given)) or ([antrag.konto.email] if antrag.konto else [])


def _sent(antrag: Antrag, address: str, mail: Mail) -> bool:
    own = antrag.konto if antrag.konto is not None and antrag.konto.email == address else None
    try:
        send_mail(address, mail, mandant=antrag.mandant, person=own)
    except (ValidationError, HeaderInjectionError):
        return False  # the receipt on the page counts; a mistyped address must not undo the application
    return True
