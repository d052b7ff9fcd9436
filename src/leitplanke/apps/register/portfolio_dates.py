"""What is due when, over all systems: duties, evaluations, answers, measures, the staff representation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import Duty, duties_of
from leitplanke.apps.register.gate_facts import is_current
from leitplanke.apps.register.models import (
    Einstufung,
    Eintrag,
    Erklaerung,
    Erklaerungsart,
    Massnahme,
    Registereinstellung,
    Vorfall,
)
from leitplanke.apps.register.portfolio import RUNNING, entry_url
from leitplanke.apps.register.time_limits import settings_of, time_limit_of
from leitplanke.base.interview.wording import said
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

WITHOUT_DUTIES = (Stand.IDEE, Stand.STILLGELEGT)


@dataclass(frozen=True, slots=True)
class Termin:
    """Something that is due on a day.

    Attributes:
        kind: `pflicht`, `bewertung`, `meldung`, `massnahme` or `vertretung`.
        key: the same each time, for calendars.
    """

    day: date
    kind: str
    title: str
    system: str
    kuerzel: str
    key: str

    @property
    def url(self) -> str:
        """Where the entry is."""
        return entry_url(self.kuerzel)


@dataclass(frozen=True, slots=True)
class Unshown:
    """A system with duties that apply and are not shown to be fulfilled."""

    eintrag: Eintrag
    count: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """A system on which something was said for another state of it."""

    eintrag: Eintrag
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that dates of all systems are made from, read in a few queries however many there are."""

    today: date
    entries: tuple[Eintrag, ...]
    classified: dict[int, Einstufung]
    declared: dict[int, Declared]
    einstellung: Registereinstellung
    reports: tuple[Vorfall, ...]
    measures: tuple[Massnahme, ...]

    @classmethod
    def of(cls, mandant: Mandant, today: date) -> Book:
        """Read it."""
        newest = Einstufung.objects.filter(eintrag=OuterRef("pk")).order_by("-id").values("pk")[:1]
        rows = Eintrag.objects.for_mandant(mandant).exclude(stand__in=WITHOUT_DUTIES).select_related("bearbeitung")
        entries = tuple(rows.annotate(einstufung_id=Subquery(newest)).order_by("name", "pk"))
        keys: list[int] = [row.einstufung_id for row in entries if row.einstufung_id]
        found = Einstufung.objects.for_mandant(mandant).filter(pk__in=keys)
        settings = settings_of(mandant)
        reports = Vorfall.objects.for_mandant(mandant).filter(erledigt_am__isnull=True).select_related("eintrag")
        measures = Massnahme.objects.for_mandant(mandant).filter(erledigt_am__isnull=True, bis__isnull=False)
        return cls(
            today, entries, {row.eintrag_id: row for row in found}, _declared(mandant, entries, settings, today),
            settings, tuple(reports), tuple(measures.select_related("vorfall__eintrag")),
        )  # fmt: skip

    def dates(self) -> list[Termin]:
        """Return what is due on a day, the earliest first; what applies already is in `unshown`."""
        every = [*self._duties(), *self._evaluations(), *self._staff(), *self._reports()]
        return sorted(every, key=lambda one: (one.day, one.system, one.key))

    def unshown(self) -> list[Unshown]:
        """Return the systems with duties that apply already and that nothing shows to be fulfilled."""
        found = [(row, [duty for duty in self._open(row) if duty.due <= self.today]) for row in self.entries]
        return [Unshown(row, len(duties)) for row, duties in found if duties]

    def outdated(self) -> list[Outdated]:
        """Return the systems that became another one since something was said on them."""
        found = [Outdated(row, tuple(self._lost(row))) for row in self.entries]
        return [one for one in found if one.what]

    def _duties(self) -> Iterator[Termin]:
        for row in self.entries:
            for duty in self._open(row):
                if duty.due > self.today:
                    title = _("Pflicht: %(pflicht)s (%(norm)s)") % {"pflicht": said(duty.title), "norm": duty.article}
                    yield Termin(
                        duty.due, "pflicht", title, row.name, row.kuerzel, f"pflicht-{row.public_id}-{duty.name}"
                    )

    def _open(self, row: Eintrag) -> list[Duty]:
        return [duty for duty in duties_of(self.classified.get(row.pk), self.declared[row.pk]) if not duty.fulfilled]

    def _evaluations(self) -> Iterator[Termin]:
        for row in self.entries:
            if row.gueltig_bis is not None and row.state in RUNNING:
                key = f"bewertung-{row.public_id}"
                yield Termin(row.gueltig_bis, "bewertung", _("Bewertung läuft ab"), row.name, row.kuerzel, key)

    def _staff(self) -> Iterator[Termin]:
        for row in self.entries:
            declared = self.declared[row.pk]
            informed = declared.get(Erklaerungsart.UNTERRICHTUNG)
            limit = time_limit_of(informed, self.einstellung) if informed is not None else None
            if limit is not None and informed is not None and declared.staff(None) == "offen":
                title = _("Frist der Personalvertretung endet")
                yield Termin(limit, "vertretung", title, row.name, row.kuerzel, f"vertretung-{informed.public_id}")

    def _reports(self) -> Iterator[Termin]:
        for one in self.reports:
            name, kuerzel = one.eintrag.name, one.eintrag.kuerzel
            if one.beantwortet_am is None:
                title = _("Antwort auf Meldung %(nummer)s") % {"nummer": one.nummer}
                yield Termin(one.frist_am, "meldung", title, name, kuerzel, f"antwort-{one.public_id}")
            if one.behoerde_bis is not None and one.behoerde_am is None:
                title = _("Behörde informieren: Meldung %(nummer)s") % {"nummer": one.nummer}
                yield Termin(one.behoerde_bis, "meldung", title, name, kuerzel, f"behoerde-{one.public_id}")
        for measure in self.measures:
            if measure.bis is not None:
                title = _("Maßnahme zu Meldung %(nummer)s") % {"nummer": measure.vorfall.nummer}
                row = measure.vorfall.eintrag
                yield Termin(measure.bis, "massnahme", title, row.name, row.kuerzel, f"massnahme-{measure.pk}")

    def _lost(self, row: Eintrag) -> Iterator[str]:
        classified = self.classified.get(row.pk)
        if classified is not None and not is_current(classified, row):
            yield _("Einstufung")
        declared = self.declared[row.pk]
        kinds = {art for art, _key in declared.newest if not declared.holds(declared.newest[art, _key])}
        yield from (str(art.label) for art in Erklaerungsart if art.value in kinds)


