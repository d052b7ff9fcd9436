"""From facts to a classification."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.aiact.model import (
    CLASSES,
    UNDETERMINED,
    Classification,
    Doubt,
    LocalBlock,
    Obligation,
    Point,
    ProofStep,
    Transparency,
)
from leitplanke.core.aiact.names import Understood
from leitplanke.core.aiact.reading import Law, Reading, Rule, law_of
from leitplanke.core.aiact.tables import DOUBTFUL, DOUBTS, DUTIES, NAMES, RULES, Duty, Principle, Tables, read_tables
from leitplanke.core.rules import Engine, Regelwerk, load
from leitplanke.core.rules.model import Kind, Words

_NATURE = ("technique", "domain", "function")
_PROHIBITED, _HIGH = CLASSES.index("prohibited"), CLASSES.index("high")
_DATES = {"prohibited": "frist_verbot", "high": "frist_hochrisiko", "limited": "frist_transparenz"}
_STRANGE = "nicht_verstanden"


@dataclass(frozen=True)
class KiVerordnung:
    """The rules and tables of the AI Act, ready to classify."""

    engine: Engine
    tables: Tables
    digest: str

    @property
    def regelwerk(self) -> Regelwerk:
        """The rules, as the interview takes them."""
        return self.engine.regelwerk

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty there is."""
        return self.tables.duties

    @property
    def principles(self) -> tuple[Principle, ...]:
        """The principles of the Code of Conduct."""
        return self.tables.principles

    @property
    def owners(self) -> Mapping[str, Words]:
        """The offices that take care of duties, by code."""
        return self.tables.owners

    @property
    def presumed(self) -> tuple[str, ...]:
        """The facts of Art. 5, presumed where a case says nothing of them: whoever is responsible must be asked."""
        return tuple(name for name, angabe in self.regelwerk.angaben.items() if angabe.annahme is not None)

    def law_version(self, on: date) -> str:
        """Return which version of the Act holds on a day, and of when our rules on it are."""
        return self.version_of(law_of(self.engine.evaluate({}, on=on, refine=False)))

    def version_of(self, law: Law) -> str:
        """Return the same of a state of the law."""
        return f"{law.version}, Stand {self.regelwerk.version}"

    def understand(self, facts: Mapping[str, object]) -> Understood:
        """Return facts as the Regelwerk names them, and what was not understood."""
        return self.tables.names.understand(facts)

    def classify(self, facts: Mapping[str, object], *, on: date) -> Classification:
        """Classify a system by what is known of it and by the law of the day `on`.

        A fact that is absent or null is unknown. Of the facts of Art. 5 only null is; absent they are presumed not to
        be given, and named in `assumptions`.
        """
        understood = self.understand(facts)
        # Without refining, spans only widen as facts go: hiding one can never make a class milder.
        result = self.engine.evaluate(understood.facts, on=on, refine=False)
        reading = Reading(result, law_of(result))
        return _Classifying(self, understood, reading, on).classification()


