"""All open cases of a procedure anew, after its rules or amounts changed: in pieces, so that a crash loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import FAILED, day_of, summarised
from leitplanke.apps.antrag.models import Antrag, Neuberechnung, Verfahrenseinstellung, Verlauf
from leitplanke.apps.antrag.queries import units_where
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import Acting, Originator, Stand, require

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft
    from leitplanke.core.rules import Engine

CHUNK = 500
OPEN = (Stand.EINGEGANGEN, Stand.IN_BEARBEITUNG, Stand.WARTET, Stand.ZUR_ZEICHNUNG)
# A change of these is news to the people who work on the case; the digest changes with every change of law.
SEEN = ("rechenstand", "betrag_von", "betrag_bis", "ergebnis")
COLUMNS = tuple(FAILED)


@dataclass(slots=True)
class _Engines:
    """The rules of a procedure, made once per layer of a run."""

    mandant: Any
    verfahren: str
    made: dict[str, Engine | None] = field(default_factory=dict)

    def of(self, ebene: str) -> Engine | None:
        """Return the rules with a layer, None where they cannot be used."""
        if ebene not in self.made:
            try:
                self.made[ebene] = engine_for(self.mandant, self.verfahren, ebene or None)
            except RulesError:
                self.made[ebene] = None
        return self.made[ebene]


def digest_of(einstellung: Verfahrenseinstellung) -> str:
    """Return the digest of the rules that hold now; empty where they cannot be used."""
    try:
        engine = engine_for(einstellung.mandant, einstellung.verfahren, einstellung.ebene or None)
    except RulesError:
        return ""
    return str(engine.regelwerk.digest)


def look_for_changes() -> int:
    """Begin a run for each procedure whose rules are others than at its last run.

    Returns:
        How many runs were begun.
    """
    begun = 0
    rows = Verfahrenseinstellung.objects.unscoped("Die Hintergrundarbeit rechnet für alle Mandanten")
    for einstellung in rows.select_related("mandant"):
        digest = digest_of(einstellung)
        runs = Neuberechnung.objects.for_mandant(einstellung.mandant).filter(verfahren=einstellung.verfahren)
        last = runs.first()
        if not digest or (last is not None and (last.regelwerk_sha256 == digest or last.beendet_am is None)):
            continue
        if last is None:
            _first(einstellung, digest)
        else:
            begin(einstellung, digest)
            begun += 1
    return begun


def _first(einstellung: Verfahrenseinstellung, digest: str) -> None:
    """Note the rules with which a procedure began: its cases were computed with them."""
    Neuberechnung.objects.create(
        mandant=einstellung.mandant,
        verfahren=einstellung.verfahren,
        regelwerk_sha256=digest,
        beendet_am=timezone.now(),
    )


def order(actor: Actor, verfahren: str) -> Neuberechnung:
    """Begin a run because a head wants it; one that is under way goes on.

    Raises:
        NotPermittedError: another unit runs the procedure, or the role does not include it.
    """
    actor.require("antrag.recompute")
    einstellung = (
        Verfahrenseinstellung.objects.for_mandant(actor.mandant).select_related("mandant").get(verfahren=verfahren)
    )
    if einstellung.einheit_id not in units_where(actor, "antrag.recompute"):
        raise NotPermittedError("antrag.recompute")
    return begin(einstellung, digest_of(einstellung), actor.memberships[0] if actor.memberships else None)


def begin(einstellung: Verfahrenseinstellung, digest: str, von: Mitgliedschaft | None = None) -> Neuberechnung:
    """Begin a run in the background, or return the one that is under way."""
    from leitplanke.apps.antrag.tasks import recompute  # noqa: PLC0415 - the task calls this module

    with transaction.atomic():
        runs = Neuberechnung.objects.for_mandant(einstellung.mandant)
        lauf, created = runs.get_or_create(
            mandant=einstellung.mandant,
            verfahren=einstellung.verfahren,
            beendet_am=None,
            defaults={"regelwerk_sha256": digest, "von": von},
        )
        if created:
            recompute.enqueue(lauf.pk)
    return lauf


def run(lauf: Neuberechnung, *, chunk: int = CHUNK) -> Neuberechnung:
    """Compute piece by piece until all open cases are done; called again after a crash it goes on where it was."""
    engines = _Engines(lauf.mandant, lauf.verfahren)
    while lauf.beendet_am is None:
        lauf = _piece(lauf, engines, chunk)
    return lauf


def _piece(lauf: Neuberechnung, engines: _Engines, chunk: int) -> Neuberechnung:
    with transaction.atomic():
        lauf = Neuberechnung.objects.for_mandant(lauf.mandant_id).select_for_update(of=("self",)).get(pk=lauf.pk)
        lauf.mandant = engines.mandant
        if lauf.beendet_am is not None:
            return lauf
        cases = list(
            Antrag.objects.for_mandant(lauf.mandant_id)
            .select_for_update(of=("self",))
            .filter(verfahren=lauf.verfahren, stand__in=[stand.value for stand in OPEN], pk__gt=lauf.bis_id)
            .only("pk", "stand", "ebene", "stichtag", "fakten", "urteile", "fassung", "neues", *COLUMNS)
            .order_by("pk")[:chunk]
        )
        if not cases:
            _finish(lauf)
        else:
            lauf.geaendert += _renewed(lauf, cases, engines)
            lauf.berechnet += len(cases)
            lauf.bis_id = cases[-1].pk
        lauf.save()
    return lauf


def _renewed(lauf: Neuberechnung, cases: list[Antrag], engines: _Engines) -> int:
    """Write what changed, and say so in the history of those whose result did; returns how many."""
    lines: list[Verlauf] = []
    changed: list[dict[str, Any]] = []
    for antrag in cases:
        require("berechnen", antrag.state, Acting(Originator.AUFTRAG))
        before = {name: getattr(antrag, name) for name in COLUMNS}
        after = _summary(antrag, engines.of(antrag.ebene))
        if before == after:
            continue
        news = any(before[name] != after[name] for name in SEEN)
        kept = {"neues": antrag.neues or news, "fassung": antrag.fassung + news, "id": antrag.pk}
        changed.append({**after, **kept})
        if news:
            lines.append(_line(lauf, antrag, before, after))
    _write(changed)
    Verlauf.objects.bulk_create(lines)
    return len(lines)


def _write(changed: list[dict[str, Any]]) -> None:
    """Write the columns of many locked cases with one statement; a query built for each costs as much as the rules."""
    names = (*COLUMNS, "neues", "fassung")
    known = {field.name: field for field in Antrag._meta.concrete_fields}  # noqa: SLF001 - Django's public name
    fields = [known[name] for name in (*names, "id")]
    assignments = ", ".join(f"{name} = %s" for name in names)
    rows = [[field.get_db_prep_save(row[field.name], connection) for field in fields] for row in changed]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Antrag._meta.db_table} SET {assignments} WHERE id = %s", rows)  # noqa: S608, SLF001


def _summary(antrag: Antrag, engine: Engine | None) -> dict[str, Any]:
    if engine is None:
        return FAILED
    try:
        return summarised(engine.evaluate(antrag.fakten, on=day_of(antrag), judgements=antrag.urteile))
    except RulesError:
        return FAILED


def _line(lauf: Neuberechnung, antrag: Antrag, before: dict[str, Any], after: dict[str, Any]) -> Verlauf:
    text = _("Die Regeln haben sich geändert, neu berechnet: vorher %(alt)s, jetzt %(neu)s")
    return Verlauf(
        mandant_id=lauf.mandant_id,
        antrag=antrag,
        was="berechnen",
        durch=Originator.AUFTRAG.value,
        text=text % {"alt": _words(before), "neu": _words(after)},
        oeffentlich=False,
    )


def _words(values: dict[str, Any]) -> str:
    low, high = values["betrag_von"], values["betrag_bis"]
    if low is None and high is None:
        return _("noch kein Betrag")
    if low == high:
        return _german(low)
    return _("%(von)s bis %(bis)s") % {"von": _german(low), "bis": _german(high)}


def _german(value: Any) -> str:
    return "–" if value is None else f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _finish(lauf: Neuberechnung) -> None:
    lauf.beendet_am = timezone.now()
    record(
        "antrag.alle_berechnet",
        mandant=lauf.mandant,
        actor=lauf.von,
        subject=("antrag.neuberechnung", str(lauf.pk)),
        data={
            "verfahren": lauf.verfahren,
            "durch": Originator.AUFTRAG.value,
            "regelwerk_sha256": lauf.regelwerk_sha256,
            "was": f"berechnet {lauf.berechnet}, geaendert {lauf.geaendert}",
        },
    )
