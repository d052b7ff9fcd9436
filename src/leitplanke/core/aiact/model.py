"""What a classification says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from leitplanke.core.rules.model import Words

CLASSES: Final = ("none", "minimal", "limited", "high", "prohibited")  # the mildest first
UNDETERMINED: Final = "undetermined"  # nothing is known of technique, field and function; ranks as high


def at_least(one: str, other: str) -> bool:
    """Tell whether class `one` is as strict as class `other`, or stricter."""
    return _rank(one) >= _rank(other)


def _rank(name: str) -> int:
    return CLASSES.index("high" if name == UNDETERMINED else name)


@dataclass(frozen=True, slots=True)
class Point:
    """A prohibition of Art. 5, the Annex I route or a point of Annex III that is met, or still may be.

    Attributes:
        rule: name of the rule.
        norm: as cited, such as `Art. 6(2), Annex III 5(a)`.
        certain: whether it is met whatever the open facts are.
    """

    rule: str
    title: Words
    norm: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Transparency:
    """A duty of Art. 50: `label` is such as `50(1) provider`."""

    rule: str
    label: str
    title: Words
    certain: bool


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody must do.

    Attributes:
        owner: code of the office that takes care of it; its name is in `KiVerordnung.owners`.
        role: deployer or provider, whom the law means.
        due: from when it applies; `legacy_due` for systems that existed before, where the law says so.
        when: `vor_einsatz`, `laufend`, `sofort` or `bis`.
        evidence: kind of evidence that shows it is done.
        certain: whether it applies whatever the open facts are.
    """

    name: str
    article: str
    owner: str
    role: str
    due: date
    legacy_due: date | None
    when: str
    evidence: str
    title: Words
    sentence: Words
    certain: bool


@dataclass(frozen=True, slots=True)
class LocalBlock:
    """What German or local law forbids or demands beside the AI Act, whatever the class."""

    rule: str
    title: Words
    norm: str
    source: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where the law can be read in two ways; the first of `readings` is the one that was followed.

    Attributes:
        guidance_status: `law`, `final` or `draft`: what the first reading, or the doubt about it, rests on.
        contradiction: the facts contradict each other, or something stated was not understood: the gate stays closed.
    """

    rule: str
    title: Words
    why: Words
    readings: tuple[Words, ...]
    norm: str
    source: str
    guidance_status: str
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class ProofStep:
    """A rule that holds, or still may, with what it rests on and the facts that it read."""

    rule: str
    title: Words
    value: Any
    certain: bool
    norm: str
    source: str
    law_version: str
    guidance_status: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Classification:
    """What follows for one system from what is known of it.

    Attributes:
        legal_class: one of `CLASSES`, or `UNDETERMINED`. While facts are open, the worst that is still possible.
        house_class: never milder than the legal class.
        settled: whether the legal class is certain whatever the open facts are.
        legal_basis: the provisions that are met for certain.
        exemption: the letter of Art. 6(3) that exempts the system, None where none does for certain.
        applies_from: from when the duties of the class apply; None for what is no AI system.
        missing_facts: open facts that can still change anything of this, in the order of the Regelwerk.
        assumptions: facts of Art. 5 about which nothing was stated and that are presumed not to be given.
        gate_open: the classification is in nobody's way: not prohibited, nothing open, presumed or contradictory.
        digest: SHA-256 over rules, day and facts as understood: equal digests give equal classifications.
    """

    on: date
    law_version: str
    legal_class: str
    house_class: str
    settled: bool
    points: tuple[Point, ...]
    legal_basis: tuple[str, ...]
    exemption: str | None
    transparency: tuple[Transparency, ...]
    roles: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    local_blocks: tuple[LocalBlock, ...]
    doubts: tuple[Doubt, ...]
    missing_facts: tuple[str, ...]
    assumptions: tuple[str, ...]
    proof: tuple[ProofStep, ...]
    applies_from: date | None
    gate_open: bool
    digest: str

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data, fit for JSON: texts as `{de, en}`, days as text."""
        found = _plain(asdict(self))
        return found if isinstance(found, dict) else {}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