@dataclass(frozen=True, slots=True)
class _Classifying:
    act: KiVerordnung
    understood: Understood
    reading: Reading
    on: date

    def classification(self) -> Classification:
        reading = self.reading
        low, high = reading.span("klasse")
        legal = CLASSES[high]
        if low != high != _PROHIBITED and not any(name in self.understood.facts for name in _NATURE):
            legal = UNDETERMINED
        points, exemption = self._points(), self._exemption()
        doubts, missing, assumptions = self._doubts(), reading.open_facts(), self._assumptions()
        closed = missing or assumptions or any(doubt.contradiction for doubt in doubts)
        return Classification(
            self.on, self.act.version_of(reading.law), legal, CLASSES[reading.span("hausklasse")[1]], low == high,
            points, self._basis(points, exemption), exemption, self._transparency(), self._roles(), self._obligations(),
            self._blocks(), doubts, missing, assumptions, self._proof(), self._applies_from(legal),
            not closed and legal != "prohibited", self._digest(),
        )  # fmt: skip

    def _possible(self, *beginnings: str) -> Iterator[tuple[Rule, bool]]:
        """Yield the rules that begin so and hold or still may, and whether they certainly do."""
        for rule in self.reading.law.starting(*beginnings):
            low, high = self.reading.result.spans[rule.slot]
            if high:
                yield rule, bool(low)

    def _points(self) -> tuple[Point, ...]:
        if self.reading.certain("verboten"):
            return self._as_points("verbot_")
        return self._as_points("verbot_", "basis_anhang_i", "punkt_")

    def _as_points(self, *beginnings: str) -> tuple[Point, ...]:
        return tuple(Point(rule.name, rule.title, rule.norm, certain) for rule, certain in self._possible(*beginnings))

    def _exemption(self) -> str | None:
        if self.reading.possible("hochriskant") or self.reading.certain("verboten"):
            return None
        return next((rule.norm for rule, certain in self._possible("ausnahme_") if certain), None)

    def _basis(self, points: tuple[Point, ...], exemption: str | None) -> tuple[str, ...]:
        reading = self.reading
        certain = tuple(dict.fromkeys(point.norm for point in points if point.certain))
        if reading.certain("verboten"):
            return certain
        if reading.certain("basis_profiling"):
            certain += (reading.law.rules["basis_profiling"].norm,)
        if exemption is not None:
            certain += (exemption,)
        return certain or tuple(self._milder_basis())

    def _milder_basis(self) -> Iterator[str]:
        """Yield what the class stands on where it is limited at worst; what is open there counts as met."""
        worst = CLASSES[self.reading.span("klasse")[1]]
        for rule, certain in self._possible("transparenz_", "basis_kein_"):
            if certain or (worst == "limited" and rule.name.startswith("transparenz_")):
                yield rule.norm

    def _transparency(self) -> tuple[Transparency, ...]:
        found = {rule.name: (rule, certain) for rule, certain in self._possible("transparenz_")}
        return tuple(
            Transparency(
                duty.trigger, f"{duty.article.removeprefix('Art. ')} {duty.role}", duty.title, found[duty.trigger][1]
            )
            for duty in self.act.duties
            if duty.trigger in found
        )

    def _roles(self) -> tuple[str, ...]:
        roles = (("deployer", "rolle_betreiber"), ("provider", "rolle_anbieter"))
        return tuple(role for role, rule in roles if self.reading.possible(rule))

    def _obligations(self) -> tuple[Obligation, ...]:
        reading = self.reading
        return tuple(
            Obligation(
                duty.name, duty.article, duty.owner, duty.role, reading.day(duty.due),
                reading.day(duty.legacy) if duty.legacy else None, duty.when, duty.evidence, duty.title, duty.sentence,
                reading.certain(duty.trigger),
            )
            for duty in self.act.duties
            if reading.possible(duty.trigger)
        )  # fmt: skip

    def _blocks(self) -> tuple[LocalBlock, ...]:
        return tuple(
            LocalBlock(rule.name, rule.title, rule.norm, rule.source, certain)
            for rule, certain in self._possible("sperre_")
        )

    def _doubts(self) -> tuple[Doubt, ...]:
        texts = self.act.tables.doubts
        found = [
            Doubt(
                rule.name, rule.title, texts[rule.name].why, texts[rule.name].readings, rule.norm, rule.source,
                rule.guidance_status, rule.name.startswith("widerspruch_"),
            )
            for rule, certain in self._possible(*DOUBTFUL)
            if certain
        ]  # fmt: skip
        return (*found, *(_not_understood(text) for text in self.understood.strange))

    def _assumptions(self) -> tuple[str, ...]:
        if not self.reading.possible("ist_ki"):
            return ()
        return tuple(name for name in self.act.presumed if name not in self.understood.facts)

    def _proof(self) -> tuple[ProofStep, ...]:
        facts, spans = self.understood.facts, self.reading.result.spans
        steps = []
        for rule in self.reading.law.rules.values():
            low, high = spans[rule.slot]
            truth = rule.kind is Kind.WAHRHEITSWERT
            if rule.kind is Kind.DATUM or (truth and not high):
                continue
            value = truth or self.reading.result.bounds_of(rule.name)[1]
            used = {name: facts[name] for name in rule.facts if name in facts}
            steps.append(
                ProofStep(
                    rule.name, rule.title, value, low == high, rule.norm, rule.source, rule.law_version,
                    rule.guidance_status, used,
                )
            )  # fmt: skip
        return tuple(steps)

    def _applies_from(self, legal: str) -> date | None:
        if legal == "none":
            return None
        rule = _DATES.get("high" if legal == UNDETERMINED else legal, "frist_grundpflichten")
        return self.reading.day(rule)

    def _digest(self) -> str:
        content = [self.act.digest, self.on.isoformat(), dict(self.understood.facts), self.understood.strange]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _not_understood(text: str) -> Doubt:
    return Doubt(
        _STRANGE,
        Words("Angabe nicht verstanden", "Fact not understood"),
        Words(
            f"„{text}“ ist hier nicht bekannt und gilt als unbekannt.",
            f"“{text}” is not known here and counts as unknown.",
        ),
        (
            Words(
                "Unbekannt: Es zählt die schlechteste noch mögliche Klasse.",
                "Unknown: the worst class still possible holds.",
            ),
            Words("Mit einem bekannten Namen kann sich die Klasse ändern.", "With a known name the class may change."),
        ),
        "",
        "",
        "law",
        contradiction=True,
    )


def load_ki_verordnung(path: Path | Traversable | None = None) -> KiVerordnung:
    """Load the rules and tables of the AI Act, those that come with the content where no folder is named.

    Raises:
        RegelwerkError: they cannot be used; names every place.
    """
    return _shipped() if path is None else _loaded(path)


@cache
def _shipped() -> KiVerordnung:
    return _loaded(resources.files("leitplanke.content") / "ki_verordnung")


def _loaded(folder: Path | Traversable) -> KiVerordnung:
    book = load(folder / RULES)
    tables = read_tables(folder, book)
    texts = [book.digest, *((folder / name).read_text(encoding="utf-8") for name in (DUTIES, DOUBTS, NAMES))]
    digest = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
    return KiVerordnung(Engine(book), tables, digest)


def classify(facts: Mapping[str, object], *, on: date) -> Classification:
    """Classify a system by the rules that come with the content; see `KiVerordnung.classify`."""
    return load_ki_verordnung().classify(facts, on=on)
