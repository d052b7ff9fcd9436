"""Blind rating: people judge cases without seeing what the system or others said. Writes cases and ratings."""

from __future__ import annotations

import csv
import io
import math
import secrets
from itertools import islice
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from leitplanke.apps.register.doing import doer
from leitplanke.apps.register.evaluating import MOST_BYTES, EvaluatingError, plan_of
from leitplanke.apps.register.models import Blindfall, Blindurteil, Pruefplan
from leitplanke.core.evaluation.decisions_reading import read_amount
from leitplanke.core.evaluation.plan import Ergebnisart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Person
    from leitplanke.core.evaluation import Pruefplan as Plan

TEXT = "sachverhalt"
MOST_CASES = 5000
MOST_CHARACTERS = 6000
YES, NO = "ja", "nein"


def load_cases(*, actor: Actor, plan_id: int, data: bytes) -> int:
    """Take the cases of a plan from a CSV file: what raters read (`sachverhalt`), what the AI said, groups.

    Case numbers and other columns are not kept; the order is mixed, so that nobody finds a case by its place.

    Returns:
        The number of cases.

    Raises:
        NotPermittedError: `actor` may not evaluate this entry.
        EvaluatingError: the file cannot be used, or somebody rated already.
    """
    row = _plan_row(actor, plan_id)
    doer(actor, "register.evaluate", row.eintrag)
    plan = plan_of(row)
    cases = list(_cases(plan, _text(data)))
    secrets.SystemRandom().shuffle(cases)
    with transaction.atomic():
        Pruefplan.objects.for_mandant(actor.mandant).select_for_update().get(pk=row.pk)
        if Blindurteil.objects.for_mandant(actor.mandant).filter(fall__plan=row).exists():
            raise EvaluatingError(_("Es wurde schon beurteilt. Legen Sie für andere Fälle einen neuen Plan fest."))
        row.blindfaelle.all().delete()
        for number, case in enumerate(cases, 1):
            case.mandant, case.plan, case.nummer = row.mandant, row, number
        Blindfall.objects.bulk_create(cases)
    return len(cases)


