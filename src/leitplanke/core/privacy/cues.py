"""Numbers that are what the word before them says: `Az.: 50-12/24`, `Kd.-Nr. 4711`, `Steuer-ID 12 345 678 901`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.codes import DOUBTFUL, is_cited
from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.numbers import IBAN_LENGTHS, end_after
from leitplanke.core.privacy.references import reference_end

# Label -> the words before a number of that kind; ~ stands for blank, full stop, hyphen or nothing.
_WORDS = {Label(name): words for name, words in word_lists("hinweise").items() if name.isupper()}
_REFERENCES = frozenset({Label.AKTENZEICHEN, Label.KASSENZEICHEN, Label.KUNDENNR})
_BREAK = r"(?:[ \t.\-–/]{0,3}(?:\r?\n[ \t]{0,8})?)"
# Each first as it should be, then as people write and misspell it: the word before says what it is.
_SHAPES: dict[Label, tuple[re.Pattern[str], ...]] = {
    Label.IBAN: (
        re.compile(
            r"[A-Za-z]{2}[ .\-]?[\dOo][ ]?[\dOo](?:[ .\-]{0,2}(?:\r?\n[ ]{0,8})?"
            r"(?:[A-Z]{4}(?=[ .\-]?\d)|[A-Za-z]{0,3}\d[\dA-Za-z]{0,30})){1,14}"
        ),
        re.compile(r"\d[\d \-./]{4,30}\d"),
    ),
    Label.STEUER_ID: (
        re.compile(r"\d(?:[ .\-/]?\d){10}(?![\d]|[ .\-/]\d)"),
        re.compile(rf"\d(?:{_BREAK}\d){{9,11}}(?!\d)"),
        re.compile(r"\d(?:[ .\-/]?[\dOoIl]){8,12}"),
    ),
    Label.STEUERNUMMER: (re.compile(r"\d(?:[ ]?[./\-]?[ ]?(?:\r?\n[ ]?)?\d){8,13}(?!\d)"),),
    Label.SVNR: (
        re.compile(r"\d(?:[ .\-/]?\d){6,8}[ .\-/]?[A-Za-z](?:[ .\-/]?\d){2,4}(?!\d)"),
        re.compile(rf"\d(?:{_BREAK}\d){{6,8}}{_BREAK}[A-Za-z](?:{_BREAK}\d){{2,4}}(?!\d)"),
    ),
    Label.KVNR: (
        re.compile(r"[A-Za-z][ .\-]?\d(?:[ .\-]?\d){6,10}(?!\d)"),
        re.compile(rf"[A-Za-z]{_BREAK}\d(?:{_BREAK}\d){{7,9}}(?!\d)"),
    ),
}
_FILLER = re.compile(
    r"(?:[ \t=:#.\-–(„\"*|_]|\r?\n|(?:nummer|lautet|lauten|ist|war|nr|no|mit|der|die|des|unter|neu|"
    r"alt|id|hat|dazu|jetzt|inzwischen|mein|meine|meines|meiner|steht|da|lt|laut|vereins|neue|alte|"
    r"bitte|dort|bleibt|lief|läuft|geführt|heißt|wurde|trägt|und|zwar|folgende|angegeben)(?!\w)){0,25}"
)
# „Az. der StA: ...“, „Kundennr. Jobcenter: ...“, „Vorgangsnr. der Polizei ...“, „IdNr. (§ 139b AO): ...“
_DETOUR = re.compile(
    r"[ .]{0,2}\([^()\n]{1,30}\)[ :=]{0,3}|[ .]{1,2}(?:[^\d\n:;.]{1,30}:[ ]?|"
    r"(?:der|des|beim|bei|von|für|vom)[ ](?:(?:frau|herrn?|herr|den|der|dem|die)[ ])?[^\W\d_]{2,20}[ ])|"
    r"[ .]{1,2}d\.[ ]?[a-z]{2,12}\.?[ :]{1,2}"
)
_REPLACED = re.compile(
    r"[ ]?(?:,|;|/|\(|und|bzw\.|jetzt|->|→|=>)[ ]?(?:neue?r?|alte?r?|jetzt|früher|bisher|vormals)[ :]{1,2}"
    r"(?:nr\.?|nummer|az\.?)?[ :]{0,2}"
)
_BEHIND = re.compile(
    r"(?<![\w./\-])((?=[A-Za-z]{0,3}\d)[\w./\-]+(?:[ ][\w./\-]*\d[\w./\-]*){0,6})"
    r"[ ]?(?:\([ ]?|,[ ]|(?:als|ist|=|war|lautet)[ ](?:(?:die|meine|seine|ihre|unsere|der|mein|das)[ ])?)\Z"
)


_ACCOUNT = re.compile(r"(?:[Kk]ontonummer|[Kk]to|[Nn]r)[ .:]{0,3}\Z")


def _spelled(word: str) -> str:
    return r"[ .\-]{0,2}".join(re.escape(part) for part in word.split("~"))


def _pattern(words: Iterable[str]) -> str:
    # Longer words first, so that the number is not read as part of the word.
    parts = sorted(words, key=len, reverse=True)
    return "|".join(_spelled(word) for word in parts)


_KINDS = tuple((label, re.compile(_pattern(words))) for label, words in _WORDS.items())
# A number may be stuck to its word: „Steuer-ID65...“, „IBANDE02...“.
_STOP = r"(?![^\W\d_]|\w[^\W\d_]{2})|(?=[a-z]{1,2}\d[\da-z]{4})"
_CUE = re.compile(rf"(?<!\w)(?:{_pattern({word for words in _WORDS.values() for word in words})})(?:{_STOP})")
# Any other number of something: „Förderungsnummer“, „Beistandschaftsakte“.
_ANY_NUMBER = re.compile(r"(?:nummern?|nrn?|zeichens?|akten?)(?![^\W\d_])(?=[^\d\n]{0,24}\n?[^\d\n]{0,12}\d)")
_HEAD = re.compile(r"[a-zäöüß]{3,30}[\-.]?[ ]?\Z")
_NUMBERED = word_lists("hinweise")["kunde_von"]
_NOT_NUMBERED = word_lists("hinweise")["keine_nummer"]
# Words of cases about people; other numbers count only in a text about somebody.
_CASES = re.compile(
    r"akte|fall|vorgang|antrag|zeichen|melde|anzeige|verfahren|widerspruch|schadens?|register|urkund|tagebuch"
)
_ROAD_SIGN = re.compile(r"\d{2,4}(?:[.\-]\d{1,3}){0,2}(?![\d/.\-])")


def propose_after_cues(text: str, low: str) -> Iterator[Span]:
    """Yield the numbers that follow a word which says what they are; `low` is `text` in small letters."""
    for match in _CUE.finditer(low):
        yield from _beside(text, low, match.start(), match.end(), _labels(match[0]))
    for match in _ANY_NUMBER.finditer(low):
        label = _kind_of(low, match.start())
        for span in _beside(text, low, match.start(), match.end(), [label]) if label else ():
            sure = _CASES.search(low, max(0, match.start() - 30), match.end()) is not None
            yield Span(span.start, span.end, span.label, span.score if sure else DOUBTFUL)


def _beside(text: str, low: str, begin: int, end: int, labels: list[Label]) -> Iterator[Span]:
    """Yield the value after a word, over a detour, or before it: „123/456 ist meine Steuernummer“."""
    filler = _FILLER.match(low, end)
    start = filler.end() if filler else end
    if low[begin:end] == "zeichen" and _ROAD_SIGN.match(low, start):
        return
    if "\n" in low[end:start] and _in_table(low, begin):
        return
    detour = _DETOUR.match(low, end)
    for label in labels:
        span = _value(text, start, label, bare=start == end and low[start - 1 : start].isalpha())
        if span is None and detour:
            beyond = _FILLER.match(low, detour.end())
            span = _value(text, beyond.end() if beyond else detour.end(), label, bare=False)
        if span:
            yield span
            if label in _REFERENCES:
                yield from _another(text, low, span)
            return
    behind = _BEHIND.search(text, max(0, begin - 45), begin) if labels else None
    digits = sum(map(str.isdecimal, behind[1])) if behind else 0
    if behind and digits >= (8 if behind[0].endswith(", ") else 5) and not _DATE.search(behind[1]):
        yield Span(behind.start(1), behind.end(1), labels[0], 0.7)


_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})")


def _another(text: str, low: str, span: Span) -> Iterator[Span]:
    """Yield the number that replaced one: „Kd.-Nr. 118-77, neu S4471900“."""
    more = _REPLACED.match(low, span.end)
    end = reference_end(text, more.end()) if more else 0
    if more and end > more.end():
        yield Span(more.end(), end, span.label, 0.85)


def _in_table(low: str, place: int) -> bool:
    """Tell whether a word stands in the heading of a table, so that the next line is not its value."""
    line = low[low.rfind("\n", 0, place) + 1 : place]
    return any(sign in line for sign in ";,|\t")


def _labels(cue: str) -> list[Label]:
    return [label for label, pattern in _KINDS if pattern.fullmatch(cue)]


def _kind_of(low: str, place: int) -> Label | None:
    """Return what a word like `Förderungsnummer` counts, by what stands before `nummer`; None for goods and norms."""
    head = _HEAD.search(low, max(0, place - 34), place)
    if head is None:
        return None
    if head[0].endswith(" ") and "." not in head[0] and low.startswith("nr", place):
        return None
    word = head[0].rstrip(" .-")
    if word.startswith(_NOT_NUMBERED) or word.endswith(_NOT_NUMBERED):
        return None
    return Label.KUNDENNR if word.startswith(_NUMBERED) else Label.AKTENZEICHEN


def _value(text: str, start: int, label: Label, *, bare: bool) -> Span | None:
    if label in _REFERENCES:
        end = start if bare or is_cited(text, start) else reference_end(text, start)
        return Span(start, end, label, 0.96) if end > start else None
    for shape in _SHAPES[label]:
        match = shape.match(text, start)
        if match is None or (label is Label.IBAN and not _is_account(text, match)):
            continue
        end = _iban_end(text, match) if label is Label.IBAN else match.end()
        if _is_sample(text[start:end] if label is not Label.IBAN else text[start + 4 : end]):
            return None
        if end and not (text[end : end + 1].isdecimal() or (text[end : end + 1].isalpha() and label is not Label.IBAN)):
            return Span(start, end, label, 0.92)
    return None


def _iban_end(text: str, match: re.Match[str]) -> int:
    """Return where an account ends: after as many signs as its country has, more only when they are stuck to it."""
    length = IBAN_LENGTHS.get(match[0][:2].upper())
    if length is None:
        return 0 if match[0][0].isalpha() else match.end()
    end = end_after(text, match.start(), length)
    if not end or end > match.end():
        return match.end() if sum(map(str.isdecimal, match[0])) >= 8 else 0
    return end + len(re.compile(r"\d{0,4}").match(text, end)[0])  # type: ignore[index]


def _is_account(text: str, match: re.Match[str]) -> bool:
    """Tell whether figures are an account of a bank; `Konto 5291000` is one of bookkeeping."""
    return (
        sum(map(str.isalnum, match[0])) >= 8
        or _ACCOUNT.search(text, max(0, match.start() - 16), match.start()) is not None
    )


def _is_sample(value: str) -> bool:
    """Tell whether figures only count up or repeat, as in „Beispiel: 12345678901“."""
    digits = "".join(sign for sign in value if sign.isdecimal())
    return len(digits) >= 10 and (digits in "012345678901234567890" or len(set(digits)) == 1)
