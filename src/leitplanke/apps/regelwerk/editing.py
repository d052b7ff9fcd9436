"""What somebody enters to change an entry, and the edit of its file that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.regelwerk.presentation import THRESHOLD, heads_of
from leitplanke.base.interview.days import DayField
from leitplanke.base.interview.forms import ShapeField
from leitplanke.base.interview.wording import said
from leitplanke.core.rules.editing import NewValue, texts_of, with_texts, with_value
from leitplanke.core.rules.facts import plain_value
from leitplanke.core.rules.model import NUMBERS, Kind, Parameter, Regelwerk, Shape, Status, Wert

if TYPE_CHECKING:
    from django.forms import BoundField

MOST_CELLS = 400
FARTHEST = 10**15
STATUSES = [
    ("in_kraft", gettext_lazy("in Kraft")),
    ("verabschiedet", gettext_lazy("verabschiedet, gilt noch nicht")),
    ("entwurf", gettext_lazy("Entwurf")),
]
LABELS = {
    "titel": gettext_lazy("Titel"),
    "frage": gettext_lazy("Frage"),
    "hilfe": gettext_lazy("Hilfe"),
    "norm": gettext_lazy("Grundlage"),
    "erlaeuterung": gettext_lazy("Erläuterung"),
}
LANGUAGES = {"de": gettext_lazy("Deutsch"), "en": gettext_lazy("Englisch")}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a Regelwerk, with the file in which it stands."""

    name: str
    title: str
    datei: str
    parameter: Parameter | None

    @property
    def latest(self) -> Wert | None:
        """The latest value, with which the form begins; a draft only where there is nothing else."""
        values = self.parameter.werte if self.parameter else ()
        return max(values, key=_how_late, default=None)


def _how_late(wert: Wert) -> tuple[bool, date, date]:
    geltung = wert.geltung
    return geltung.status is not Status.ENTWURF, geltung.ab, geltung.bekannt_seit


def entry_of(book: Regelwerk, name: str) -> Entry | None:
    """Return an entry by name."""
    found = book.angaben.get(name) or book.regeln.get(name) or book.ermessen.get(name) or book.parameter.get(name)
    if found is None:
        return None
    return Entry(name, said(found.titel), found.place.file, book.parameter.get(name))


