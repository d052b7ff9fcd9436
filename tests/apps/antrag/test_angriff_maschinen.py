"""Every verb of applications, found by looking: nothing but a person or the applicant changes what counts in law.

A verb that takes a `doer` is called at every stage of a case by a rule, a job, an interface and a model, each of which
has stolen person, membership and a fresh proof of identity. A new verb fails here until its arguments are given below.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone

import leitplanke.apps.antrag as package
from leitplanke.apps.antrag import (
    belege,
    buerger,
    closing,
    correcting,
    deciding,
    dispatch,
    facts,
    intake,
    judging,
    letters,
    preparing,
    readiness,
    reversing,
)
from leitplanke.apps.antrag.doing import Doer, citizen
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.models import (
    Antrag,
    Beteiligung,
    Entscheidung,
    Entscheidungsart,
    Quelle,
    Rechtsbehelfsstand,
    Verfahrenseinstellung,
    Versandweg,
)
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.core.verfahren.acts import ActError, Originator

from .conftest import COMPLETE

if TYPE_CHECKING:
    from types import FunctionType

    from .conftest import Office

MACHINES = (Originator.REGEL, Originator.AUFTRAG, Originator.SCHNITTSTELLE, Originator.MODELL)
# What verbs are made of; they are handed a case that a verb has locked, and asked, before.
BRICKS = {"facts.replace_values", "facts.confirm_rows", "readiness.require_possible", "letters.locked_letter"}
# Without effect in law: rules may do it, or it only reads. It still must not change what counts.
HARMLESS = {
    "assigning.assign", "assigning.resubmit", "assigning.seen", "casework.note_view", "messages.mark_read",
    "exporting.export_case", "deleting.delete_case",
}  # fmt: skip


def verbs() -> Iterator[tuple[str, FunctionType]]:
    """Find every public function with a `doer`."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        name = found.name.removeprefix(f"{package.__name__}.")
        if name.startswith(("migrations", "views_", "doing")):
            continue
        for function, value in vars(importlib.import_module(found.name)).items():
            own = inspect.isfunction(value) and value.__module__ == found.name and not function.startswith("_")
            if own and "doer" in inspect.signature(value).parameters:
                yield f"{name}.{function}", value


VERBS = dict(verbs())


def counting(antrag_id: int) -> list[Any]:
    """Return everything about a case that counts in law."""
    antrag = Antrag.objects.unscoped("Test").filter(pk=antrag_id).first()
    if antrag is None:
        return []
    fields = ("stand", "konto_id", "zugang_hash", "portal", "name", "entscheidung_id", "einheit_id", "loeschen_ab",
              "beendet_am", "eingang_am", "stichtag", "nummer", "fakten", "urteile", "nachreichen")  # fmt: skip
    rows = [
        list(getattr(antrag, related).order_by("pk").values())
        for related in ("angaben", "urteile_getroffen", "entscheidungen", "schreiben", "fristen", "rechtsbehelfe",
                        "beteiligte", "berichtigungen", "loeschsperren", "vorschlaege", "mitteilungen")
    ]  # fmt: skip
    papers = list(antrag.belege.order_by("pk").values("pk", "art", "geprueft_am"))
    return [[getattr(antrag, name) for name in fields], rows, papers]


def draft(office: Office) -> Antrag:
    antrag, _code = intake.start_draft(office.mandant, office.verfahren)
    who = citizen(office.mandant)
    person = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Kim", "nachname": "Muster"})
    intake.name_person(antrag.pk, who, person)
    facts.fill_draft(antrag.pk, who, COMPLETE)
    belege.add_document(antrag.pk, who, "miete.pdf", b"%PDF-1.4 leer")
    return antrag


def arrived(office: Office) -> Antrag:
    antrag = office.application()
    belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", b"%PDF-1.4 leer")
    return antrag


