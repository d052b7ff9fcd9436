"""Looking into a request: personal data in every text, and how much protection the whole needs."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from leitplanke.base.llm.wire import Slot
from leitplanke.core.policy import DataClass, worse
from leitplanke.core.privacy import Category, Detector, Findings, Span

MOST_CHARACTERS = 600_000
# Beyond this a thread looks, so that other calls go on meanwhile.
LONG = 8_000
SECONDS = 20.0
REMEMBERED = 1024
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
    """

    texts: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...]
    data_class: DataClass
    counts: dict[str, int]
    checkable: bool = True


class Looker:
    """Looks, and remembers where findings were in texts that come again; never the texts."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        # By detector, since another list of what is public finds something else.
        self._known: WeakKeyDictionary[Detector, OrderedDict[bytes, Findings]] = WeakKeyDictionary()

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
                found = self._find(detector, texts)
            else:
                found = await asyncio.wait_for(asyncio.to_thread(self._find, detector, texts), SECONDS)
        except Exception as error:
            raise UnlookableError(
                "pruefung_gescheitert",
                "Die Prüfung auf personenbezogene Angaben ist gescheitert. Es wurde nichts weitergegeben; bitte "
                "versuchen Sie es erneut.",
                503,
            ) from error
        return _seen(texts, found, declared, checkable=checkable)

    def _find(self, detector: Detector, texts: Sequence[str]) -> tuple[Findings, ...]:
        return tuple(self._of_text(detector, text) for text in texts)

    def _of_text(self, detector: Detector, text: str) -> Findings:
        known = self._known.setdefault(detector, OrderedDict())
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        found = known.get(key)
        if found is None:
            found = known[key] = detector.find(text)
            if len(known) > REMEMBERED:
                known.popitem(last=False)
        return found


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


def _seen(texts: tuple[str, ...], findings: tuple[Findings, ...], declared: DataClass, *, checkable: bool) -> Seen:
    counts = Counter(span.label.value for found in findings for span in found.spans)
    spans = tuple(found.spans for found in findings)
    return Seen(texts, spans, class_of(findings, declared), dict(counts), checkable)


def class_of(findings: Iterable[Findings], declared: DataClass) -> DataClass:
    """Return the class of data with such findings: never milder than the declared one."""
    data_class = declared
    for found in findings:
        for category in found.categories:
            data_class = worse(data_class, _RANK.get(category, DataClass.BESONDERE_KATEGORIE))
        if found.spans:
            data_class = worse(data_class, DataClass.PERSONENBEZOGEN)
    return data_class