def _declared(
    mandant: Mandant, entries: tuple[Eintrag, ...], settings: Registereinstellung, today: date
) -> dict[int, Declared]:
    """Return for each entry what was declared on it, as `Declared.of` does for one."""
    rows = Erklaerung.objects.for_mandant(mandant).filter(~Q(eintrag__stand__in=WITHOUT_DUTIES)).order_by("id")
    newest: dict[int, dict[tuple[str, str], Erklaerung]] = {row.pk: {} for row in entries}
    for row in rows:
        newest.setdefault(row.eintrag_id, {})[row.art, row.schluessel] = row
    return {
        row.pk: Declared(
            newest[row.pk], row.bearbeitung.wesentlich_sha256 if row.bearbeitung else "", row.verantwortlich_id,
            settings, today,
        )
        for row in entries
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month on the calendar page."""

    day: date
    inside: bool
    today: bool
    dates: tuple[Termin, ...]


def weeks(month: date, dates: list[Termin], today: date) -> list[list[Day]]:
    """Return the weeks that a month touches, from Monday on, with what is due on each day."""
    by_day: dict[date, list[Termin]] = {}
    for one in dates:
        by_day.setdefault(one.day, []).append(one)
    first = month - timedelta(days=month.weekday())
    found: list[list[Day]] = []
    while not found or first.replace(day=1) == month:
        days = [first + timedelta(days=number) for number in range(7)]
        found.append([Day(day, day.month == month.month, day == today, tuple(by_day.get(day, ()))) for day in days])
        first += timedelta(days=7)
    return found