class ReasonForm(forms.Form):
    """Why something changes, and where that stands."""

    quelle = forms.CharField(
        label=gettext_lazy("Quelle"),
        max_length=300,
        help_text=gettext_lazy(
            "Wo steht das? Zum Beispiel: Bundesgesetzblatt 2026 I Nr. 12, oder die Satzung mit Datum."
        ),
    )
    begruendung = forms.CharField(
        label=gettext_lazy("Grund der Änderung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def editable(self) -> bool:
        """Tell whether what changes is complete, apart from source and reason."""
        return not set(self.errors) - {"quelle", "begruendung"}


class ValueForm(ReasonForm):
    """A new dated value of a parameter."""

    field_order = ("ab", "bis", "status", "bekannt_seit")
    ab = DayField(label=gettext_lazy("Gilt ab"), help_text=gettext_lazy("Zum Beispiel 01.01.2027."))
    bis = DayField(label=gettext_lazy("Gilt bis"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Stand des Rechts"), choices=STATUSES)
    bekannt_seit = DayField(
        label=gettext_lazy("Bekannt seit"),
        required=False,
        help_text=gettext_lazy("Tag der Verkündung oder des Entwurfs."),
    )

    def __init__(self, book: Regelwerk, entry: Entry, data: Any = None) -> None:
        """Begin with the cells of the latest value."""
        super().__init__(data, prefix="wert")
        self.entry = entry
        self.names: list[str] = []
        self.heads: list[tuple[str, ...]] = [(_("Wert"),)]
        parameter, wert = entry.parameter, entry.latest
        if parameter is None or wert is None:
            return
        numbers = wert.cells if wert.scalar is None else (wert.scalar,)
        self.heads = heads_of(book, parameter, wert) if wert.scalar is None else self.heads
        self.keys = _raw_keys(book, parameter, wert)
        for place, number in enumerate(numbers):
            name = f"z{place}"
            self.names.append(name)
            self.fields[name] = _cell_field(parameter.shape, self._label(place), number)
        self.order_fields([*self.field_order, *self.names, "quelle", "begruendung"])

    def _label(self, place: int) -> str:
        if len(self.heads) == 1:
            return self.heads[0][place]
        width = len(self.heads[1])
        return f"{self.heads[0][place // width]}, {self.heads[1][place % width]}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Heads of columns, empty for one column."""
        return self.heads[1] if len(self.heads) > 1 else ()

    @property
    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """Rows of the table of cells."""
        width = max(1, len(self.columns))
        return [
            (head, [self[name] for name in self.names[place * width : (place + 1) * width]])
            for place, head in enumerate(self.heads[0])
        ]

    @property
    def single(self) -> bool:
        """Whether there is one cell only."""
        return len(self.names) == 1

    @property
    def plain_fields(self) -> list[BoundField]:
        """Everything but the cells of a table."""
        return [self[name] for name in self.fields if self.single or name not in self.names]

    def edit(self) -> Callable[[str], str]:
        """Return the edit of the file."""
        cleaned = self.cleaned_data
        cells = [str(cleaned[name]) for name in self.names]
        value = NewValue(
            cleaned["ab"], _nested(cells, self.keys), cleaned.get("quelle", ""), cleaned["bis"], cleaned["status"],
            cleaned["bekannt_seit"],
        )  # fmt: skip
        return lambda text: with_value(text, self.entry.name, value)

    def what(self) -> str:
        """Return what changes, in one line."""
        day = self.cleaned_data["ab"]
        return _("%(titel)s: neuer Wert ab %(tag)s") % {"titel": self.entry.title, "tag": f"{day:%d.%m.%Y}"}


class TextForm(ReasonForm):
    """Corrected texts of an entry."""

    def __init__(self, entry: Entry, text: str, data: Any = None) -> None:
        """Begin with the texts as they are."""
        super().__init__(data, prefix="texte")
        self.entry = entry
        self.paths: list[str] = []
        for path, value in texts_of(text, entry.name).items():
            part, _dot, language = path.partition(".")
            label = f"{LABELS[part]} ({LANGUAGES[language]})" if language in LANGUAGES else str(LABELS[part])
            widget = forms.Textarea(attrs={"rows": 2}) if len(value) > 70 else forms.TextInput()
            self.fields[path] = forms.CharField(label=label, initial=value, max_length=1000, widget=widget)
            self.paths.append(path)
        self.order_fields([*self.paths, "quelle", "begruendung"])

    def edit(self) -> Callable[[str], str]:
        """Return the edit of the file."""
        changed = {path: self.cleaned_data[path] for path in self.paths if path in self.changed_data}
        return lambda text: with_texts(text, self.entry.name, changed)

    def what(self) -> str:
        """Return what changes, in one line."""
        return _("%(titel)s: Text berichtigt") % {"titel": self.entry.title}


def may_have_value(entry: Entry) -> bool:
    """Tell whether a new value can be entered in a form."""
    wert = entry.latest
    return wert is not None and len(wert.cells) <= MOST_CELLS


def _cell_field(shape: Shape, label: str, number: int) -> forms.Field:
    value = plain_value(shape, number)
    if shape.kind is Kind.WAHRHEITSWERT:
        choices = [("ja", _("Ja")), ("nein", _("Nein"))]
        return forms.ChoiceField(label=label, choices=choices, initial="ja" if value else "nein")
    if shape.kind is Kind.AUSWAHL:
        choices = [(option, said(words)) for option, words in shape.labels.items()]
        return forms.ChoiceField(label=label, choices=choices, initial=value)
    wide = replace(shape, low=-FARTHEST, high=FARTHEST) if shape.kind in NUMBERS else shape
    field = ShapeField(wide, label=label, initial=str(value))
    field.required = True
    return field


def _raw_keys(book: Regelwerk, parameter: Parameter, wert: Wert) -> list[list[str]]:
    """Return the keys as the file writes them."""
    if parameter.stufe:
        return [[f"{Decimal(number) / THRESHOLD:f}" for number in wert.keys[0]]]
    found = []
    for name, span in zip(parameter.schluessel, wert.keys, strict=False):
        fields = (part for angabe in book.angaben.values() for part in angabe.felder if part.name == name)
        source = book.fact(name) or book.regeln.get(name) or book.ermessen.get(name) or next(fields, None)
        options = source.shape.optionen if source is not None and source.shape.kind is Kind.AUSWAHL else ()
        found.append([options[n] if options else str(n) for n in range(span[0], span[-1] + 1)])
    return found


def _nested(cells: list[str], keys: list[list[str]]) -> str | Mapping[str, Any]:
    if not keys:
        return cells[0]
    if len(keys) == 1:
        return dict(zip(keys[0], cells, strict=True))
    width = len(keys[1])
    return {
        key: dict(zip(keys[1], cells[place * width : (place + 1) * width], strict=True))
        for place, key in enumerate(keys[0])
    }
