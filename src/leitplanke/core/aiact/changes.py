"""What a change of law, or of a system, changes in a classification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leitplanke.core.aiact.model import Classification

_TITLES = {
    "law_version": "Fassung der KI-Verordnung", "legal_class": "Klasse", "house_class": "Klasse nach der Hausregel",
    "settled": "Klasse steht fest", "legal_basis": "Rechtsgrundlage", "exemption": "Ausnahme",
    "applies_from": "gilt ab", "transparency": "Transparenz", "roles": "Rollen", "obligations": "Pflichten",
    "local_blocks": "Recht vor Ort", "doubts": "Zweifel", "missing_facts": "offene Angaben",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `old` and `new` are short texts, sorted lists where there are several."""

    key: str
    title: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def text(self) -> str:
        """The difference as one German line."""
        return f"{self.title}: {', '.join(self.old) or 'nichts'} → {', '.join(self.new) or 'nichts'}"


def affected_by_change(
    then: Classification | Mapping[str, Any], now: Classification | Mapping[str, Any]
) -> tuple[Change, ...]:
    """Return what differs between two classifications, or between what `as_data` returned of them; nothing if none."""
    was, is_now = _told(then), _told(now)
    return tuple(Change(key, title, was[key], is_now[key]) for key, title in _TITLES.items() if was[key] != is_now[key])


def _told(found: Classification | Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    data = found.as_data() if isinstance(found, Classification) else found
    told = {key: _texts(data.get(key)) for key in _TITLES}
    told["transparency"] = _texts([duty["label"] for duty in data.get("transparency", ())])
    told["obligations"] = _texts(
        [f"{duty['article']} ({duty['name']}) ab {duty['due']}" for duty in data.get("obligations", ())]
    )
    told["local_blocks"] = _texts([block["rule"] for block in data.get("local_blocks", ())])
    told["doubts"] = _texts([f"{doubt['rule']} ({doubt['guidance_status']})" for doubt in data.get("doubts", ())])
    return told


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(sorted(map(str, value))) if isinstance(value, list | tuple) else (str(value),)
