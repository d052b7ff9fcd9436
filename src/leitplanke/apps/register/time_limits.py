"""How a Mandant runs its register, and the time limit of its staff representation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.register.models import Erklaerung, Registereinstellung

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def settings_of(mandant: Mandant) -> Registereinstellung:
    """Return how a Mandant runs its register, with the usual values where it has not said."""
    return Registereinstellung.objects.for_mandant(mandant).first() or Registereinstellung(mandant=mandant)


def time_limit_of(erklaerung: Erklaerung, einstellung: Registereinstellung) -> date | None:
    """Return the last day on which the staff representation may still decide, None where it was not informed."""
    if erklaerung.vollstaendig_ab is None:
        return None
    return erklaerung.vollstaendig_ab + timedelta(days=einstellung.frist_tage)


def lapse_sentence(erklaerung: Erklaerung, einstellung: Registereinstellung) -> str:
    """Return the sentence on the time limit that a page shows."""
    limit = time_limit_of(erklaerung, einstellung)
    if limit is None:
        return ""
    return _("Die Frist läuft bis zum %(tag)s (%(norm)s).") % {
        "tag": date_format(limit, "DATE_FORMAT"),
        "norm": einstellung.frist_norm,
    }
