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

CATEGORY, PORTAL = "antrag", "antrag.portal"
CATEGORIES = (
    Category(
        CATEGORY,
        gettext_lazy("Ihre Anträge"),
        gettext_lazy("Eingangsbestätigung und Hinweis, dass es etwas Neues gibt."),
    ),
    # The law lets a letter in the portal count only where the person was told of it; consent itself can be taken back.
    Category(
        PORTAL,
        gettext_lazy("Schreiben im Portal"),
        gettext_lazy("Hinweis, dass ein Schreiben zum Abruf bereitliegt, wenn Sie das Portal gewählt haben."),
        mandatory=True,
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


def tell_of_letter(antrag: Antrag) -> int:
    """Tell that a letter waits in the portal; neither what it is nor what it says is in the mail.

    Returns:
        How many mails were handed over.
    """
    subject = _("Ein Schreiben liegt für Sie bereit: %(nummer)s") % {"nummer": antrag.nummer}
    return _told(antrag, PORTAL, subject)


def tell_of_message(antrag: Antrag) -> int:
    """Tell that the office has written; what it wrote is not in the mail."""
    return _told(antrag, CATEGORY, _("Neue Nachricht zu Ihrem Antrag: %(nummer)s") % {"nummer": antrag.nummer})


def _told(antrag: Antrag, category: str, subject: str) -> int:
    body = _(
        "Guten Tag,\n\nzu Ihrem Antrag %(nummer)s gibt es etwas Neues. Sie finden es auf unserer Seite unter „Meine "
        "Anträge“ oder mit Aktenzeichen und Zugangscode.\n\n%(stelle)s, Telefon %(telefon)s\n"
    ) % {
        "nummer": antrag.nummer,
        "stelle": antrag.einheit.name,
        "telefon": antrag.einheit.telefon or antrag.mandant.telefon,
    }
    return sum(_sent(antrag, address, Mail(category, subject, body)) for address in addresses_of(antrag))


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
