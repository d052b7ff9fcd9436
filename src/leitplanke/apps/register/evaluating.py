"""Evaluation of an entry: fix a plan, evaluate decisions against it. The only writer of plans and results."""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.doing import Doer, doer, locked, trace
from leitplanke.apps.register.models import Bewertung, Eintrag, Pruefplan, Verdikt
from leitplanke.core.evaluation import decisions_from_rows, evaluate, plan_hash, read_decisions, read_plan, tally
from leitplanke.core.evaluation.pooling import pool, reopen_result, result_data
from leitplanke.core.evaluation.report import report
from leitplanke.core.evaluation.report_json import evaluation_data
from leitplanke.core.register.lifecycle import LifecycleError, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.evaluation import Decisions, Evaluation
    from leitplanke.core.evaluation import Pruefplan as Plan
    from leitplanke.core.evaluation.report import Report

MOST_BYTES = 20_000_000


class EvaluatingError(LifecycleError):
    """An evaluation is not possible like this; the message says why."""


def fix_plan(*, actor: Actor, eintrag_id: int, text: str) -> Pruefplan:
    """Fix a plan before data are seen: its hash stands in the evidence log, and it is never changed.

    Raises:
        NotPermittedError: `actor` may not evaluate this entry.
        EvaluatingError: the plan is of another entry.
        PlanError: the plan cannot be used; holds every fault.
    """
    plan = read_plan(text)
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id)
        by = doer(actor, "register.evaluate", eintrag)
        if plan.eintrag not in {"", eintrag.kuerzel}:
            raise EvaluatingError(_("Der Plan nennt einen anderen Eintrag: %(name)s.") % {"name": plan.eintrag[:80]})
        row = Pruefplan.objects.create(
            mandant=eintrag.mandant, eintrag=eintrag, titel=plan.titel.de[:200], text=text, sha256=plan_hash(plan),
            von=by.membership,
        )  # fmt: skip
        trace("register.pruefplan", eintrag, by, data={"inhalt_sha256": row.sha256})
    return row


def plan_of(row: Pruefplan) -> Plan:
    """Return a fixed plan, ready to be used."""
    return read_plan(row.text)


def evaluate_file(*, actor: Actor, plan_id: int, data: bytes) -> Bewertung:
    """Evaluate a CSV file of decisions against a plan; of the cases only counts are kept.

    Raises:
        NotPermittedError: `actor` may not evaluate this entry.
        DecisionsError: the file cannot be used; holds every fault with its line.
        EvaluatingError: the file is too large.
    """
    if len(data) > MOST_BYTES:
        raise EvaluatingError(_("Die Datei ist zu groß: höchstens 20 MB."))
    row = Pruefplan.objects.for_mandant(actor.mandant).select_related("eintrag").get(pk=plan_id)
    # Case numbers are compared within the file only, so nobody needs the salt again.
    return _evaluate(actor, row, read_decisions(plan_of(row), data, secrets.token_bytes(32)))


def evaluate_rows(*, actor: Actor, plan_id: int, rows: Iterable[Mapping[str, str]]) -> Bewertung:
    """Evaluate decisions that were collected here; raises as `evaluate_file`."""
    row = Pruefplan.objects.for_mandant(actor.mandant).select_related("eintrag").get(pk=plan_id)
    return _evaluate(actor, row, decisions_from_rows(plan_of(row), rows, secrets.token_bytes(32)))


def _evaluate(actor: Actor, row: Pruefplan, decisions: Decisions) -> Bewertung:
    plan = plan_of(row)
    counts = tally(plan, decisions)
    found = evaluate(plan, counts, day=timezone.localdate())
    with transaction.atomic():
        eintrag = locked(actor.mandant, row.eintrag_id)
        by = doer(actor, "register.evaluate", eintrag)
        _require_same_system(eintrag, row)
        bewertung = Bewertung.objects.create(
            mandant=eintrag.mandant, plan=row, eintrag=eintrag, verdikt=Verdikt(found.verdict.value),
            satz=found.sentence.de, ergebnis=evaluation_data(found), zellen=result_data(plan.stelle, plan, counts),
            faelle=found.cases, gueltig_bis=found.valid_until,
            wesentlich_sha256=eintrag.bearbeitung.wesentlich_sha256 if eintrag.bearbeitung else "", von=by.membership,
        )  # fmt: skip
        _prolong(eintrag, bewertung)
        _trace_result(eintrag, by, row, bewertung)
    return bewertung


def _require_same_system(eintrag: Eintrag, row: Pruefplan) -> None:
    """Let only what was collected for the system as it is count for it: a plan is of the version it was fixed for."""
    now, then = eintrag.bearbeitung, eintrag.fassungen.filter(am__lte=row.am).first()
    if now is not None and then is not None and now.wesentlich_sha256 != then.wesentlich_sha256:
        raise EvaluatingError(
            _("Seit dem Plan hat sich am System Wesentliches geändert. Bitte legen Sie einen neuen Plan fest.")
        )


def _prolong(eintrag: Eintrag, bewertung: Bewertung) -> None:
    """Let a release that still stands reach to the new day; one that has lapsed is opened by people only."""
    version, today = eintrag.gueltig, timezone.localdate()
    stands = eintrag.state is Stand.FREIGEGEBEN and (eintrag.gueltig_bis is None or eintrag.gueltig_bis >= today)
    same = version is not None and version.wesentlich_sha256 == bewertung.wesentlich_sha256
    if stands and same and bewertung.verdikt == Verdikt.BESTANDEN:
        eintrag.gueltig_bis = bewertung.gueltig_bis
        eintrag.save(update_fields=["gueltig_bis"])


def _trace_result(eintrag: Eintrag, by: Doer, row: Pruefplan, bewertung: Bewertung) -> None:
    data = {"ergebnis": bewertung.verdikt, "schluessel": str(bewertung.public_id), "inhalt_sha256": row.sha256}
    trace("register.bewertet", eintrag, by, text=bewertung.satz, data=data)


def evaluation_of(bewertung: Bewertung) -> Evaluation:
    """Return a result anew from the counts it was reckoned from, for its report."""
    return _evaluated(bewertung.plan.text, json.dumps(bewertung.zellen), timezone.localdate(bewertung.am))


def report_of(bewertung: Bewertung, language: str) -> Report:
    """Return the report of a result with its pictures in `language`: "de" or "en"."""
    day = timezone.localdate(bewertung.am)
    return _reported(bewertung.plan.text, json.dumps(bewertung.zellen), day, language)


def _evaluated(plan_text: str, cells: str, day: date) -> Evaluation:
    plan = read_plan(plan_text)
    return evaluate(plan, pool([reopen_result(plan, json.loads(cells))]), day=day)


# A browser asks for the page and then for each of its four pictures, and every time all four were drawn. The key is all
# that a report is made of, so it can neither be out of date nor be that of another town.
@lru_cache(maxsize=16)
def _reported(plan_text: str, cells: str, day: date, language: str) -> Report:
    return report(_evaluated(plan_text, cells, day), language)
