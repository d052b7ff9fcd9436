"""What a model would see of a text: where personal data are, what they are replaced by, and where the text may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leitplanke.apps.gateway.labels import CATEGORY_LABELS, FOUND_LABELS, LIGHT_LABELS, MODEL_LABELS
from leitplanke.base.llm.lights import DATA_LABELS
from leitplanke.base.llm.looking import class_of
from leitplanke.base.policy import clause_address
from leitplanke.core.policy import Cell, DataClass, ModelClass, Profile
from leitplanke.core.privacy import Detector, Findings, Label, Pseudonyms, known_name
from leitplanke.core.privacy.slots import held_back

MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `label` says what was found, "" where nothing was; what is `public` stays as it is."""

    text: str
    label: Any = ""
    placeholder: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in a text; `held` says that somebody is hidden whose name is public."""

    before: tuple[Piece, ...]
    after: str
    counts: tuple[tuple[Any, int], ...]
    categories: tuple[Any, ...]
    data_class: Any
    lights: tuple[dict[str, Any], ...]
    clause: str
    clause_title: str
    clause_url: str
    public: int = 0
    held: bool = False


class Noting:
    """Looks for personal data in texts that are read together, and notes what was left because it is public."""

    def __init__(self, find: Callable[[str], Findings]) -> None:
        """Take what looks."""
        self._find = find
        self._seen: list[tuple[str, Findings]] = []

    def __call__(self, text: str) -> Findings:
        """Return what `text` holds."""
        found = self._find(text)
        self._seen.append((text, found))
        return found

    def words(self) -> tuple[str, ...]:
        """Return a sentence that names what was left, or none; it names people, so it stays in the house."""
        held = held_back([found for _text, found in self._seen])
        left = dict.fromkeys(
            text[span.start : span.end]
            for (text, _found), found in zip(self._seen, held, strict=True)
            for span in found.public
        )
        if not left:
            return ()
        said = _("Nicht verdeckt, weil es auf der Liste der öffentlichen Namen steht: %(angaben)s")
        return (said % {"angaben": "; ".join(left)},)


def look_at(text: str, detector: Detector, profile: Profile) -> Look:
    """Return what a model would see of a text."""
    (found,) = held_back([detector.find(text)])
    pseudonyms = Pseudonyms(is_name=known_name)
    people = [text[span.start : span.end] for span in found.spans if span.label == Label.PERSON]
    pseudonyms.hear(people)
    pieces, done = [], 0
    counts: dict[str, int] = {}
    for span in sorted((*found.spans, *found.public)):
        pieces.append(Piece(text[done : span.start]))
        value, label = text[span.start : span.end], FOUND_LABELS[span.label.value]
        if span in found.public:
            pieces.append(Piece(value, label, public=True))
        else:
            pieces.append(Piece(value, label, pseudonyms.pseudonymise(value, [_moved(span)])))
            counts[span.label.value] = counts.get(span.label.value, 0) + 1
        done = span.end
    pieces.append(Piece(text[done:]))
    data_class = class_of([found], DataClass.INTERN)
    after = pseudonyms.pseudonymise(text, found.spans)
    return Look(
        tuple(piece for piece in pieces if piece.text), after, found_words(counts),
        tuple(CATEGORY_LABELS[category.value] for category in sorted(found.categories)), DATA_LABELS[data_class.value],
        tuple(_light(profile, data_class, model) for model in ModelClass), profile.table.number, profile.table.title,
        clause_address(profile.table.number), len(found.public),
        any(map(detector.knows_as_public, people)),
    )  # fmt: skip


def found_words(counts: Mapping[str, int]) -> tuple[tuple[Any, int], ...]:
    """Return what was found in words, with how often."""
    return tuple((FOUND_LABELS.get(label, label), number) for label, number in sorted(counts.items()))


def _moved(span: Any) -> Any:
    return type(span)(0, span.end - span.start, span.label, span.score)


def _light(profile: Profile, data: DataClass, model: ModelClass) -> dict[str, Any]:
    cell: Cell = profile.table.cell(data, model)
    word, kind = LIGHT_LABELS[cell.value]
    return {"model": MODEL_LABELS[model.value], "word": word, "kind": kind}
