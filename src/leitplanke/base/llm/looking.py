"""Looking into a request: personal data in every text, and how much protection the whole needs."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from leitplanke.base.llm.wire import Slot
from leitplanke.core.policy import DataClass, worse
from leitplanke.core.privacy import (
    Category,
    Detector,
    Findings,
    Label,
    Span,
    find_in_identifier,
    find_with_cue,
    look_behind,
)
from leitplanke.core.privacy.encoded import NOTHING as NOTHING_BEHIND
from leitplanke.core.privacy.pseudonyms import merged
from leitplanke.core.privacy.slots import held_back

MOST_CHARACTERS = 600_000
# Beyond this a thread looks, so that other calls go on meanwhile.
LONG = 8_000
SECONDS = 20.0
REMEMBERED = 1024
# A number that a schema states and nothing explains: seven digits that are not round mostly mean a file or a person.
_BARE_NUMBER = re.compile(r"-?[0-9]{4,}(?!000)[0-9]{3}(?:\.0)?")
GUESSED = 0.5
_RANK = {Category.SOZIALDATEN: DataClass.SOZIALDATEN, Category.GEHEIM: DataClass.GEHEIM}


class UnlookableError(Exception):
    """Nobody could look into it; `code` and `sentence` say why, for people."""

    def __init__(self, code: str, sentence: str, status: int) -> None:
        """Say what happened."""
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in a request: each text as it was looked at, where personal data are in it, and the class of the data.

    Attributes:
        texts: those of the slots; JSON among them without escapes, so that nothing hides behind one.
        checkable: whether every text could be looked into.
        public: what was left in each text because the town has declared it public.
    """

    texts: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...]
    data_class: DataClass
    counts: dict[str, int]
    checkable: bool = True
    public: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What is in one text; `personal` where that cannot be masked, `checkable` as in `Seen`."""

    findings: Findings
    personal: bool = False
    checkable: bool = True


class Looker:
    """Looks, and remembers where findings were in texts that come again; never the texts."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        # By detector, since another list of what is public finds something else.
        self._known: WeakKeyDictionary[Detector, OrderedDict[bytes, _Found]] = WeakKeyDictionary()

    async def look(self, detector: Detector, slots: Sequence[Slot], declared: DataClass) -> Seen:
        """Return what is in the texts; the class is the worse of the declared one and what was found.

        Raises:
            UnlookableError: too long, too slow, or the detector failed.
        """
        texts, checkable = _plain(slots)
        length = sum(map(len, texts))
        if length > MOST_CHARACTERS:
            raise UnlookableError(
                "eingabe_zu_lang",
                f"Der Text hat mehr als {MOST_CHARACTERS} Zeichen und wird nicht geprüft. Bitte teilen Sie ihn.",
                413,
            )
        try:
            if length <= LONG:
                found = self._find(detector, slots, texts)
            else:
                found = await asyncio.wait_for(asyncio.to_thread(self._find, detector, slots, texts), SECONDS)
        except Exception as error:
            raise UnlookableError(
                "pruefung_gescheitert",
                "Die Prüfung auf personenbezogene Angaben ist gescheitert. Es wurde nichts weitergegeben; bitte "
                "versuchen Sie es erneut.",
                503,
            ) from error
        return _seen(texts, found, declared, checkable=checkable)

    def _find(self, detector: Detector, slots: Sequence[Slot], texts: Sequence[str]) -> tuple[_Found, ...]:
        return tuple(
            self._of_slot(detector, slot, text) if slot.name or slot.given else self._of_text(detector, text)
            for slot, text in zip(slots, texts, strict=True)
        )

    def _of_slot(self, detector: Detector, slot: Slot, text: str) -> _Found:
        """Return what is in a name of a program, or in a value that a schema states."""

        def find(other: str) -> Findings:
            return self._of_text(detector, other).findings

        found = self._of_text(detector, text)
        spans = list(found.findings.spans)
        if slot.name:
            spans += find_in_identifier(text, find)
        if slot.cue:
            spans += find_with_cue(slot.cue, text, find)
        if slot.given and _BARE_NUMBER.fullmatch(text):
            spans.append(Span(0, len(text), Label.KUNDENNR, GUESSED))
        if len(spans) == len(found.findings.spans):
            return found
        return replace(found, findings=replace(found.findings, spans=tuple(merged(spans, len(text)))))

    def _of_text(self, detector: Detector, text: str) -> _Found:
        known = self._known.setdefault(detector, OrderedDict())
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        found = known.get(key)
        if found is None:
            found = known[key] = _looked(detector, text)
            if len(known) > REMEMBERED:
                known.popitem(last=False)
        return found


def _looked(detector: Detector, text: str) -> _Found:
    """Return what a text holds, also where it is written in a way that hides it."""
    found = detector.find(text)
    behind = look_behind(text, found, detector.find)
    if behind is NOTHING_BEHIND:
        return _Found(found)
    spans = tuple(merged((*found.spans, *behind.spans), len(text)))
    return _Found(Findings(spans, (*found.signals, *behind.signals), found.public), behind.personal, behind.checkable)


def _plain(slots: Sequence[Slot]) -> tuple[tuple[str, ...], bool]:
    """Return the texts, JSON without escapes; and whether every escape could be read."""
    texts, checkable = [], True
    for slot in slots:
        text = slot.text
        if slot.json and "\\" in text:
            try:
                text = json.dumps(json.loads(text), ensure_ascii=False)
            except ValueError:
                checkable = False
        texts.append(text)
    return tuple(texts), checkable


def _seen(texts: tuple[str, ...], looked: tuple[_Found, ...], declared: DataClass, *, checkable: bool) -> Seen:
    findings = held_back([one.findings for one in looked])
    counts = Counter(span.label.value for found in findings for span in found.spans)
    spans = tuple(found.spans for found in findings)
    data_class = class_of(findings, declared)
    if any(one.personal for one in looked):
        data_class = worse(data_class, DataClass.PERSONENBEZOGEN)
    readable = checkable and all(one.checkable for one in looked)
    return Seen(texts, spans, data_class, dict(counts), readable, tuple(found.public for found in findings))


def class_of(findings: Iterable[Findings], declared: DataClass) -> DataClass:
    """Return the class of data with such findings: never milder than the declared one."""
    data_class = declared
    for found in findings:
        for category in found.categories:
            data_class = worse(data_class, _RANK.get(category, DataClass.BESONDERE_KATEGORIE))
        if found.spans:
            data_class = worse(data_class, DataClass.PERSONENBEZOGEN)
    return data_class
