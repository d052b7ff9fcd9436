"""Results and settings as pages say them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leitplanke.apps.simulation import files
from leitplanke.apps.simulation.forms import COMPARISONS
from leitplanke.apps.simulation.models import Bevoelkerung
from leitplanke.apps.simulation.plan import DRAFT, OTHER_DAY, Plan
from leitplanke.base.interview.wording import number, unit_words
from leitplanke.core.rules.german import unit_for

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.apps.simulation.models import Simulationslauf
    from leitplanke.base.accounts.access import Actor

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that says it all, with what it is."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, and its cells."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures."""

    caption: str
    hint: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of the result that can be looked at."""

    column: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the page of a result shows of one value."""

    value: str
    sentence: str
    figures: tuple[Figure, ...]
    change: tuple[Figure, ...]
    tables: tuple[Table, ...]
    picture: int | None
    picture_text: str
    choices: tuple[Choice, ...]
    unused: tuple[str, ...]


class Said:
    """The texts and units of one value, as the summary keeps them."""

    def __init__(self, summary: dict[str, Any], value: dict[str, Any]) -> None:
        """Look at one value of the summary."""
        self.summary = summary
        self.value = value
        self.called = summary["bezeichnungen"].get(value["wert"]) or {"einheit": "", "art": "Zahl", "stellen": 0}

    @property
    def title(self) -> str:
        """What the value is called."""
        return words(self.called["titel"]) if "titel" in self.called else str(self.value["wert"])

    @property
    def unit(self) -> str:
        """Its unit as one says it."""
        return unit_words(self.called["einheit"])

    def amount(self, value: float, *, whole: bool = False) -> str:
        """Return an amount with its unit; of many cases together, cents say nothing."""
        places = 0 if whole else 2
        text = counted(value, places)
        return f"{text} {self.unit}" if self.unit else text

    def judged(self) -> str:
        """Return the answers to the judgements that were played through."""
        parts = []
        for name, answer in self.value["urteile"].items():
            known = self.summary["ermessen"].get(name, {"titel": {"de": name, "en": ""}, "optionen": {}})
            parts.append(f"{words(known['titel'])}: {_answer(answer, known['optionen'])}")
        return ", ".join(parts)


def words(texts: dict[str, str]) -> str:
    """Return a text in the language of the page."""
    return texts["en"] if get_language() == "en" and texts.get("en") else texts["de"]


def _answer(answer: Any, options: dict[str, dict[str, str]]) -> str:
    if isinstance(answer, bool):
        return _("ja") if answer else _("nein")
    return words(options[answer]) if answer in options else str(answer)


def counted(value: float, places: int = 0) -> str:
    """Return a number grouped, with a true minus sign."""
    text = formats.number_format(abs(round(value, places)), places, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if round(value, places) < 0 else text


def signed(value: float, places: int = 0) -> str:
    """Return a change with its sign."""
    return f"+{counted(value, places)}" if round(value, places) > 0 else counted(value, places)


def share(part: float, whole: float) -> str:
    """Return a share as percent."""
    return f"{counted(100 * part / whole if whole else 0, 1)}\u00a0%"


def day_text(day: date) -> str:
    """Return a day the short way."""
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))


def result_of(lauf: Simulationslauf, column: str) -> ResultPage:
    """Return what to show of the value `column`, the first where there is none of that name."""
    summary = json.loads(files.summary_file(lauf).read_text("utf-8"))
    value = next((one for one in summary["werte"] if one["spalte"] == column), summary["werte"][0])
    said = Said(summary, value)
    plan = Plan.from_json(lauf.plan)
    choices = tuple(_choices(summary, value["spalte"]))
    sentence = _sentence(said, plan)
    if said.judged():
        sentence = _("%(urteile)s. %(satz)s") % {"urteile": said.judged(), "satz": sentence}
    return ResultPage(
        value=said.title,
        sentence=sentence,
        figures=tuple(_figures(said)),
        change=tuple(_change(said)),
        tables=tuple(_tables(said)),
        picture=value["bild"],
        picture_text=_("Säulenbild zu %(wert)s. Dieselben Zahlen stehen in den Tabellen darunter.")
        % {"wert": said.title},
        choices=choices if len(choices) > 1 else (),
        unused=tuple(summary["unbenutzte_spalten"]),
    )


def _choices(summary: dict[str, Any], chosen: str) -> Iterator[Choice]:
    for value in summary["werte"]:
        said = Said(summary, value)
        label = f"{said.title} ({said.judged()})" if said.judged() else said.title
        yield Choice(value["spalte"], label, value["spalte"] == chosen)


