"""Named things: what must appear in the evidence by name, because nothing else can stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leitplanke.core.grounding.words import fold

_QUOTED = re.compile(r"[„“\"»‚]([^„“”\"«»‘]{3,80})[“”\"«‘]")
_NORM = re.compile(r"§§?\s*\d+\s?[a-z]?\b|\bArt(?:ikel|\.)?\s*\d+[a-z]?\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
# Written in capitals, with a capital inside, or with digits: VKU, ChatGPT, SGB, K.AI, LAG, CO2.
_ODD = re.compile(
    r"\b(?:[A-ZÄÖÜ]\.[A-ZÄÖÜ]{2,}|[A-ZÄÖÜ]{2,}[a-zäöü]{0,2}\d*|[A-Z]?[a-zäöü]+[A-Z]\w+|[A-Z]{2,}-[A-Z]\w+)\b"
)
_PERSON = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Prof\.)\s+(?:Dr\.\s+)?([A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?)")
_CAPITALISED = re.compile(r"(\b(?:in|aus|Stadt|nach|bei|von|für)\s+)?\b([A-ZÄÖÜ][\w-]+)")
_AMBIGUOUS = frozenset({"Essen", "Halle", "Hagen", "Hamm", "Siegen", "Celle", "Unna"})  # also ordinary words
_COMMON = frozenset({"KI", "IT", "EDV", "PC", "EU", "PDF", "OK", "AG", "USB", "FAQ", "AI", "WC"})


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A name in a question. `kind` is place, norm, year, number, quoted, person or name."""

    text: str
    kind: str

    def within(self, folded: str) -> bool:
        """Tell whether `folded` (see `words.fold`) mentions the thing."""
        return _mentions(fold(self.text), self.kind, folded)


@lru_cache(maxsize=50_000)
def _mentions(name: str, kind: str, folded: str) -> bool:
    if kind == "quoted":
        return name in folded
    if kind == "norm":
        return re.sub(r"\s+", "", name).replace("artikel", "art") in re.sub(r"\s+", "", folded).replace(
            "artikel", "art"
        )
    if kind == "place":
        return re.search(rf"(?<!\w){re.escape(name)}(?:s|er|erin|ern)?(?!\w)", folded) is not None
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?:s|er|en)?(?![a-z0-9])", folded) is not None


def named_things(text: str) -> tuple[NamedThing, ...]:
    """Return the named things of a question, each once."""
    found: dict[str, NamedThing] = {}
    rest = text
    for pattern, kind in ((_QUOTED, "quoted"), (_NORM, "norm"), (_PERSON, "person")):
        for match in pattern.finditer(rest):
            name = match[1] if pattern.groups else match[0]
            found.setdefault(fold(name), NamedThing(name.strip(), kind))
        rest = pattern.sub(" ", rest)
    for thing in (*_years(rest), *_numbers(rest), *_odd(rest), *_places(rest)):
        found.setdefault(fold(thing.text), thing)
    return tuple(found.values())


def _years(text: str) -> list[NamedThing]:
    return [NamedThing(match[0], "year") for match in _YEAR.finditer(text)]


def _numbers(text: str) -> list[NamedThing]:
    return [NamedThing(match[0], "number") for match in _NUMBER.finditer(text) if not _YEAR.fullmatch(match[0])]


def _odd(text: str) -> list[NamedThing]:
    names = (match[0] for match in _ODD.finditer(text))
    return [NamedThing(name, "name") for name in names if name not in _COMMON and not name.startswith("KI-")]


def _places(text: str) -> list[NamedThing]:
    return [NamedThing(name, "place") for name in places_in(text)]


def places_in(text: str) -> list[str]:
    """Return the places named in a text, in their base form ("Dortmunder" names Dortmund)."""
    found = (_place(match) for match in _CAPITALISED.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def _place(match: re.Match[str]) -> str:
    folded = fold(match[2])
    for ending in ("", "s", "er", "ern"):
        name = PLACES.get(folded.removesuffix(ending)) if folded.endswith(ending) else None
        if name and (name not in _AMBIGUOUS or match[1]):
            return name
    return ""


def _place_table(text: str) -> dict[str, str]:
    return {fold(name.strip()): name.strip() for name in text.replace("\n", ",").split(",") if name.strip()}


# Länder, states, and towns above roughly 100,000 inhabitants, with those known for their AI guidelines.
PLACES = _place_table(
    """
    Deutschland, Österreich, Schweiz, Frankreich, Polen, Dänemark, Niederlande, Belgien, Luxemburg,
    Tschechien, Italien, Spanien, Türkei, Ukraine, Estland, Finnland, Schweden, Norwegen, USA, China,
    Russland, Großbritannien, England, Indien, Japan, Europa, Baden-Württemberg, Bayern, Berlin, Brandenburg,
    Bremen, Hamburg, Hessen, Mecklenburg-Vorpommern, Niedersachsen, Nordrhein-Westfalen, NRW, Rheinland-Pfalz,
    Saarland, Sachsen, Sachsen-Anhalt, Schleswig-Holstein, Thüringen, München, Köln, Frankfurt, Stuttgart,
    Düsseldorf, Leipzig, Dortmund, Essen, Dresden, Hannover, Nürnberg, Duisburg, Bochum, Wuppertal, Bielefeld,
    Bonn, Münster, Mannheim, Karlsruhe, Augsburg, Wiesbaden, Mönchengladbach, Gelsenkirchen, Aachen,
    Braunschweig, Chemnitz, Kiel, Halle, Magdeburg, Freiburg, Krefeld, Mainz, Lübeck, Erfurt, Oberhausen,
    Rostock, Kassel, Hagen, Potsdam, Saarbrücken, Hamm, Ludwigshafen, Oldenburg, Mülheim, Osnabrück,
    Leverkusen, Heidelberg, Darmstadt, Solingen, Regensburg, Herne, Paderborn, Neuss, Ingolstadt, Offenbach,
    Fürth, Ulm, Heilbronn, Pforzheim, Würzburg, Wolfsburg, Göttingen, Bottrop, Reutlingen, Erlangen,
    Bremerhaven, Koblenz, Remscheid, Trier, Recklinghausen, Jena, Moers, Salzgitter, Siegen, Gütersloh,
    Hildesheim, Hanau, Kaiserslautern, Cottbus, Schwerin, Gera, Zwickau, Görlitz, Tübingen, Konstanz,
    Esslingen, Ludwigsburg, Schorndorf, Wien, Zürich, Paris, London, Amsterdam, Barcelona, Helsinki, Bamberg,
    Bayreuth, Passau, Celle, Lüneburg, Flensburg, Neumünster, Dessau, Weimar, Emsland, Musterstadt, Graz,
    Linz, Salzburg, Bern, Basel, Brüssel, Siegburg, Herford, Coburg, Rosenheim, Landshut, Gießen, Marburg,
    Fulda, Villingen, Delmenhorst, Wilhelmshaven, Minden, Lünen, Unna, Soest
    """
)
