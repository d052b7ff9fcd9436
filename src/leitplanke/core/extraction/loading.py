"""Reading kinds of documents from YAML; a mistake names file and place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from leitplanke.core.extraction.model import Belegart, Feld, Vielfaches
from leitplanke.core.rules.model import Kind, Words

_TYPES = frozenset(Kind) - {Kind.LISTE}


class BelegartError(ValueError):
    """A file of `content/belegarten` cannot be used; the message says where and why, in German."""


class _Textual(yaml.SafeLoader):
    """Like the safe loader, but every scalar stays text, so that 335.00 stays exact and `nein` stays a word."""


_Textual.yaml_implicit_resolvers = {}


def load_belegarten(folder: Path | Traversable) -> dict[str, Belegart]:
    """Return every kind of document of a folder by its name, which is that of its file.

    Raises:
        BelegartError: a file is not what it should be.
    """
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    arten = [_belegart(file.name.removesuffix(".yaml"), file.read_text(encoding="utf-8")) for file in files]
    return {art.name: art for art in arten}


def _belegart(name: str, text: str) -> Belegart:
    try:
        raw = yaml.load(text, _Textual)  # noqa: S506 - a safe loader
        felder = {key: _feld(key, value) for key, value in raw.get("felder", {}).items()}
        art = Belegart(
            name=name,
            titel=_words(raw["titel"]),
            woerter={word: int(weight) for weight, words in raw["woerter"].items() for word in words},
            schwelle=int(raw["schwelle"]),
            felder=felder,
            andere=tuple(raw.get("andere", ())),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise BelegartError(f"{name}.yaml lässt sich nicht lesen: {error}") from error
    _check(art)
    return art


def _feld(name: str, raw: Mapping[str, Any]) -> Feld:
    typ = Kind(raw["typ"])
    if typ not in _TYPES:
        raise ValueError(f"{name}: typ {typ} gibt es hier nicht")
    bound = date.fromisoformat if typ is Kind.DATUM else Decimal
    computed = raw.get("vielfaches")
    return Feld(
        name=name,
        titel=_words(raw["titel"]),
        typ=typ,
        bezeichnungen=tuple(raw.get("bezeichnungen", ())),
        nicht=tuple(raw.get("nicht", ())),
        zeitraum=raw.get("zeitraum", ""),
        von=bound(raw["von"]) if "von" in raw else None,
        bis=bound(raw["bis"]) if "bis" in raw else None,
        summe=tuple(raw.get("summe", ())),
        vielfaches=_vielfaches(computed) if computed else None,
        worte={value: tuple(words) for value, words in raw.get("worte", {}).items()},
        einheit=raw.get("einheit", ""),
    )


def _vielfaches(raw: Mapping[str, Any]) -> Vielfaches:
    return Vielfaches(raw["feld"], int(raw["faktor"]), tuple(raw["wenn"]), tuple(raw.get("nicht", ())))


def _words(raw: Mapping[str, str] | str) -> Words:
    return Words(raw) if isinstance(raw, str) else Words(raw["de"], raw.get("en", ""))


def _check(art: Belegart) -> None:
    for feld in art.felder.values():
        used = (*feld.summe, *((feld.vielfaches.feld,) if feld.vielfaches else ()))
        unknown = [name for name in used if name not in art.felder]
        if unknown:
            raise BelegartError(f"{art.name}.yaml: {feld.name} rechnet mit {', '.join(unknown)}, das es nicht gibt.")
        if not (feld.bezeichnungen or feld.worte or used):
            raise BelegartError(f"{art.name}.yaml: {feld.name} braucht bezeichnungen, worte, summe oder vielfaches.")
        if feld.typ is Kind.WAHRHEITSWERT and not set(feld.worte) <= {"ja", "nein"}:
            raise BelegartError(f"{art.name}.yaml: {feld.name} kennt nur ja und nein.")
