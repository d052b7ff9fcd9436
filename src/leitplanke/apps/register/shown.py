"""What everybody may read of entries, in a fixed number of queries; pages, files and interfaces use only this."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.models import (
    Bewertung,
    Einstufung,
    Erklaerung,
    Messgroesse,
    Verbrauch,
    Vorfall,
)
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.register.exports.record import (
    Behoerde,
    Einordnung,
    Energie,
    Fassung,
    Meldung,
    Pflicht,
    Pruefergebnis,
    Registereintrag,
)
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag, Eintragsfassung
    from leitplanke.base.accounts.models import Mandant

CHUNK = 250
YEAR = timedelta(days=366)
SUBJECT = "register.eintrag"
# By these acts a version comes before the public; each leaves its checksum in the evidence log.
PUBLISHING = ("register.erproben", "register.freigeben", "register.aktualisieren", "register.erneuerung_freigeben")
WITH_REASON = (Stand.AUSGESETZT, Stand.STILLGELEGT)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the register is reached: `https://host`."""

    root: str

    def url(self, name: str, *args: object) -> str:
        """Return the full address of a page."""
        return self.root + reverse(name, args=args)

    def links(self, kuerzel: str) -> dict[str, str]:
        """Return the addresses of the pages and files of an entry."""
        pages = {
            "seite": "eintrag", "einfach": "einfach", "verlauf": "verlauf_oeffentlich", "aushang": "aushang",
            "json": "api_eintrag", "fassungen": "api_fassungen", "niederlande": "api_niederlande_eintrag",
            "schema_org": "api_schema_org",
        }  # fmt: skip
        found = {name: self.url(f"register:{view}", kuerzel) for name, view in pages.items()}
        with suppress(NoReverseMatch):  # reporting has a page of its own
            found["melden"] = self.url("register:melden", kuerzel)
        return found


def office_of(mandant: Mandant, site: Site) -> Behoerde:
    """Return who runs the register."""
    return Behoerde(mandant.name, mandant.kurz, mandant.telefon, mandant.email, f"{site.root}/")


def records(mandant: Mandant, rows: Iterable[Eintrag], site: Site) -> Iterator[Registereintrag]:
    """Return entries as the public may read them; the rows must come from `queries.public_entries`."""
    office, rest = office_of(mandant, site), iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        known = _Known.of(mandant, chunk)
        yield from (_record(eintrag, known, office, site) for eintrag in chunk)


def record_of(mandant: Mandant, eintrag: Eintrag, site: Site) -> Registereintrag:
    """Return one entry as the public may read it."""
    return next(records(mandant, [eintrag], site))


def shown_version(eintrag: Eintrag) -> Eintragsfassung:
    """Return the version that everybody reads.

    Raises:
        LookupError: there is none.
    """
    version = eintrag.shown_version
    if version is None:
        raise LookupError(f"{eintrag} hat keine Fassung.")
    return version


@dataclass(frozen=True, slots=True)
class _Known:
    """What else is known of some entries, by entry and by the system it was said of."""

    rulings: Mapping[tuple[int, str], Einstufung]
    results: Mapping[tuple[int, str], Bewertung]
    declared: Mapping[int, Declared]
    reports: Mapping[int, list[Meldung]]
    energy: Mapping[int, Energie]
    proofs: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, mandant: Mandant, rows: Sequence[Eintrag]) -> _Known:
        ids = [row.pk for row in rows]
        systems = {shown_version(row).wesentlich_sha256 for row in rows}
        of_systems: dict[str, Any] = {"eintrag__in": ids, "wesentlich_sha256__in": systems}
        rulings = Einstufung.objects.for_mandant(mandant).filter(**of_systems).order_by("id").defer("facts", "herkunft")
        results = Bewertung.objects.for_mandant(mandant).filter(**of_systems).order_by("id").defer("ergebnis")
        return cls(
            {(one.eintrag_id, one.wesentlich_sha256): one for one in rulings},
            {(one.eintrag_id, one.wesentlich_sha256): one for one in results},
            _declared(mandant, rows, of_systems),
            _reports(mandant, ids),
            _energy(mandant, ids),
            proofs_of(mandant, rows),
        )


def proofs_of(mandant: Mandant, rows: Iterable[Eintrag]) -> dict[tuple[str, str], str]:
    """Return the public names of the evidence entries by which versions were published, by entry and checksum."""
    ids = [str(row.public_id) for row in rows]
    leaves = Leaf.objects.for_mandant(mandant).filter(subject_type=SUBJECT, subject_id__in=ids, code__in=PUBLISHING)
    found = {}
    for subject, public_id, payload in leaves.order_by("id").values_list("subject_id", "public_id", "payload"):
        found[subject, json.loads(payload)["data"].get("fassung_sha256", "")] = str(public_id)
    return found


