"""Cyrillic and Greek names in Latin letters, as German and English papers write them."""

from __future__ import annotations

import unicodedata

_CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяјљњћђџўқғҳ"
_GERMAN = [
    "a",
    "b",
    "w",
    "g",
    "g",
    "d",
    "e",
    "jo",
    "je",
    "sch",
    "s",
    "i",
    "i",
    "ji",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "ch",
    "z",
    "tsch",
    "sch",
    "schtsch",
    "_",
    "y",
    "_",
    "e",
    "ju",
    "ja",
    "j",
    "lj",
    "nj",
    "c",
    "dj",
    "dz",
    "u",
    "k",
    "g",
    "h",
]
_ENGLISH = [
    "a",
    "b",
    "v",
    "g",
    "g",
    "d",
    "e",
    "yo",
    "ye",
    "zh",
    "z",
    "i",
    "i",
    "yi",
    "y",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "_",
    "y",
    "_",
    "e",
    "yu",
    "ya",
    "j",
    "lj",
    "nj",
    "c",
    "dj",
    "dz",
    "o",
    "q",
    "gh",
    "h",
]
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_LATIN = [
    "a",
    "v",
    "g",
    "d",
    "e",
    "z",
    "i",
    "th",
    "i",
    "k",
    "l",
    "m",
    "n",
    "x",
    "o",
    "p",
    "r",
    "s",
    "s",
    "t",
    "y",
    "f",
    "ch",
    "ps",
    "o",
]


def _table(signs: str, latin: list[str]) -> dict[int, str]:
    return {ord(sign): "" if form == "_" else form for sign, form in zip(signs, latin, strict=True)}


_TABLES = (
    ("Ѐ", "ӿ", (_table(_CYRILLIC, _GERMAN), _table(_CYRILLIC, _ENGLISH))),
    ("Ͱ", "Ͽ", (_table(_GREEK, _GREEK_LATIN),)),
)


def latin_forms(name: str) -> str:
    """Return `name` and, where it is Cyrillic or Greek, its Latin forms, apart by blanks."""
    if name.isascii():
        return name
    for first, last, tables in _TABLES:
        if any(first <= sign <= last for sign in name):
            return " ".join([name, *(_plain(name).translate(table) for table in tables)])
    return name


def _plain(name: str) -> str:

    # й and ї are letters of their own: they would lose their mark when taken apart.
    apart = "".join(sign if sign in "йїё" else unicodedata.normalize("NFD", sign) for sign in name.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