def _sentence(said: Said, plan: Plan) -> str:
    """Say in one sentence what came out."""
    total, against = said.value["ergebnis"], said.value["vergleich"]
    if against is None:
        text = _("In %(treffer)s von %(faelle)s Fällen ergibt sich %(wert)s: zusammen %(summe)s, im Mittel %(mittel)s.")
        return text % {
            "treffer": counted(total["mit_anspruch"]),
            "faelle": counted(total["faelle"]),
            "wert": said.title,
            "summe": said.amount(total["summe"], whole=True),
            "mittel": said.amount(total["mittel"]),
        }
    change = total["summe"] - against["summe"]
    more = _("%(neu)s ergibt %(betrag)s mehr als %(alt)s (%(anteil)s).")
    less = _("%(neu)s ergibt %(betrag)s weniger als %(alt)s (%(anteil)s).")
    same = _("%(neu)s ergibt zusammen dasselbe wie %(alt)s.")
    counts = _("Mehr ist es in %(mehr)s Fällen, weniger in %(weniger)s, gleich viel in %(gleich)s.") % {
        "mehr": counted(said.value["mehr"]["faelle"]),
        "weniger": counted(said.value["weniger"]["faelle"]),
        "gleich": counted(said.value["gleich"]["faelle"]),
    }
    first = (same if not change else more if change > 0 else less) % {
        "neu": new_law(plan),
        "alt": old_law(plan),
        "betrag": said.amount(abs(change), whole=True),
        "anteil": _signed_share(change, against["summe"]),
    }
    return f"{first} {counts}"


def _signed_share(change: float, whole: float) -> str:
    return f"{signed(100 * change / whole if whole else 0, 1)}\u00a0%"


def new_law(plan: Plan) -> str:
    """Say which law is asked about, at the beginning of a sentence."""
    day = day_text(plan.day)
    if plan.against == DRAFT:
        return (_("Der geänderte Entwurf zum %(tag)s") if plan.changes else _("Der Entwurf zum %(tag)s")) % {"tag": day}
    text = _("Das geänderte Recht vom %(tag)s") if plan.changes else _("Das Recht vom %(tag)s")
    return text % {"tag": day}


def old_law(plan: Plan) -> str:
    """Say what it is held against."""
    if plan.against == OTHER_DAY and plan.other_day:
        return _("das Recht vom %(tag)s") % {"tag": day_text(plan.other_day)}
    if plan.against == DRAFT:
        return _("das geltende Recht")
    return _("das unveränderte Recht")


def _figures(said: Said) -> Iterator[Figure]:
    total, against = said.value["ergebnis"], said.value["vergleich"]

    def note(text: str) -> str:
        return _("im Vergleich: %(text)s") % {"text": text} if against else ""

    old = against or total
    yield Figure(
        _("Zusammen"),
        said.amount(total["summe"], whole=True),
        note(said.amount(old["summe"], whole=True)),
    )
    yield Figure(
        _("Fälle mit einem Betrag über 0"),
        f"{counted(total['mit_anspruch'])} ({share(total['mit_anspruch'], total['faelle'])})",
        note(f"{counted(old['mit_anspruch'])} ({share(old['mit_anspruch'], old['faelle'])})"),
    )
    yield Figure(_("Im Mittel dieser Fälle"), said.amount(total["mittel"]), note(said.amount(old["mittel"])))


def _change(said: Said) -> Iterator[Figure]:
    value, total = said.value, said.value["ergebnis"]["faelle"]
    if value["vergleich"] is None:
        return
    for key, label in (("mehr", _("Mehr")), ("weniger", _("Weniger")), ("gleich", _("Gleich viel"))):
        count = value[key]["faelle"]
        cases = ngettext("%(n)s Fall", "%(n)s Fälle", count) % {"n": counted(count)}
        amount = value[key].get("summe")
        note = f"{share(count, total)}"
        if amount:
            note += f", {_('zusammen')} {signed(amount)} {said.unit}".rstrip()
        yield Figure(label, cases, note)


def _tables(said: Said) -> Iterator[Table]:
    named = said.summary["einteilung"]
    for key in ("dezile", "gruppen"):
        rows = said.value[key]
        if rows and key in named:
            yield _table(said, key, named[key], rows)


def _table(said: Said, key: str, called: dict[str, Any], rows: list[dict[str, Any]]) -> Table:
    title = words(called["titel"])
    deciles = key == "dezile"
    caption = _("%(wert)s nach Zehnteln: %(nach)s") if deciles else _("%(wert)s nach Gruppen: %(nach)s")
    hints = [_("Beträge in %(einheit)s.") % {"einheit": said.unit}] if said.unit else []
    if deciles:
        hints.append(_("In jedem Zehntel sind gleich viele Fälle, im ersten die mit den kleinsten Beträgen."))
    columns = [_("Fälle"), _("über 0"), _("zusammen")]
    if "differenz" in rows[0]:
        columns += [_("mehr"), _("weniger"), _("Unterschied")]
    body = tuple(Row(_head(key, called, row), tuple(_cells(row))) for row in rows)
    return Table(
        caption % {"wert": said.title, "nach": title},
        " ".join(hints),
        _("Zehntel") if deciles else title,
        tuple(columns),
        body,
    )