def working(office: Office) -> Antrag:
    antrag = office.ready()
    end = timezone.localdate() + timedelta(days=14)
    letters.draft(antrag.pk, office.doer(antrag), Occasion(letters.MITWIRKUNG, frist=end))
    correcting.request(antrag.pk, citizen(office.mandant), "vermoegen", "Das ist zu hoch angegeben", "1.00")
    beleg = belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", b"%PDF-1.4 leer")
    antrag.vorschlaege.create(mandant=office.mandant, beleg=beleg, pfad="mietenstufe", wert=4)
    return antrag


def prepared(office: Office) -> Antrag:
    antrag = office.ready()
    until = antrag.stichtag + timedelta(days=364) if antrag.stichtag else None
    plan = readiness.Draft(Entscheidungsart.BEWILLIGUNG, von_tag=antrag.stichtag, bis_tag=until)
    preparing.prepare_decision(antrag.pk, office.doer(antrag), plan)
    return antrag


def laid_before(office: Office) -> Antrag:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    return decided(office)


def decided(office: Office) -> Antrag:
    antrag = prepared(office)
    made = antrag.entscheidungen.get()
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    return antrag


def released(office: Office) -> Antrag:
    antrag = decided(office)
    letters.release(antrag.schreiben.get(art=letters.BESCHEID).pk, office.doer(antrag))
    return antrag


def sent(office: Office) -> Antrag:
    antrag = released(office)
    Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).update(portal=True)
    letter = antrag.schreiben.get(art=letters.BESCHEID)
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.PORTAL, timezone.localdate())
    return antrag


def contested(office: Office) -> Antrag:
    antrag = sent(office)
    closing.record_appeal(antrag.pk, citizen(office.mandant), closing.Appeal("widerspruch", timezone.localdate(), "x"))
    return antrag


STAGES: tuple[Callable[[Office], Antrag], ...] = (
    draft, arrived, working, prepared, laid_before, decided, released, sent, contested
)  # fmt: skip