def _plan_row(actor: Actor, plan_id: int) -> Pruefplan:
    return Pruefplan.objects.for_mandant(actor.mandant).select_related("eintrag", "mandant").get(pk=plan_id)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise EvaluatingError(_("Die Datei ist zu groß: höchstens 20 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise EvaluatingError(_("Die Datei ist kein Text in UTF-8."))
    return text


def _rows(text: str, plan: Plan) -> list[dict[str, str]]:
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    columns = plan.spalten
    weight = [columns.gewicht] if columns.gewicht else []
    needed = [TEXT, columns.ki, *dict(columns.merkmale).values(), *weight]
    try:
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        # A file of short lines would be millions of rows before anybody counts them.
        rows = [] if missing else list(islice(reader, MOST_CASES + 1))
    except csv.Error as error:
        raise EvaluatingError(_("Die Datei ist keine lesbare CSV-Datei: %(was)s") % {"was": error}) from None
    if missing:
        raise EvaluatingError(_("Diese Spalten fehlen: %(was)s.") % {"was": ", ".join(missing)})
    return rows


def _cases(plan: Plan, text: str) -> Iterator[Blindfall]:
    columns = plan.spalten
    rows = _rows(text, plan)
    if not 0 < len(rows) <= MOST_CASES:
        raise EvaluatingError(_("Es müssen 1 bis %(zahl)d Fälle sein.") % {"zahl": MOST_CASES})
    for line, values in enumerate(rows, 2):
        sachverhalt, ki = (values[TEXT] or "").strip(), (values[columns.ki] or "").strip()
        if not sachverhalt or not ki or len(sachverhalt) > MOST_CHARACTERS:
            raise EvaluatingError(
                _("Zeile %(zeile)d: Sachverhalt oder KI-Ergebnis fehlt oder ist zu lang.") % {"zeile": line}
            )
        yield Blindfall(
            sachverhalt=sachverhalt,
            ki=ki[:40],
            gruppen={name: (values[column] or "").strip()[:80] for name, column in columns.merkmale},
            schwere=(values[columns.gewicht] or "").strip()[:20] if columns.gewicht else "",
        )


def next_case(actor: Actor, row: Pruefplan, *, zweitblick: bool) -> Blindfall | None:
    """Return the next case that somebody has not judged yet; None when they are through.

    Who settles the truth must not have rated, and a case is settled once.

    Raises:
        EvaluatingError: somebody may not judge here: they did the other part, or all places are taken.
    """
    _require_place(actor, row, zweitblick=zweitblick)
    mine = Blindurteil.objects.for_mandant(actor.mandant).filter(fall=OuterRef("pk"))
    done = mine.filter(zweitblick=True) if zweitblick else mine.filter(person=actor.person)
    return row.blindfaelle.filter(~Exists(done)).order_by("nummer").first()


def _require_place(actor: Actor, row: Pruefplan, *, zweitblick: bool) -> Person:
    """Return who judges, if they may do this part."""
    if actor.person is None:
        raise EvaluatingError(_("Bitte melden Sie sich an."))
    judged = Blindurteil.objects.for_mandant(actor.mandant).filter(fall__plan=row)
    if judged.filter(person=actor.person, zweitblick=not zweitblick).exists():
        raise EvaluatingError(
            _("Wer Fälle beurteilt hat, darf nicht die Wahrheit klären, und umgekehrt: Das wäre nicht verdeckt.")
        )
    if not zweitblick:
        people = raters_of(row)
        if actor.person.pk not in people and len(people) >= len(plan_of(row).menschen):
            raise EvaluatingError(_("Alle Plätze sind vergeben: Der Plan vergleicht nur so viele Menschen."))
    return actor.person


def raters_of(row: Pruefplan) -> list[int]:
    """Return the keys of the people who rate, in the order in which they began: the places of the plan."""
    judged = Blindurteil.objects.for_mandant(row.mandant_id).filter(fall__plan=row, zweitblick=False)
    return list(dict.fromkeys(judged.order_by("id").values_list("person_id", flat=True)))


def rate(*, actor: Actor, plan_id: int, nummer: int, wert: str, zweitblick: bool) -> None:
    """Keep what somebody says on a case; it is final.

    Raises:
        NotPermittedError: `actor` may not rate.
        EvaluatingError: they judged this case already, did the other part, or the answer is none.
    """
    actor.require("register.rate")
    row = _plan_row(actor, plan_id)
    said = _answer(plan_of(row), wert)
    with transaction.atomic():
        Pruefplan.objects.for_mandant(actor.mandant).select_for_update().get(pk=row.pk)
        person = _require_place(actor, row, zweitblick=zweitblick)
        fall = row.blindfaelle.filter(nummer=nummer).first() if nummer <= MOST_CASES else None
        if fall is None:
            raise EvaluatingError(_("Diesen Fall gibt es nicht."))
        try:
            with transaction.atomic():
                Blindurteil.objects.create(
                    mandant=row.mandant, fall=fall, person=person, wert=said, zweitblick=zweitblick
                )
        except IntegrityError:
            raise EvaluatingError(_("Dieser Fall ist schon beurteilt.")) from None


def _answer(plan: Plan, wert: str) -> str:
    said = wert.strip()
    if plan.ergebnis.art == Ergebnisart.JA_NEIN:
        if said not in {YES, NO}:
            raise EvaluatingError(_("Bitte „ja“ oder „nein“ wählen."))
        return said
    amount = read_amount(said)
    if amount is None or math.isnan(amount):
        raise EvaluatingError(_("Bitte einen Betrag eingeben, etwa 253,00."))
    return said[:40]


def progress(row: Pruefplan) -> dict[str, int]:
    """Return how many cases there are, how many are judged by all, and how many are settled."""
    people = len(plan_of(row).menschen)
    cases = row.blindfaelle.annotate(
        rated=Count("urteile", filter=Q(urteile__zweitblick=False)),
        settled=Count("urteile", filter=Q(urteile__zweitblick=True)),
    )
    counted = [(case.rated >= people, case.settled > 0) for case in cases]
    return {
        "faelle": len(counted),
        "beurteilt": sum(rated for rated, _settled in counted),
        "geklaert": sum(settled for _rated, settled in counted),
        "fertig": sum(rated and settled for rated, settled in counted),
    }


def collected_rows(row: Pruefplan) -> list[dict[str, str]]:
    """Return the cases that everybody has judged and whose truth is settled, as rows for the evaluation."""
    plan, people = plan_of(row), raters_of(row)
    columns = plan.spalten
    names = [column for _name, column in columns.menschen]
    rows = []
    for fall in row.blindfaelle.prefetch_related("urteile"):
        said = {urteil.person_id: urteil.wert for urteil in fall.urteile.all() if not urteil.zweitblick}
        truth = [urteil.wert for urteil in fall.urteile.all() if urteil.zweitblick]
        if not truth or len(said) < len(names):
            continue
        values = {columns.fall: str(fall.nummer), columns.ki: fall.ki, columns.wahrheit: truth[0]}
        values |= {column: said.get(person, "") for column, person in zip(names, people, strict=False)}
        values |= {column: fall.gruppen.get(name, "") for name, column in columns.merkmale}
        rows.append(values | ({columns.gewicht: fall.schwere} if columns.gewicht else {}))
    return rows
