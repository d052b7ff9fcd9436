"""The checker: nothing leaves that proof, file and law do not carry, and nothing that must be said is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from leitplanke.core.drafting.brief import Brief, Paragraph, Part, Table
from leitplanke.core.drafting.compared import at
from leitplanke.core.drafting.comparing import compare
from leitplanke.core.drafting.findings import Finding
from leitplanke.core.drafting.grounds import Composed, Grounds
from leitplanke.core.drafting.matching import Alignment, Line, aligned, covered, lines_of, plain
from leitplanke.core.drafting.unfounded import check_new

_MISSING = {
    Part.TENOR: ("fehlt_tenor", "Es fehlt, was entschieden wurde"),
    Part.GRUENDE: ("fehlt_grund", "Es fehlt ein Grund der Entscheidung"),
    Part.URTEIL: ("fehlt_urteil", "Es fehlt, was beurteilt wurde und warum"),
    Part.FRIST: ("fehlt_frist", "Es fehlt die Frist"),
    Part.RECHTSFOLGE: ("fehlt_rechtsfolge", "Es fehlt der Hinweis auf die Rechtsfolgen"),
    Part.RECHTSBEHELF: ("fehlt_rechtsbehelf", "Es fehlt die Rechtsbehelfsbelehrung"),
}
_HEAD = {
    "empfaenger": ("adressat", "Die Anschrift weicht vom Vorgang ab. Ändern Sie die Anschrift im Vorgang."),
    "absender": ("kopf", "Der Absender weicht von dem der zuständigen Stelle ab."),
    "aktenzeichen": ("kopf", "Das Aktenzeichen ist nicht das des Vorgangs."),
    "datum": ("datum", "Das Datum des Briefs ist nicht das des Entwurfs. Erstellen Sie den Entwurf neu."),
    "betreff": ("kopf", "Der Betreff weicht vom Entwurf ab. Erstellen Sie den Entwurf neu."),
    "art": ("kopf", "Die Art des Schreibens weicht vom Entwurf ab. Erstellen Sie den Entwurf neu."),
    "kennzeichnung": ("kopf", "Es fehlt, wer das Schreiben verfasst hat. Erstellen Sie den Entwurf neu."),
}
_COVERED = 0.75
_TYPOGRAPHY = frozenset("€§°²³½¼¾µ„“”‚‘’»«›‹–—−…·•×÷≤≥ \u00a0\u202f\u2009\n")


def check(brief: Brief, grounds: Grounds) -> tuple[Finding, ...]:
    """Return everything in a letter that does not stand on proof, file or law, and everything that is missing.

    What a sentence claims to stand on is never believed: its words and values are compared.
    """
    alignment = aligned(brief, grounds)
    found = [
        *_head(brief, grounds), *_tables(brief, grounds), *_headings(brief, grounds), *_signs(brief),
        *(finding for group in alignment.changed for finding in compare(group, grounds)),
        *(finding for line in alignment.new for finding in check_new(line, grounds)),
        *_decision(alignment, grounds), *_again(alignment, grounds), *_absent(alignment, grounds),
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))


def blocking(findings: tuple[Finding, ...]) -> bool:
    """Tell whether a letter may not leave."""
    return any(finding.blocking for finding in findings)


def _head(brief: Brief, grounds: Grounds) -> Iterator[Finding]:
    for name, (kind, message) in _HEAD.items():
        if getattr(brief, name) != getattr(grounds.brief, name):
            yield Finding(kind, name, -1, 0, 0, message)


def _tables(brief: Brief, grounds: Grounds) -> Iterator[Finding]:
    present = {block.key: block for block in brief.body if isinstance(block, Table)}
    for key in dict.fromkeys([*grounds.tables, *present]):
        if present.get(key) != grounds.tables.get(key):
            message = "Die Berechnung weicht von der des Vorgangs ab. Sie lässt sich nicht von Hand ändern."
            yield Finding("berechnung", key, -1, 0, 0, message)


def _headings(brief: Brief, grounds: Grounds) -> Iterator[Finding]:
    composed = {paragraph.key: paragraph for paragraph in grounds.brief.paragraphs}
    for paragraph in brief.paragraphs:
        known = composed.get(paragraph.key)
        if paragraph.heading != (known.heading if known else ""):
            message = "Die Überschrift weicht vom Entwurf ab. Bitte zurücknehmen."
            yield Finding("ueberschrift", paragraph.key, -1, 0, 0, message)


def _signs(brief: Brief) -> Iterator[Finding]:
    """Yield letters that look like others, and signs that nobody sees."""
    for line in lines_of(brief):
        for place, sign in enumerate(line.text):
            if not _latin(sign):
                name = unicodedata.name(sign, f"U+{ord(sign):04X}")
                message = (
                    f"Hier steht ein Zeichen, das nicht in deutsche Schrift gehört ({name}). Man sieht es nicht oder "
                    "verwechselt es. Bitte neu eintippen."
                )
                yield at(line, "zeichen", (place, place + 1), message)
                break


def _latin(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable() or sign == "\n"
    if sign in _TYPOGRAPHY:
        return True
    return unicodedata.category(sign) in {"Lu", "Ll"} and unicodedata.name(sign, "").startswith("LATIN ")


def _decision(alignment: Alignment, grounds: Grounds) -> Iterator[Finding]:
    """Yield words that decide otherwise than the person did."""
    pattern = grounds.lexicon.contradicting.get(grounds.art)
    if pattern is None:
        return
    lines = [(line, " ".join(base.text for base in group.bases)) for group in alignment.changed for line in group.lines]
    for line, base in [*lines, *((line, "") for line in alignment.new)]:
        found = pattern.search(line.text)
        if found and not pattern.search(base):
            message = f"„{found[0]}“ widerspricht dem, was entschieden ist. Bitte streichen oder berichtigen."
            yield at(line, "entscheidung", found.span(), message)


def _again(alignment: Alignment, grounds: Grounds) -> Iterator[Finding]:
    decided = {plain(item.text) for item in grounds.composed.values() if item.part is Part.TENOR}
    for line in alignment.doubled:
        message = "Dieser Satz steht schon im Brief. Bitte einmal streichen."
        twice = plain(line.text) in decided  # reads as if it were decided twice
        yield at(line, "doppelt", (0, len(line.text)), message, blocking=twice)
    for group in alignment.changed:
        if group.again and group.bases[0].part in {Part.TENOR, Part.FRIST}:
            message = f"Der Brief sagt das schon, und zwar so: „{group.bases[0].text}“ Bitte nur einmal schreiben."
            yield at(group.lines[0], "doppelt", (0, len(group.lines[0].text)), message)


def _absent(alignment: Alignment, grounds: Grounds) -> Iterator[Finding]:
    present = alignment.kept | {base.key for group in alignment.changed for base in group.bases}
    written = [*alignment.new, *(line for group in alignment.changed for line in group.lines)]
    texts: dict[str, str] = {}
    for line in written:
        texts[line.paragraph] = f"{texts.get(line.paragraph, '')} {line.text}"
    for key, part in grounds.required.items():
        item = grounds.composed[key]
        if key in present or covered(item.text, texts.get(item.paragraph, ""), grounds) >= _COVERED:
            continue
        kind, message = _MISSING.get(part, ("fehlt_angabe", "Es fehlt etwas, das der Brief sagen muss"))
        yield Finding(kind, item.paragraph, -1, 0, 0, f"{message}: „{plain(item.text)}“ Bitte wieder einfügen.")
    for part, message in grounds.missing.items():
        yield Finding(_MISSING.get(part, ("fehlt_angabe", ""))[0], part.value, -1, 0, 0, message)


def position(brief: Brief, finding: Finding) -> tuple[Paragraph | None, Line | None]:
    """Return the paragraph and sentence that a finding is about."""
    paragraph = next((item for item in brief.paragraphs if item.key == finding.paragraph), None)
    line = next((x for x in lines_of(brief) if (x.paragraph, x.index) == (finding.paragraph, finding.sentence)), None)
    return paragraph, line


__all__ = ["Composed", "Finding", "blocking", "check", "position"]
