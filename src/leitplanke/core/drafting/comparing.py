"""A changed sentence held against the composed one it comes from: values in their roles, marks, opposites, matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leitplanke.core.drafting.brief import Part
from leitplanke.core.drafting.compared import Compared, Maker
from leitplanke.core.drafting.findings import Finding
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.drafting.marks import Mark, marks_in, turned, without_equals
from leitplanke.core.drafting.matching import Group, plain
from leitplanke.core.drafting.matter import changed_words, matter, promised, words
from leitplanke.core.drafting.roles import misplaced, placed, whole_verbs
from leitplanke.core.drafting.values import Value, ValueKind
from leitplanke.core.grounding.words import Word, words_of

_SAYS = {
    "betrag": "Betrag", "datum": "Datum", "dauer": "Frist", "prozent": "Prozentsatz", "zahl": "Zahl",
    "mass": "Maß", "kennung": "Zeichen", "norm": "Rechtsgrundlage", "name": "Name",
}  # fmt: skip
_IN_ROLE = (
    ValueKind.BETRAG,
    ValueKind.DATUM,
    ValueKind.DAUER,
    ValueKind.PROZENT,
    ValueKind.ZAHL,
    ValueKind.MASS,
    ValueKind.NAME,
    ValueKind.KENNUNG,
)
_MARKS = {
    "verneinung": "Die Verneinung wurde geändert: „{word}“ {what}. Damit kehrt sich der Sinn um; bitte zurücknehmen.",
    "verbindlichkeit": "Wie verbindlich der Satz ist, wurde geändert: „{word}“ {what}. Bitte zurücknehmen.",
    "grenze": "Die Grenze wurde geändert: „{word}“ {what}. Bitte zurücknehmen.",
    "vorbehalt": "Der Entwurf lässt hier etwas offen („{word}“), der Satz sagt es zu. Bitte zurücknehmen.",
    "grund": "Hier steht ein Grund, den weder Berechnung noch Akte tragen: „{word}“. Bitte streichen.",
    "zahl": "Der Anteil wurde geändert: „{word}“ {what}. Bitte zurücknehmen.",
}
_PERHAPS, _MAY = "vielleicht", "kann"
_ALWAYS = frozenset({"verneinung", "grund", "vorbehalt"})
_KIND_OF_MARK = {"vorbehalt": "zusatz", "grund": "grund_hinzugefuegt", "zahl": "zahl"}
_JOINING = frozenset({"bedingung", "grund"})
_ARTICLE = re.compile(r"(?<!\w)eine?[nrms]?(?!\w)", re.IGNORECASE)


def compare(group: Group, grounds: Grounds) -> Iterator[Finding]:
    """Yield what a changed sentence says other than the composed one."""
    both = Compared(group, grounds)
    if any(item.personal for item in group.bases):
        if _bare(both.text, grounds) != _bare(both.base, grounds):
            yield both.whole(
                "urteil",
                "Das ist die Begründung der Person, die beurteilt oder entschieden hat. Ändern Sie sie dort, nicht im "
                f"Brief. Dort steht: „{both.base}“",
            )
        return
    yield from _values(both)
    yield from _marks(both)
    if found := turned(_with_verbs(both.base), _with_verbs(both.text), grounds.lexicon):
        had, has, start, end = found
        yield both.finding("gegenteil", (start, end), f"„{has}“ steht, wo „{had}“ stehen muss. Bitte zurücknehmen.")
    yield from matter(both)
    yield from promised(both)


def _with_verbs(text: str) -> str:
    """Return a text with its split verbs once more as a whole: „nehmen … zurück“ is „zurücknehmen“."""
    return " ".join([text, *(word.text for word in whole_verbs(text))])


def _bare(text: str, grounds: Grounds) -> tuple[list[str], list[str]]:
    values = grounds.reader.read(text)
    words = [w.text.lower() for w in words_of(plain(text)) if not any(v.start <= w.start < v.end for v in values)]
    return words, [str(value.key) for value in values]


def _values(both: Compared) -> Iterator[Finding]:
    reader = both.grounds.reader
    old, new = list(reader.read(both.base)), list(reader.read(both.text))
    extra, missing = _differing(old, new)
    missing = [value for value in missing if not _as_article(value, both)]
    for value in extra:
        same = [item for item in missing if item.kind is value.kind]
        if same:
            yield both.finding(_kind(value, same[0]), (value.start, value.end), _wrong(value, same))
        else:
            yield from foreign(value, both.text, both.grounds, both.finding)
        if value.kind is ValueKind.NAME and both.bearing and not same:
            message = f"Der Name „{value.text}“ steht im Entwurf dieses Satzes nicht. Bitte streichen."
            yield both.finding("name", (value.start, value.end), message)
    sorts = {value.kind for value in extra}
    for value in missing:
        if value.kind is ValueKind.NAME and (stranger := _stranger(both)):
            span = (stranger.start, stranger.end)
            yield both.finding(
                "name", span, f"„{stranger.text}“ steht, wo „{value.text}“ stehen muss. Bitte berichtigen."
            )
        elif value.kind not in sorts and not _said_elsewhere(value, both):
            yield _dropped(value, both)
    if not extra and not missing:
        yield from _moved(both, old, new)
        yield from _period(both, old, new)


def _as_article(value: Value, both: Compared) -> bool:
    """Tell whether „1 Person“ became „eine Person“."""
    one = value.kind is ValueKind.ZAHL and value.key == 1
    return one and len(_ARTICLE.findall(both.text)) > len(_ARTICLE.findall(both.base))


def _stranger(both: Compared) -> Word | None:
    """Return a capital word that neither the case nor politeness knows."""
    grounds = both.grounds
    strange = (word for word in words(both.text, grounds) if word.stem not in grounds.vocabulary)
    return next((word for word in strange if word.capital and not grounds.lexicon.empty(word.stem)), None)


def _differing(old: Sequence[Value], new: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """Return what was added and what is missing, each value counted once."""
    left = list(old)
    extra: list[Value] = []
    for value in new:
        found = next((item for item in left if item.key == value.key and item.kind is value.kind), None)
        found = found or next((item for item in left if item.agrees(value)), None)
        if found is not None:
            left.remove(found)
        elif not any(item.agrees(value) for item in old):
            extra.append(value)
    present = [
        value for value in left if not any(value.agrees(item) for item in new) or value.kind is not ValueKind.NAME
    ]
    return extra, [value for value in present if not _repeated(value, old, new)]


def _repeated(value: Value, old: Sequence[Value], new: Sequence[Value]) -> bool:
    """Tell whether a value stood twice before and stands once now, which says the same."""
    twice = sum(value.key == item.key for item in old) > 1
    return twice and any(value.agrees(item) for item in new)


def _kind(value: Value, wanted: Value) -> str:
    if value.kind is ValueKind.BETRAG and value.key[0] == wanted.key[0]:
        return "einheit"
    return {ValueKind.DAUER: "frist", ValueKind.PROZENT: "zahl", ValueKind.MASS: "zahl", ValueKind.KENNUNG: "zahl"}.get(
        value.kind, value.kind.value
    )


def _wrong(value: Value, wanted: Sequence[Value]) -> str:
    right = " oder ".join(f"„{item.text}“" for item in wanted[:3])
    return f"{_SAYS[value.kind]}: Hier steht „{value.text}“, richtig ist {right}. Bitte berichtigen."


def foreign(value: Value, text: str, grounds: Grounds, finding: Maker) -> Iterator[Finding]:
    """Yield a finding where a value stands nowhere in proof and file, or belongs to something else."""
    kind, span = _kind(value, value) if value.kind is not ValueKind.BETRAG else "betrag", (value.start, value.end)
    allowed = any(item.value.agrees(value) for item in grounds.known)
    if value.kind is ValueKind.NAME and any(value.key in {name, *name.split()} for name in grounds.names):
        return
    if not allowed:
        yield finding(
            kind, span,
            f"{_SAYS[value.kind]} „{value.text}“: Das steht weder in der Berechnung noch in der Akte noch im Recht "
            "dieses Briefs. Bitte streichen oder berichtigen.",
        )  # fmt: skip
        return
    if value.kind not in _IN_ROLE:
        return
    item = next(item for item in placed(text, grounds.reader.read(text)) if item.value == value)
    if other := misplaced(item, grounds.known, grounds.lexicon):
        yield finding(
            "rolle", span,
            f"{_SAYS[value.kind]} „{value.text}“ gehört zu etwas anderem. An dieser Stelle wäre es "
            f"„{other.value.text}“. Bitte berichtigen.",
        )  # fmt: skip


def _said_elsewhere(value: Value, both: Compared) -> bool:
    """Tell whether a value that was taken out here stands in a heading or title that did not change."""
    return value.kind is ValueKind.NAME and both.part is Part.ANREDE


def _dropped(value: Value, both: Compared) -> Finding:
    kind = "frist" if value.kind in {ValueKind.DATUM, ValueKind.DAUER} else _kind(value, value)
    kind = "betrag" if value.kind is ValueKind.BETRAG else kind
    weighty = value.kind in {ValueKind.BETRAG, ValueKind.DATUM, ValueKind.DAUER}
    return both.whole(
        kind, f"{_SAYS[value.kind]} „{value.text}“ fehlt in diesem Satz. Bitte wieder einfügen.",
        blocking=both.bearing or weighty,
    )  # fmt: skip


def _moved(both: Compared, old: Sequence[Value], new: Sequence[Value]) -> Iterator[Finding]:
    """Yield values that stand in each other's place."""
    known, lexicon = placed(both.base, old), both.grounds.lexicon
    now = placed(both.text, new)
    for kind in _IN_ROLE:
        before = [item.value for item in known if item.value.kind is kind]
        items = [item for item in now if item.value.kind is kind]
        same = len(before) == len(items) and all(b.agrees(i.value) for b, i in zip(before, items, strict=True))
        if len({value.key for value in before}) < 2 or same:
            continue
        for item in items:
            other = misplaced(item, known, lexicon)
            own = max((item.nearness(o, lexicon) for o in known if o.value.agrees(item.value)), default=0.0)
            if other is not None or not own:
                right = other.value.text if other else "die Reihenfolge des Entwurfs"
                yield both.finding(
                    "rolle", (item.value.start, item.value.end),
                    f"{_SAYS[kind]} „{item.value.text}“ steht an der falschen Stelle; hierher gehört: {right}. "
                    "Bitte berichtigen.",
                )  # fmt: skip
                break


