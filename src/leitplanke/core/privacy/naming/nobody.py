"""Names of firms, works, animals and statistics, which belong to nobody the text is about."""

from __future__ import annotations

import re

from leitplanke.core.privacy.model import Span

_FIRM = re.compile(
    r"[ ]&[ ](?:Söhne|Sohn|Partner|Co\.?|Cie|Tochter|Töchter|Gebrüder)(?!\w)|[ ]und[ ]Söhne(?!\w)|"
    r"[ ]e\.[ ]?K\.|(?:[ ][A-ZÄÖÜ][\w\-]{2,25}){0,2}[ ](?:GmbH|mbH|KG|OHG|UG)(?!\w)|[ ]AG(?!\w)"
)
_COUNTED = re.compile(r"(?:häufigste|beliebteste|vornamenstatistik|namensstatistik)[^.!?\n]{0,140}")
# A thing with its title: `Kiosk „Bei Uschi“`. Only short ones of capitals, since people are quoted, too.
_TITLED = re.compile(r"(?:\A|[^\w])[A-ZÄÖÜ][a-zäöüß]{2,25}[ ]„((?:[A-ZÄÖÜ][\w\-.]*)(?:[ ][A-ZÄÖÜ][\w\-.]*){1,2})[“”]")
_PLACED = re.compile(r"(?:[Rr]aum|[Ss]aal|(?<!\w)St\.|(?<!\w)Sankt|Spielplatz|Turnhalle|Aktion|Orkan|Florian)[ ]„?\Z")
# A salutation or a title makes somebody of a name wherever it stands.
_CERTAIN = 0.9
_REACH = 160


def is_nobody(text: str, low: str, span: Span) -> bool:
    """Tell whether a name is one of a firm or of a thing, or only counted; `low` is `text` in small letters."""
    if span.score >= _CERTAIN:
        return False
    if _FIRM.match(text, span.end) or _PLACED.search(text, max(0, span.start - 24), span.start):
        return True
    before, behind = max(0, span.start - _REACH), min(len(text), span.end + 1)
    if any(match.end() >= span.end for match in _COUNTED.finditer(low, before, behind)):
        return True
    if "„" not in text[max(0, span.start - 60) : span.start]:
        return False
    for match in _TITLED.finditer(text, max(0, span.start - 90), min(len(text), span.end + 60)):
        if match.start(1) <= span.start and span.end <= match.end(1) and match.span(1) != (span.start, span.end):
            return True
    return False
