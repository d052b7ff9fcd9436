"""Questions that no document can answer: about one case, about nothing named, asking for advice or for the future."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.grounding.answer import Reason
from leitplanke.core.grounding.words import content_words

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.core.grounding.question import Question


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MY = r"(?:mein|unser|dein|ihr|sein)(?:e[nmrs]?)?"
_MATTER = (
    r"(?:\w*(?:antrag|anträge|antrags|anträgen|bescheid|bescheids|bescheide|widerspruch|widerspruchs|klage|"
    r"vorgang|verfahren|akte|ablehnung|nachzahlung|bewilligung|"
    r"baumfällung|kündigung|abmahnung|rente|aktenzeichen|genehmigung|termin))"
)
_CASE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"^(?:wurde|wird|ist|war|hat|haben|bekomme|bekommen|wann|warum|wieso|"
            rf"weshalb)\b.{{0,60}}\b{_MY} (?:\w+ )?{_MATTER}\b.{{0,60}}"
            r"\b(?:abgelehnt|genehmigt|bewilligt|geprüft|bearbeitet|entschieden|fertig|da|angekommen|eingegangen|"
            r"gelöscht|mitgewirkt|beteiligt|durch)\b"
        ),
        rf"\bbei (?:der|dem) \w+ {_MY} {_MATTER}",
        (
            rf"\b(?:bekomme|bekommen|kriege|erhalte) (?:ich|"
            rf"wir) (?:\w+ ){{0,3}}{_MY} (?:\w+ )?\w+.{{0,30}}\b(?:bewilligt|genehmigt|ausgezahlt|zurück)\b"
        ),
        (
            rf"\bwann (?:bekomme|kriege|erhalte|kommt|kriegen|bekommen) (?:ich |"
            rf"wir )?(?:\w+ ){{0,2}}{_MY} (?:\w+ )?{_MATTER}"
        ),
        r"\bwar (?:das|dies) (?:rechtens|rechtmäßig|in ordnung|erlaubt|zulässig|korrekt|richtig)\b",
        (
            r"\b(?:was|wie viel|wieviel) (?:\w+ )?muss ich (?:\w+ ){0,3}(?:noch |dieses jahr )(?:\w+ )?(?:zahlen|"
            r"nachzahlen|bezahlen)"
        ),
        (
            rf"\b(?:hat|haben|lehnt|lehnte)\b.{{0,50}}\b{_MY} (?:\w+ )?{_MATTER}\b.{{0,30}}\b(?:abgelehnt|"
            r"zurückgewiesen|"
            rf"bewilligt|genehmigt|ab)\b"
        ),
        (
            r"\b(?:mein|meine|unser|unsere) (?:kollege|kollegin|chef|chefin|nachbar|nachbarin|vorgesetzter?|"
            r"sachbearbeiterin?|mitarbeiterin?)\b.{0,80}\b(?:hat|wurde|ist)\b.{5,200}"
            r"\b(?:muss|darf|war|wird|droht|kann) (?:er|sie|ich|das|ihm|ihr|jetzt)\b"
        ),
        r"\b(?:herrn?|frau) [A-ZÄÖÜ]\w+ vom \w*(?:amt|jobcenter|büro)",
        r"\b(?:aktenzeichen|az\.?|geschäftszeichen)\s*:?\s*\w*\d",
    )
)
_ADVICE = re.compile(
    r"\b(?:soll|sollen|sollte|sollten) (?:ich|wir|unsere \w+|man)\b.{0,40}\b(?:lieber|besser|eher|nehmen|kaufen|"
    r"anschaffen|wählen)\b|"
    r"\b(?:empfiehlst du|empfehlen sie|was empfiehlst|was rätst|raten sie|würdest du|würden sie)\b|"
    r"\bwelche[nrs]? .{0,60}\b(?:soll|sollen|sollte|sollten) (?:ich|wir|unsere?) .{0,40}\b(?:nehmen|kaufen|"
    r"wählen|anschaffen|beauftragen)\b|"
    r"\b(?:ist|sind) .{3,40} besser als\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\bwird (?:das|der|die) \w*gericht\b.{0,80}\bentscheiden\b|\bwie wird\b.{0,80}\b(?:gericht\w*|wahl|"
    r"prozess)\b.{0,60}\b(?:entscheiden|ausgehen|urteilen)\b|"
    r"\bwird \w[\w ]{2,60} in (?:\w+ )?(?:zehn|fünf|zwanzig|\d+) jahren\b|\bwer (?:gewinnt|wird \w+ gewinnen)\b",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"\b(?:in den (?:letzten|vergangenen) \w+|diese (?:woche|tage)|dieser (?:woche|tage)|diesen monat|"
    r"in diesem (?:monat|jahr)|neueste[nrsm]?|aktuelle[nrsm]? (?:stand|rechtslage|fassung|entwicklung)|"
    r"zuletzt geändert|seit gestern|heute früh|gerade eben|letzte (?:woche|änderung)|inzwischen)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:früher|damals|vor (?:19|20)\d\d|ehemals|war .{0,30}(?:19|20)\d\d|galten?)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:das|dies|dieses|diese|es|sie|dort|da|damit|dazu|davon|denen|so|genauso|den anderen|die anderen)\b",
    re.IGNORECASE,
)
_GENERIC = _set(
    """
    frage info infos information informationen formular hilfe thema sache ding dinge anliegen problem mehr weiter kosten
    kostet details bitte danke gehen meinst meinen denkst anderen andere genauso gleich geht antwort auskunft unterlagen
    wissen hallo
    """
)
_ENGLISH = _set("the is are what who when where how does do can of and to in for with my please which must should")


def settled_reason(question: Question) -> Reason | None:
    """Return why a question cannot be answered from any document, or None."""
    if is_unclear(question):
        return Reason.UNCLEAR
    if any(pattern.search(question.text) for pattern in _CASE):
        return Reason.CASE_SPECIFIC
    if _ADVICE.search(question.text) or _FORECAST.search(question.text):
        return Reason.OUTSIDE_SCOPE
    return None


def is_unclear(question: Question) -> bool:
    """Tell whether the question names nothing that could be looked up."""
    lowered = [word.lower() for word in re.findall(r"\w+", question.text)]
    if len(lowered) >= 3 and sum(word in _ENGLISH for word in lowered) >= 0.4 * len(lowered):
        return True
    matter = [word for word in content_words(question.text) if word.text.lower() not in _GENERIC]
    if not matter:
        return True
    nouns = [word for word in matter if word.capital and word.start > 0]
    return not nouns and len(matter) <= 1 and len(lowered) <= 8 and _POINTING.search(question.text) is not None


def asks_for_news(question: Question) -> bool:
    """Tell whether the question asks for the latest state of something."""
    return _RECENT.search(question.text) is not None


def asks_for_the_past(question: Question, on: date | None) -> bool:
    """Tell whether the question asks how something was before."""
    past = [int(name.text) for name in question.names if name.kind == "year"]
    return _FORMER.search(question.text) is not None or bool(on and past and max(past) < on.year - 1)