def _period(both: Compared, old: Sequence[Value], new: Sequence[Value]) -> Iterator[Finding]:
    """Yield amounts that lost for how long they are, or that are now for a time the draft does not know."""
    for value in new:
        if value.kind is not ValueKind.BETRAG:
            continue
        if value.key[1] is not None:
            if value.key[1][:3].lower() not in both.base.lower():
                message = (
                    f"„{value.text}“: Der Entwurf sagt nicht, dass der Betrag für diese Zeit gilt. Bitte streichen."
                )
                yield both.finding("einheit", (value.start, value.end), message)
            continue
        had = next((v for v in old if v.kind is ValueKind.BETRAG and v.key[0] == value.key[0] and v.key[1]), None)
        if had is not None and had.key[1][:3].lower() not in both.text.lower():
            message = f"Bei „{value.text}“ fehlt, für welche Zeit der Betrag gilt: „{had.text}“. Bitte ergänzen."
            yield both.finding("einheit", (value.start, value.end), message, blocking=both.bearing)


def _marks(both: Compared) -> Iterator[Finding]:
    lexicon = both.grounds.lexicon
    base, text = without_equals(both.base, both.text, lexicon)
    old, new = marks_in(base, lexicon), marks_in(text, lexicon)
    before, after = _names(old), _names(new)
    added = [mark for mark in new if mark.name not in before and mark.art != "vorbehalt"]
    gone = [mark for mark in old if mark.name not in after and mark.art != "grund"]
    asked = "?" in both.base and "?" not in both.text
    added, gone = _hedged(added, gone)
    if asked or not any(changed_words(both)):  # „Reicht die Zeit nicht?“ may become „Wenn die Zeit nicht reicht“
        added, gone = ([mark for mark in marks if mark.name not in _JOINING] for marks in (added, gone))
    exchanged = bool(added and gone)
    for mark in added:
        yield _mark(both, mark, both.text, "kam hinzu", (mark.start, mark.end), exchanged=exchanged)
    for mark in gone:
        yield _mark(both, mark, both.base, "fehlt", (0, len(both.group.lines[0].text)), exchanged=exchanged)
    denials = [[mark for mark in marks if mark.art == "verneinung"] for marks in (old, new)]
    if denials[0] and denials[1] and len(denials[0]) != len(denials[1]):
        yield _mark(both, denials[1][-1], both.text, "steht nicht so oft wie im Entwurf", (0, 0))


def _hedged(added: list[Mark], gone: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Take out „vielleicht“ that became „können“, or the other way round."""
    one, other = {mark.name for mark in added}, {mark.name for mark in gone}
    if (_PERHAPS in one and _MAY in other) or (_PERHAPS in other and _MAY in one):
        return [m for m in added if m.name not in {_PERHAPS, _MAY}], [m for m in gone if m.name not in {_PERHAPS, _MAY}]
    return added, gone


def _names(marks: Sequence[Mark]) -> frozenset[str]:
    return frozenset(mark.name for mark in marks)


def _mark(  # noqa: PLR0913 - where it is, and what became of it
    both: Compared, mark: Mark, text: str, what: str, span: tuple[int, int], *, exchanged: bool = False
) -> Finding:
    kind = _KIND_OF_MARK.get(mark.art, mark.art)
    message = _MARKS[mark.art].format(word=text[mark.start : mark.end], what=what)
    sure = mark.name == _PERHAPS and what == "fehlt"
    return both.finding(kind, span, message, blocking=both.bearing or exchanged or sure or mark.art in _ALWAYS)
