"""The register of the demo town from `content/musterstadt/register.yaml`, through the verbs that people use.

Each entry is made once. Days lie in the past so that lists and plots show a town that has run for a while; evidence
says when it was really written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation

from leitplanke.apps.register import classifying, declaring, entries, founding, releasing
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.models import (
    Einstufung,
    Eintrag,
    Eintragsfassung,
    Erklaerung,
    Messgroesse,
    Registerverlauf,
    Verbrauch,
    Vorfall,
)
from leitplanke.apps.register.models import Erklaerungsart as Art
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

DECLARED = frozenset({"erprobung", "beantragt", "freigegeben", "ausgesetzt"})
ASKED = DECLARED - {"erprobung"}
OPEN = frozenset({"freigegeben", "ausgesetzt"})
# How many days before the last step each one lies.
PACE = {"angelegt": 40, "pruefen": 34, "bearbeiten": 33, "einstufen": 30, "erklaeren": 20, "beantragen": 6}
SERIES = {
    "energie": Messgroesse.ENERGIE, "kosten": Messgroesse.KOSTEN, "anfragen": Messgroesse.ANFRAGEN,
    "ueberstimmt": Messgroesse.UEBERSTIMMT,
}  # fmt: skip


@dataclass
class Town:
    """The people of the demo town who work on its register."""

    mandant: Mandant
    data: Mapping[str, Any]
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def members(self) -> dict[str, Mitgliedschaft]:
        """Memberships by address."""
        rows = Mitgliedschaft.objects.for_mandant(self.mandant).select_related("person", "einheit")
        return {row.person.email: row for row in rows}

    @cached_property
    def units(self) -> dict[str, Organisationseinheit]:
        """Units by short name."""
        return {row.kuerzel: row for row in Organisationseinheit.objects.for_mandant(self.mandant)}

    def actor(self, email: str) -> Actor:
        """Return somebody of the town."""
        member = self.members[email]
        return Actor(self.mandant, member.person, (member,))


def load_register(mandant: Mandant, data: Mapping[str, Any]) -> int:
    """Register own parts and the other systems, and take each to the state that its row names; returns how many."""
    town = Town(mandant, data)
    with translation.override("de"), transaction.atomic():
        founding.register_own_parts(mandant)
        parts = {part.schluessel: part for part in founding.parts_of(mandant)}
        own = [_Way(town, {**row, "ziel": "freigegeben", "fakten": dict(parts[row["schluessel"]].fakten)}) for row in
               data["eigene"] if row["schluessel"] in parts]  # fmt: skip
        others = [_Way(town, _completed(row, data["vorgaben"])) for row in data["eintraege"]]
        return sum(way.go() for way in (*own, *others))


def _completed(row: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    said = {**usual["angaben"], **row["angaben"]} if row["ziel"] in {*DECLARED, "pruefung"} else row["angaben"]
    facts = {**usual["fakten"], **row["fakten"]} if "fakten" in row else {}
    return {**row, "angaben": said, "fakten": facts}


class _Way:
    """An entry on its way."""

    def __init__(self, town: Town, row: Mapping[str, Any]) -> None:
        self.town, self.row, self.ziel = town, row, row["ziel"]
        self.ki = town.actor(town.data["einstufend"])
        self.head = town.actor(row["verantwortlich"])
        self.pk = 0

    def go(self) -> int:
        """Take the entry to its state; 0 where that was done at an earlier start."""
        if not self._begin():
            return 0
        if self.ziel != "idee" and "schluessel" not in self.row:
            releasing.examine(actor=self.head, eintrag_id=self.pk)
        if self.row["fakten"]:
            classifying.classify_entry(actor=self.ki, eintrag_id=self.pk, facts=self.row["fakten"])
        if self.ziel in DECLARED:
            self._declare()
        if self.ziel == "erprobung":
            releasing.try_out(actor=self.head, eintrag_id=self.pk, fresh_at=timezone.now())
        if self.ziel in ASKED:
            releasing.ask_release(actor=self.head, eintrag_id=self.pk, text="Alles liegt vor.")
        if self.ziel in OPEN:
            version = self._entry().bearbeitung
            number = version.nummer if version else 0
            releasing.release(actor=self.ki, eintrag_id=self.pk, fassung=number, fresh_at=timezone.now())
        self._date_back()
        self._live()
        return 1

    def _entry(self) -> Eintrag:
        return Eintrag.objects.for_mandant(self.town.mandant).select_related("bearbeitung", "mandant").get(pk=self.pk)

    def _begin(self) -> bool:
        """Make the entry, or name who answers for an own part; False where somebody did that already."""
        row, mandant = self.row, self.town.mandant
        responsible = self.town.members[row["verantwortlich"]]
        if "schluessel" in row:
            found = Eintrag.objects.for_mandant(mandant).get(schluessel=row["schluessel"])
            if found.verantwortlich_id is not None or found.stand != "pruefung":
                return False
            self.pk = found.pk
            unit = self.town.units[row["einheit"]] if "einheit" in row else responsible.einheit
            entries.change_entry(
                actor=self.ki, eintrag_id=found.pk, fassung=None, angaben={}, verantwortlich=responsible, einheit=unit,
                anlass="Verantwortliche Person benannt",
            )  # fmt: skip
            return True
        if Eintrag.objects.for_mandant(mandant).filter(kuerzel=row["kuerzel"]).exists():
            return False
        made = entries.add_entry(
            actor=self.head, name=row["name"], einheit=self.town.units[row["einheit"]], angaben=row["angaben"],
            kuerzel=row["kuerzel"], verantwortlich=responsible,
        )  # fmt: skip
        self.pk = made.pk
        return True

    def _declare(self) -> None:
        """Give every declaration that the class asks for, each by who may."""
        today, data = timezone.localdate(), self.town.data
        eintrag = self._entry()
        einstufung = eintrag.einstufungen.first()
        self._say(self.head, Art.VERANTWORTUNG, "angenommen", "")
        self._say(self.town.actor(data["datenschutz"]), Art.DATENSCHUTZ, "keine_bedenken", "Geprüft; keine Bedenken.")
        informed = {"vollstaendig_ab": today - timedelta(days=self.row["tage"] + PACE["erklaeren"])}
        self._say(self.head, Art.UNTERRICHTUNG, "vollstaendig", "Unterlagen vollständig übergeben.", **informed)
        self._say(self.town.actor(data["vorsitz"]), Art.MITBESTIMMUNG, "zugestimmt", "In der Sitzung beschlossen.")
        wanted = {
            duty.art: duty for duty in duties_of(einstufung, Declared.of(eintrag, today)) if duty.art is not Art.PFLICHT
        }
        for art in {Art.SCHULUNG, Art.DSFA, Art.VERTRAG, *wanted} - {None}:
            assert art is not None  # noqa: S101 - taken out above
            self._say(self.head, art, "erfuellt", TEXTS.get(art, "Liegt in der Akte."))
        for duty in duties_of(einstufung, Declared.of(eintrag, today)):
            if duty.art is Art.PFLICHT:
                self._say(self.head, Art.PFLICHT, "erfuellt", f"Erledigt: {duty.title.de}.", schluessel=duty.name)

    def _say(self, actor: Actor, art: Art, ergebnis: str, text: str, **more: Any) -> None:
        declaring.declare(actor=actor, eintrag_id=self.pk, art=art, ergebnis=ergebnis, text=text, **more)

    def _live(self) -> None:
        """Let happen what happened since: incidents, the end or a stop, figures of each month."""
        for row in self.row.get("vorfaelle", ()):
            self._incident(row)
        if self.ziel == "ausgesetzt":
            releasing.suspend(actor=self.ki, eintrag_id=self.pk, text=self.row["grund"])
            self._date(Registerverlauf, 18, was="aussetzen")
            Eintrag.objects.for_mandant(self.town.mandant).filter(pk=self.pk).update(stand_seit=self._ago(18))
        if self.ziel == "stillgelegt":
            releasing.decommission(actor=self.ki, eintrag_id=self.pk, text=self.row["grund"], fresh_at=timezone.now())
            self._date(Registerverlauf, self.row["tage"], was="stilllegen")
            Eintrag.objects.for_mandant(self.town.mandant).filter(pk=self.pk).update(
                stand_seit=self._ago(self.row["tage"])
            )
        Verbrauch.objects.bulk_create(self._figures())

    def _incident(self, row: Mapping[str, Any]) -> None:
        at = self._ago(row["tage"])
        Vorfall.objects.create(
            mandant=self.town.mandant, eintrag_id=self.pk, art=row["art"], schwere=row["schwere"], text=row["text"],
            oeffentlich_text=row["oeffentlich"], gemeldet_am=at, frist_am=at.date() + timedelta(days=30),
            erledigt_am=at + timedelta(days=9) if row.get("erledigt") else None,
            antwort="Danke für den Hinweis. Der Fehler ist behoben." if row.get("erledigt") else "",
        )  # fmt: skip

    def _figures(self) -> Iterator[Verbrauch]:
        """Yield the figures of the months before this one, the newest last."""
        for name, groesse in SERIES.items():
            values = self.row.get(name, ())
            for back, wert in zip(range(len(values), 0, -1), values, strict=True):
                yield Verbrauch(
                    mandant=self.town.mandant, eintrag_id=self.pk, monat=_month(self.town.now.date(), back),
                    groesse=groesse, wert=wert, herkunft="rechnung" if name == "kosten" else
                    self.row.get("herkunft", "geschaetzt") if name == "energie" else "gemessen",
                )  # fmt: skip

    def _ago(self, days: int) -> datetime:
        return self.town.now - timedelta(days=days)

    def _date(self, model: Any, days: int, **which: str) -> None:
        model.objects.for_mandant(self.town.mandant).filter(eintrag_id=self.pk, **which).update(am=self._ago(days))

    def _date_back(self) -> None:
        """Lay what was done just now into the past, in its order."""
        days = self.row["tage"]
        for was in ("angelegt", "pruefen", "bearbeiten", "einstufen", "erklaeren", "beantragen"):
            self._date(Registerverlauf, days + PACE[was], was=was)
        for was in ("erproben", "freigeben"):
            self._date(Registerverlauf, days, was=was)
        self._date(Eintragsfassung, days + PACE["angelegt"])
        versions = Eintragsfassung.objects.for_mandant(self.town.mandant).filter(eintrag_id=self.pk)
        versions.filter(veroeffentlicht_am__isnull=False).update(veroeffentlicht_am=self._ago(days))
        self._date(Einstufung, days + PACE["einstufen"])
        self._date(Erklaerung, days + PACE["erklaeren"])
        begun, last = self._ago(days + PACE["angelegt"]), self._ago(days)
        rows = Eintrag.objects.for_mandant(self.town.mandant).filter(pk=self.pk)
        rows.update(angelegt_am=begun, stand_seit=last, geaendert_am=last)
        rows.filter(freigegeben_am__isnull=False).update(freigegeben_am=last)
        rows.filter(beantragt_am__isnull=False).update(beantragt_am=self._ago(days + PACE["beantragen"]))


TEXTS = {
    Art.SCHULUNG: "Alle Nutzenden sind geschult; die Liste liegt in der Personalstelle.",
    Art.DSFA: "Die Folgenabschätzung liegt in der Akte.",
    Art.VERTRAG: "Vertrag geschlossen; Training mit unseren Daten ist ausgeschlossen.",
    Art.AUSNAHME: "Enge Aufgabe, jede Angabe bestätigt ein Mensch; die Bewertung liegt in der Akte.",
}


def _month(today: date, back: int) -> date:
    """Return the first day of the month that lies `back` months before this one."""
    number = today.year * 12 + today.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
