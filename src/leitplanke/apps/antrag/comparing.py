"""Comparison mode for towns whose Fachverfahren leads: a file comes in, differences go out, nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.models import Verfahrenseinstellung
from leitplanke.apps.antrag.queries import units_of
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.core.verfahren.comparison import CellError, Compared, ComparisonFileError, compare, counts
from leitplanke.core.verfahren.comparison_files import read_cases

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor

MOST_CASES = 5000
MOST_BYTES = 10 * 1024**2


def comparable(actor: Actor) -> QuerySet[Verfahrenseinstellung]:
    """Return the procedures that the actor's units run."""
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).filter(einheit__in=units_of(actor))
    return rows.select_related("mandant")


def compare_file(actor: Actor, verfahren: str, data: bytes, default_day: date) -> list[Compared]:
    """Compare the cases of a file with the rules as they hold here; only how many they were is recorded.

    Raises:
        ComparisonFileError: the file cannot be used; says where and what to do.
        NotPermittedError: another unit runs the procedure.
        RulesError: its rules cannot be used.
    """
    actor.require("antrag.compare")
    einstellung = comparable(actor).filter(verfahren=verfahren).first()
    if einstellung is None:
        raise NotPermittedError("antrag.compare")
    engine = engine_for(actor.mandant, verfahren, einstellung.ebene or None)
    cases = read_cases(engine.regelwerk, data, default_day)
    if len(cases) > MOST_CASES:
        text = _("Hier gehen höchstens %(zahl)d Fälle. Für mehr gibt es den Befehl „leitplanke antrag vergleichen“.")
        raise ComparisonFileError([CellError(1, "", text % {"zahl": MOST_CASES})])
    found = compare(engine, cases)
    said = ", ".join(f"{name.value} {number}" for name, number in counts(found).items() if number)
    with transaction.atomic():
        record(
            "antrag.verglichen",
            mandant=actor.mandant,
            actor=actor,
            data={"verfahren": verfahren, "was": said, "regelwerk_sha256": engine.regelwerk.digest},
        )
    return found
