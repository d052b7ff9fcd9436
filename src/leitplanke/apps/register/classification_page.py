"""A classification as the page shows it, from what was kept with it; texts may be words or words in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.apps.register.gate_facts import standing_blocks
from leitplanke.apps.register.labels import CLASS_KINDS, CLASS_LABELS
from leitplanke.base.interview.wording import said, stated
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.aiact.citing import german
from leitplanke.core.rules.interview import is_open

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Einstufung, Eintrag


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page: what, on what it stands, and whether it is certain."""

    titel: str
    norm: str = ""
    text: str = ""
    certain: bool = True
    due: date | None = None
    wer: str = ""
    nachweis: str = ""
    lesarten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InWords:
    """A classification in words."""

    klasse: str
    klasse_kind: str
    haus: str
    haus_kind: str
    haus_strenger: bool
    punkte: tuple[Row, ...]
    grundlage: tuple[str, ...]
    ausnahme: str
    transparenz: tuple[Row, ...]
    pflichten: tuple[Row, ...]
    sperren: tuple[Row, ...]
    zu_beachten: tuple[Row, ...]
    zweifel: tuple[Row, ...]
    fehlt: tuple[str, ...]
    annahmen: tuple[str, ...]
    beweis: tuple[Row, ...]
    angaben: tuple[Row, ...]
    recht: str


def page_of(einstufung: Einstufung, eintrag: Eintrag) -> InWords:
    """Return a classification in words."""
    kept = einstufung.ergebnis
    said_now = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    standing = {one["rule"] for one in standing_blocks(einstufung, said_now)}
    legal, house = kept.get("legal_class", ""), kept.get("house_class", "")
    return InWords(
        klasse=_(CLASS_LABELS.get(legal, legal)), klasse_kind=CLASS_KINDS.get(legal, "info"),
        haus=_(CLASS_LABELS.get(house, house)), haus_kind=CLASS_KINDS.get(house, "info"), haus_strenger=house != legal,
        punkte=tuple(_row(one) for one in kept.get("points", ())),
        grundlage=tuple(map(str, kept.get("legal_basis", ()))),
        ausnahme=str(kept.get("exemption") or ""),
        transparenz=tuple(_transparency(one) for one in kept.get("transparency", ())),
        pflichten=tuple(sorted(map(_duty, kept.get("obligations", ())), key=lambda row: row.due or date.min)),
        sperren=tuple(_row(one) for one in kept.get("local_blocks", ()) if one["rule"] in standing),
        zu_beachten=tuple(_row(one) for one in kept.get("local_blocks", ()) if one["rule"] not in standing),
        zweifel=tuple(_doubt(one) for one in kept.get("doubts", ())),
        fehlt=tuple(fact_title(name) for name in kept.get("missing_facts", ())),
        annahmen=tuple(fact_title(name) for name in kept.get("assumptions", ())),
        beweis=tuple(_row(one) for one in kept.get("proof", ())),
        angaben=tuple(_fact(name, value, einstufung.herkunft) for name, value in einstufung.facts.items()),
        recht=einstufung.law_version,
    )  # fmt: skip


def fact_title(name: str) -> str:
    """Return what people call a fact."""
    found = load_ki_verordnung().regelwerk.fact(name)
    return said(found.titel) if found is not None else name


def _fact(name: str, value: Any, origin: Mapping[str, str]) -> Row:
    angabe = load_ki_verordnung().regelwerk.fact(name)
    text = _("nicht bekannt") if value is None or is_open(value) else str(value)
    if angabe is not None and text == str(value):
        text = stated(value, angabe.shape, angabe.shape.einheit)
    whence = {"text": _("aus dem Text vorgeschlagen"), "angabe": _("aus dem Eintrag übernommen")}
    return Row(fact_title(name), angabe.norm if angabe else "", text, wer=whence.get(origin.get(name, ""), ""))


def _row(one: Any) -> Row:
    if not isinstance(one, Mapping):
        return Row(str(one))
    title = _words(one.get("title")) or str(one.get("label") or one.get("norm") or one.get("rule") or "")
    norm = str(one.get("norm") or one.get("label") or "")
    return Row(title, "" if norm == title else norm, str(one.get("source") or ""), bool(one.get("certain", True)))


def _transparency(one: Mapping[str, Any]) -> Row:
    """Return a duty of Art. 50; its label is such as „50(1) provider“."""
    article, _space, role = str(one["label"]).partition(" ")
    roles = {"provider": _("wer es anbietet"), "deployer": _("wer es betreibt")}
    return Row(_words(one["title"]), f"Art. {article}", roles.get(role, role), bool(one["certain"]))


def _duty(one: Mapping[str, Any]) -> Row:
    owner = load_ki_verordnung().owners.get(one.get("owner", ""))
    due = str(one.get("due") or "")
    return Row(
        titel=_words(one.get("title")) or german(one["article"]), norm=german(one["article"]),
        text=_words(one["sentence"]),
        certain=bool(one.get("certain", True)), due=date.fromisoformat(due) if due else None,
        wer=said(owner) if owner is not None else str(one.get("owner") or ""), nachweis=str(one.get("evidence") or ""),
    )  # fmt: skip


def _doubt(one: Any) -> Row:
    if not isinstance(one, Mapping):
        return Row(str(one))
    readings = tuple(_words(reading) for reading in one.get("readings", ()))
    why = _words(one.get("why"))
    return Row(_words(one.get("title")) or why, str(one.get("norm") or ""), why, lesarten=readings)


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get(get_language() or "de") or value.get("de") or "")
    return str(value or "")