def _head(key: str, called: dict[str, Any], row: dict[str, Any]) -> str:
    if key == "gruppen":
        group = row["gruppe"]
        unit = called["einheit"] if get_language() == "en" else unit_for(group, called["einheit"])
        return f"{_('ohne Angabe') if group is None else group} {unit}".strip()
    low, high = (counted(float(row[end])) for end in ("von", "bis"))
    return _("%(nummer)s. (%(von)s bis %(bis)s)") % {"nummer": row["dezil"], "von": low, "bis": high}


def _cells(row: dict[str, Any]) -> Iterator[str]:
    yield counted(row["faelle"])
    yield counted(row["mit_anspruch"])
    yield counted(row["summe"])
    if "differenz" in row:
        yield counted(row["gewinner"])
        yield counted(row["verlierer"])
        yield signed(row["differenz"])


def settings_of(lauf: Simulationslauf) -> list[tuple[str, str]]:
    """Return what was asked for, to be read and repeated."""
    plan, called = Plan.from_json(lauf.plan), lauf.beschriftung
    layer = called.get("ebene")
    rows = [
        (_("Regelwerk"), f"{lauf.titel}, {layer}" if layer else lauf.titel),
        (_("Stichtag"), day_text(plan.day)),
        (_("Vergleich"), str(COMPARISONS[plan.against])),
    ]
    if plan.other_day:
        rows.append((_("Der andere Tag"), day_text(plan.other_day)))
    if plan.count:
        rows += [(_("Erfundene Fälle"), counted(plan.count)), (_("Startwert"), str(plan.seed))]
    rows += [(_("Tabelle"), name) for name in plan.files.values()]
    known = called.get("bezeichnungen", {})
    rows.append((_("Werte"), ", ".join(words(known[n]["titel"]) if n in known else n for n in plan.values)))
    return rows + [_judged(called.get("ermessen", {}), name, value) for name, value in plan.judgements.items()]


def _judged(judgements: dict[str, Any], name: str, value: Any) -> tuple[str, str]:
    known = judgements.get(name)
    return (words(known["titel"]), _answer(value, known["optionen"])) if known else (name, str(value))


@dataclass(frozen=True, slots=True)
class Changed:
    """A parameter that was set to another value."""

    title: str
    norm: str
    before: str
    after: str


def changes_of(lauf: Simulationslauf) -> list[Changed]:
    """Return the changed parameters, old and new."""
    called = lauf.beschriftung.get("parameter", {})
    return [_changed(called[name], value) for name, value in lauf.plan["aenderungen"].items() if name in called]


def _changed(called: dict[str, Any], value: str) -> Changed:
    unit = "%" if called["art"] == "Prozent" else unit_words(called["einheit"])
    least = 2 if called["art"] == "Betrag" and called["stellen"] else 0
    before, after = (f"{number(Decimal(text), least)} {unit}".strip() for text in (called["vorher"] or "0", value))
    return Changed(words(called["titel"]), called["norm"], before, after)


def again_url(lauf: Simulationslauf) -> str:
    """Return where to reckon a simulation again, changed or not."""
    asked = {
        "regelwerk": f"{lauf.regelwerk}:{lauf.ebene}",
        "am": Plan.from_json(lauf.plan).day.isoformat(),
        "aus": str(lauf.kennung),
    }
    return f"{reverse('simulation:neu')}?{urlencode(asked)}"


def initial_of(actor: Actor, lauf: Simulationslauf) -> dict[str, Any]:
    """Return the form as it was filled in for a simulation; its tables are there already."""
    plan = Plan.from_json(lauf.plan)
    initial: dict[str, Any] = {
        "bezeichnung": lauf.bezeichnung,
        "bevoelkerung": lauf.bevoelkerung,
        "vergleich": plan.against,
        "vergleichstag": plan.other_day,
        "werte": list(plan.values),
        **{f"parameter_{name}": value for name, value in plan.changes.items()},
        **{f"urteil_{name}": value for name, value in plan.judgements.items()},
    }
    if lauf.bevoelkerung == Bevoelkerung.ERFUNDEN:
        initial |= {"anzahl": str(plan.count), "startwert": str(plan.seed)}
    for name, upload in files.uploads_of(lauf).items():
        initial[f"beleg_{name}"] = files.token_for(actor, upload)
    return initial