def arguments(office: Office, antrag: Antrag) -> dict[str, Any]:
    """Return a value for every argument of every verb, as good as they come."""
    made: Entscheidung | None = antrag.entscheidungen.last()
    letter = antrag.schreiben.exclude(art=letters.EINGANG).last() or antrag.schreiben.last()
    first, offered = antrag.berichtigungen.first(), antrag.vorschlaege.first()
    paper, today = antrag.belege.first(), timezone.localdate()
    return {
        "antrag_id": antrag.pk, "antrag": antrag, "entscheidung_id": made.pk if made else 0, "entscheidung": made,
        "schreiben_id": letter.pk if letter else 0, "kennung": letter.kennung if letter else antrag.kennung,
        "beleg_id": paper.pk if paper else 0, "berichtigung_id": first.pk if first else 0,
        "vorschlag_id": offered.pk if offered else 0,
        "to": office.clerk.memberships[0], "on": today, "am": today, "name": "bewilligungsdauer",
        "data": b"%PDF-1.4 neu", "art": "", "text": "Das ist so nicht richtig", "grund": "Das ist so nicht richtig",
        "wohin": "Stadt Nebenan", "appeal": closing.Appeal("widerspruch", today, "schriftlich"),
        "pfad": "vermoegen", "wert": "1.00", "antwort": "Das ist so nicht richtig",
        "draft": readiness.Draft(Entscheidungsart.BEWILLIGUNG), "verfahren": office.verfahren,
        "gesehen": deciding.seen_hash(made) if made else "", "weg": Versandweg.POST,
        "facts": COMPLETE | {"vermoegen": "1.00"}, "values": {"vermoegen": "1.00"},
        "origin": facts.Origin(Quelle.AMT), "pfade": ["vermoegen"], "werte": ["1.00", "2.00"],
        "personen": [intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Eva", "nachname": "Fremd"})],
        "angaben": COMPLETE | {"vermoegen": "1.00"}, "arten": ["mietvertrag"], "portal": not antrag.portal,
        "anschrift": intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Eva", "nachname": "Fremd"}),
        "occasion": Occasion(letters.MITWIRKUNG, frist=today + timedelta(days=14)),
        "texts": {"p1": "Anders"}, "kind": "json", "case": buerger.case_of(antrag), "reasons": reasons(),
        "first": reversing.First("ablehnung", "So würde ich entscheiden", normen=("§ 19 WoGG",)),
        "ausgang": Rechtsbehelfsstand.ABGEHOLFEN, "key": "a0", "place": 1,
        "word": lambda found: {**found.brief, "betreff": "Anders"},
    }  # fmt: skip


def reasons() -> judging.Reasons:
    return judging.Reasons(eigene="Nach Aktenlage gilt in diesem Fall nichts anderes.")


def given(name: str, verb: FunctionType, known: dict[str, Any]) -> dict[str, Any]:
    special = {"remedies.appeal_electronically": {"reasons": "So nicht."}, "letters.edit": {"texts": any_text(known)},
               "judging.judge": {"wert": 12}, "belege.add_document": {"name": "neu.pdf"}}  # fmt: skip
    values = {**known, **special.get(name, {})}
    wanted = inspect.signature(verb).parameters.values()
    return {one.name: values[one.name] for one in wanted if one.name != "doer" and one.default is one.empty}


def any_text(known: dict[str, Any]) -> dict[str, str]:
    letter = known["antrag"].schreiben.filter(pk=known["schreiben_id"]).first()
    blocks = letter.brief["body"] if letter else []
    return {block["key"]: "Alles anders." for block in blocks if block["kind"] == "paragraph"}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_no_machine_changes_what_counts_in_law_at_any_stage(office: Office, stage: Callable[[Office], Antrag]) -> None:
    antrag = stage(office)
    antrag.refresh_from_db()
    before, known, turn = counting(antrag.pk), arguments(office, antrag), STAGES.index(stage)
    for place, (name, verb) in enumerate(VERBS.items()):
        if name in BRICKS:
            continue
        by = MACHINES[(place + turn) % len(MACHINES)]  # over the stages each verb meets each of them at least twice
        thief = Doer(office.mandant, by, office.head.person, office.head.memberships[0], fresh_at=timezone.now())
        values = given(name, verb, known)
        with transaction.atomic():
            try:
                made = verb(doer=thief, **values)
            except TypeError:
                raise
            except Exception:  # noqa: BLE001 - that nothing changed is what counts; reasons are asked below
                made = None
            if isinstance(made, SpooledTemporaryFile):
                made.close()
            assert counting(antrag.pk) == before, (name, by)
            transaction.set_rollback(True)


def test_every_verb_with_effect_is_refused_because_it_is_no_person(office: Office) -> None:
    """At some stage each is refused for that very reason, and not because something else was wrong by accident."""
    open_ = set(VERBS) - BRICKS - HARMLESS
    for stage in STAGES:
        antrag = stage(office)
        antrag.refresh_from_db()
        known = arguments(office, antrag)
        for name in sorted(open_):
            thief = Doer(office.mandant, Originator.MODELL, office.head.person, office.head.memberships[0],
                         fresh_at=timezone.now())  # fmt: skip
            with transaction.atomic():
                try:
                    VERBS[name](doer=thief, **given(name, VERBS[name], known))
                except (ActError, NotPermittedError):
                    open_.discard(name)
                except Exception:  # noqa: BLE001, S110 - another stage shows it
                    pass
                transaction.set_rollback(True)
        office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.VORLAGE
        office.einstellung.save()
    assert sorted(open_) == []


def test_the_search_finds_the_verbs() -> None:
    assert {"deciding.confirm", "letters.release", "filling.adopt", "dispatch.note_return"} <= set(VERBS)
    assert set(VERBS) >= BRICKS | HARMLESS
