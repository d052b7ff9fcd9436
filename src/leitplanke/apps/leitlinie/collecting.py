"""Collecting evidence for the self-assessment and numbers for goals: from the house itself, and never from opinions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.acknowledging import readiness
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.people import employees_of, readers_of
from leitplanke.apps.leitlinie.queries import guideline_of, in_force
from leitplanke.apps.leitlinie.submitting import agrees
from leitplanke.apps.register import public as register
from leitplanke.base.evidence.models import Checkpoint
from leitplanke.base.llm.models import Aufruf
from leitplanke.base.llm.models.aufruf import Ausgang
from leitplanke.core.guideline import numbered
from leitplanke.core.guideline.assessing import Collected

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

DAYS_OF_CALLS = 90
# Asked only of systems that have an effect on people outside the house.
OUTWARD = frozenset({"betroffene_informiert", "fairness_geprueft"})
DAYS_OF_SEALS = 7


class House:
    """Looks at the house of a town for all collectors; the register is read once."""

    def __init__(self, mandant: Mandant) -> None:
        """Look at nothing yet."""
        self.mandant = mandant
        self._kinds: Mapping[str, Callable[[str], Collected]] = {
            "register": self._register, "hochrisiko": self._high_risk, "klausel": self._clause,
            "leitlinie": self._guideline, "gateway": self._energy, "nachweise": self._sealed,
            "meldungen": self._reports,
        }  # fmt: skip
        self._systems: tuple[register.RunningSystem, ...] | None = None

    def collect(self, names: Iterable[str]) -> dict[str, Collected]:
        """Return what each collector finds; the names are those of `content/leitlinien/selbstbewertung.yaml`."""
        return {name: self._find(name) for name in dict.fromkeys(names) if name}

    def _find(self, name: str) -> Collected:
        kind, _colon, what = name.partition(":")
        return self._kinds[kind](what)

    @property
    def systems(self) -> tuple[register.RunningSystem, ...]:
        """The systems that run today."""
        if self._systems is None:
            self._systems = register.running_systems(self.mandant)
        return self._systems

    @property
    def _people(self) -> set[int]:
        return {person.pk for person in employees_of(self.mandant)}

    def _register(self, what: str) -> Collected:
        return self._share(self.systems, what)

    def _high_risk(self, what: str) -> Collected:
        return self._share([one for one in self.systems if one.high_risk], what)

    def _share(self, systems: Iterable[register.RunningSystem], what: str) -> Collected:
        about = [one for one in systems if what not in OUTWARD or one.facts["betrifft_buerger"]]
        good = sum(_is_good(one, what) for one in about)
        text = _("%(gut)s von %(alle)s laufenden Einträgen") % {"gut": good, "alle": len(about)}
        return Collected(good, len(about), text, reverse("register:amt_liste"))

    def _clause(self, what: str) -> Collected:
        version = in_force(self.mandant)
        if version is None:
            return Collected(0, 1, _("Es gilt keine eigene Leitlinie."), reverse("leitlinie:oeffentlich"))
        found = {one.block.id: one for one in numbered(guideline_of(version), blocks())}
        one = found.get(what)
        kept = one is not None and bool(one.option.clauses)
        number = one.number if one else ""
        text = _("Nummer %(nummer)s: %(titel)s") % {"nummer": number, "titel": one.option.title} if one else what
        return Collected(int(kept), 1, text, reverse("leitlinie:oeffentlich"))

    def _guideline(self, what: str) -> Collected:
        if what == "geschult":
            people = self._people
            return _of_people(len(readiness(self.mandant).trained & people), len(people))
        version = in_force(self.mandant)
        if version is None:
            return Collected(0, 1, _("Es gilt keine eigene Leitlinie."), reverse("leitlinie:liste"))
        if what == "gilt":
            text = _("Fassung %(nummer)s") % {"nummer": version.nummer}
            return Collected(1, 1, text, reverse("leitlinie:oeffentlich"))
        if what == "mitgezeichnet":
            agreed = sum(agrees(row, version) for row in version.mitzeichnungen.all())
            return Collected(min(agreed, 2), 2, _("%(zahl)s Stellen haben zugestimmt") % {"zahl": agreed})
        return _of_people(len(readers_of(version) & self._people), len(self._people))

    def _energy(self, _what: str) -> Collected:
        since = timezone.now() - timedelta(days=DAYS_OF_CALLS)
        calls = Aufruf.objects.for_mandant(self.mandant).filter(begonnen_am__gte=since, ausgang=Ausgang.BEANTWORTET)
        known = calls.exclude(wh_methode="").count()
        total = calls.count()
        text = _("%(gut)s von %(alle)s Aufrufen der letzten 90 Tage") % {"gut": known, "alle": total}
        return Collected(known, total, text, reverse("gateway:energie"))

    def _sealed(self, _what: str) -> Collected:
        since = timezone.now() - timedelta(days=DAYS_OF_SEALS)
        fresh = Checkpoint.objects.for_mandant(self.mandant).filter(created_at__gte=since).exists()
        text = _("versiegelt in den letzten 7 Tagen") if fresh else _("seit 7 Tagen nicht versiegelt")
        return Collected(int(fresh), 1, text, reverse("evidence:checkpoints"))

    def _reports(self, _what: str) -> Collected:
        found = register.reports(self.mandant)
        text = _("%(gut)s von %(alle)s Meldungen, die älter als 30 Tage sind") % {
            "gut": found.settled_old, "alle": found.old,
        }  # fmt: skip
        return Collected(found.settled_old, found.old, text, reverse("register:amt_liste"))


def _of_people(good: int, total: int) -> Collected:
    return Collected(good, total, _("%(gut)s von %(alle)s Beschäftigten") % {"gut": good, "alle": total})


def _is_good(system: register.RunningSystem, what: str) -> bool:
    return system.public if what == "oeffentlich" else system.facts[what]