def _declared(mandant: Mandant, rows: Sequence[Eintrag], of_systems: Mapping[str, Any]) -> dict[int, Declared]:
    """Return what was declared on the systems as they are shown, whatever was said of newer versions."""
    newest: dict[int, dict[tuple[str, str], Erklaerung]] = defaultdict(dict)
    for one in Erklaerung.objects.for_mandant(mandant).filter(**of_systems).order_by("id"):
        newest[one.eintrag_id][one.art, one.schluessel] = one
    einstellung, today = settings_of(mandant), timezone.localdate()
    found = {}
    for row in rows:
        system = shown_version(row).wesentlich_sha256
        held = {key: one for key, one in newest[row.pk].items() if one.wesentlich_sha256 == system}
        found[row.pk] = Declared(held, system, row.verantwortlich_id, einstellung, today)
    return found


def _reports(mandant: Mandant, ids: Sequence[int]) -> dict[int, list[Meldung]]:
    found: dict[int, list[Meldung]] = defaultdict(list)
    rows = Vorfall.objects.for_mandant(mandant).filter(eintrag__in=ids).exclude(oeffentlich_text="")
    for row in rows.order_by("-gemeldet_am", "-id").only(
        "eintrag_id", "art", "oeffentlich_text", "gemeldet_am", "erledigt_am"
    ):
        done = _day(row.erledigt_am) if row.erledigt_am else None
        found[row.eintrag_id].append(Meldung(row.art, row.oeffentlich_text, _day(row.gemeldet_am), done))
    return found


def _energy(mandant: Mandant, ids: Sequence[int]) -> dict[int, Energie]:
    since = timezone.localdate() - YEAR
    rows = Verbrauch.objects.for_mandant(mandant).filter(eintrag__in=ids, groesse=Messgroesse.ENERGIE, monat__gte=since)
    months: dict[int, list[Verbrauch]] = defaultdict(list)
    for row in rows:
        months[row.eintrag_id].append(row)
    return {pk: _year(found) for pk, found in months.items()}


def _year(rows: Sequence[Verbrauch]) -> Energie:
    measured = all(row.herkunft == "gemessen" for row in rows)
    total = sum((row.wert for row in rows), Decimal(0))
    return Energie(format(total.normalize(), "f"), len(rows), "gemessen" if measured else "geschaetzt")


def _record(eintrag: Eintrag, known: _Known, office: Behoerde, site: Site) -> Registereintrag:
    version = shown_version(eintrag)
    system = (eintrag.pk, version.wesentlich_sha256)
    published = _day(version.veroeffentlicht_am) if version.veroeffentlicht_am else None
    leaf = known.proofs.get((str(eintrag.public_id), version.sha256), "")
    ruling = known.rulings.get(system)
    return Registereintrag(
        kennung=str(eintrag.public_id),
        kuerzel=eintrag.kuerzel,
        name=version.name,
        behoerde=office,
        stelle=eintrag.einheit.name,
        stand=eintrag.state,
        stand_seit=_day(eintrag.stand_seit),
        fassung=Fassung(version.nummer, version.sha256, published, site.url("evidence:entry", leaf) if leaf else ""),
        angaben=version.angaben,
        grund=eintrag.anlass if eintrag.state in WITH_REASON else "",
        einordnung=_ruling(ruling, known.declared[eintrag.pk]) if ruling else None,
        pruefergebnis=_result(known.results.get(system)),
        meldungen=tuple(known.reports.get(eintrag.pk, ())),
        energie=known.energy.get(eintrag.pk),
        verweise=site.links(eintrag.kuerzel),
    )


def _ruling(ruling: Einstufung, declared: Declared) -> Einordnung:
    said = ruling.ergebnis
    return Einordnung(
        klasse=said["legal_class"],
        hausklasse=said["house_class"],
        recht=ruling.law_version,
        am=_day(ruling.am),
        grundlagen=tuple(said["legal_basis"]),
        ausnahme=said["exemption"] or "",
        transparenz=tuple(row["label"] for row in said["transparency"]),
        pflichten=tuple(
            Pflicht(duty.article, duty.title, duty.due, duty.fulfilled) for duty in duties_of(ruling, declared)
        ),
    )


def _result(found: Bewertung | None) -> Pruefergebnis | None:
    if found is None:
        return None
    return Pruefergebnis(found.verdikt, found.satz, found.faelle, _day(found.am), found.gueltig_bis)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
