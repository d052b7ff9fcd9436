"""Which days make sense: what lies outside is a slip of the keyboard ("0026", "9999") and is asked back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.doing import WrongStateError

if TYPE_CHECKING:
    from django.utils.functional import Promise

# In years from today: a decision, a training or a figure may be entered late, and plans reach so far.
YEARS_BACK, YEARS_AHEAD = 10, 10
# A guideline that is decided today begins, and a deadline ends, within reach of those who decided it.
YEARS_TO_BEGIN, YEARS_OF_DEADLINE = 2, 1
# Goals of a town reach further: those for the climate are set for 2045.
YEARS_OF_GOALS = 30


def require_sensible(day: date, what: str | Promise, *, back: int = YEARS_BACK, ahead: int = YEARS_AHEAD) -> None:
    """Refuse a day further than so many years from today; `what` is how people call the day.

    Raises:
        WrongStateError: it lies further away; the sentence names the bounds.
    """
    today = timezone.localdate()
    first, last = _moved(today, -back), _moved(today, ahead)
    if first <= day <= last:
        return
    raise WrongStateError(
        _("%(was)s: Der Tag muss zwischen dem %(von)s und dem %(bis)s liegen. Bitte prüfen Sie die Jahreszahl.")
        % {"was": what, "von": _said(first), "bis": _said(last)}
    )


def _moved(day: date, years: int) -> date:
    # There is no 29 February in most years.
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _said(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
