"""The form of a group of statements, made from `content/register/felder.yaml`: a new statement needs no change here.

Tables work without JavaScript: the button „Zeile hinzufügen“ shows the form again with one more empty row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.statements import SICHT_LABELS
from leitplanke.base.interview.days import DayField
from leitplanke.base.interview.reading import whole_number
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import MOST_CHARACTERS, MOST_ROWS, Art, Feld, Gruppe, Sicht

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms import BoundField
    from django.utils.safestring import SafeString

COUNT = "-zeilen"
ADD = "zeile"
MOST_RADIOS = 5
NEEDED = {
    "erprobung": gettext_noop("nötig vor Erprobung und Freigabe"),
    "freigabe": gettext_noop("nötig vor der Freigabe"),
}


class TableInput(forms.Widget):
    """Rows of cells, at least one empty one; emptied rows fall away when it is saved."""

    use_fieldset = True

    def __init__(self, feld: Feld) -> None:
        """Know the columns."""
        super().__init__()
        self.feld = feld

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> list[dict[str, str]] | None:
        """Return the rows that were sent."""
        count = whole_number(str(data.get(name + COUNT, "")))
        if count is None:
            return None
        return [
            {spalte.name: str(data.get(f"{name}-{row}-{spalte.name}", "")) for spalte in self.feld.spalten}
            for row in range(min(count, MOST_ROWS))
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Tell whether the table was not on the page."""
        return name + COUNT not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django names it
        """Return the table."""
        rows = value or [{}]
        cells = [
            [self._cell(name, number, place, row) for place in range(len(self.feld.spalten))]
            for number, row in enumerate(rows)
        ]
        context = {
            "id": (attrs or {}).get("id", f"id_{name}"),
            "name": name + COUNT,
            "add": ADD,
            "feld": name,
            "titel": said(self.feld.titel),
            "heads": [said(spalte.titel) for spalte in self.feld.spalten],
            "rows": cells,
            "full": len(rows) >= MOST_ROWS,
        }
        return render_to_string("register/amt/_tabelle_eingabe.html", context)

    def _cell(self, name: str, number: int, place: int, row: Mapping[str, str]) -> dict[str, Any]:
        spalte = self.feld.spalten[place]
        return {
            "name": f"{name}-{number}-{spalte.name}",
            "label": said(spalte.titel),
            "number": number + 1,
            "value": row.get(spalte.name, ""),
            "mode": "decimal" if spalte.art is Art.ZAHL else "text",
        }


class TableField(forms.Field):
    """A table of a statement; the kernel checks the cells."""

    def __init__(self, feld: Feld, **options: Any) -> None:
        """Show it as rows of cells."""
        super().__init__(widget=TableInput(feld), **options)


class DayTextField(DayField):
    """A day that comes out as text, as statements are kept."""

    def clean(self, value: Any) -> Any:
        """Understand the day.

        Raises:
            ValidationError: it is none.
        """
        day = super().clean(value)
        return day.isoformat() if isinstance(day, date) else ""

    def prepare_value(self, value: Any) -> Any:
        """Show a day the way people write it."""
        try:
            return super().prepare_value(date.fromisoformat(value))
        except (TypeError, ValueError):
            return value


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement as the page asks for it: the field, and what people should know about it."""

    field: BoundField
    sicht: str
    public: bool
    wesentlich: bool
    noetig: str


class GroupForm(forms.Form):
    """The statements of a group, filled with what is said or with what was sent."""

    is_filter = True  # nothing is marked „freiwillig“: what is needed, and when, stands below each field

    fassung = forms.IntegerField(widget=forms.HiddenInput)
    anlass = forms.CharField(required=False, max_length=300)

    def __init__(self, *args: Any, gruppe: Gruppe, **options: Any) -> None:
        """Make the fields of the group."""
        super().__init__(*args, **options)
        self.gruppe = gruppe
        self.fields["anlass"].label = _("Was ist neu?")
        self.fields["anlass"].help_text = _("Für den Verlauf, damit andere die Änderung verstehen.")
        for feld in gruppe.felder:
            self.fields[feld.name] = field_of(feld)

    @classmethod
    def with_row(cls, gruppe: Gruppe, data: QueryDict, table: str) -> GroupForm:
        """Return the form as it was sent, with one more row in a table and nothing complained about."""
        initial: dict[str, Any] = {name: data.get(name, "") for name in ("fassung", "anlass")}
        for feld in gruppe.felder:
            widget = field_of(feld).widget
            initial[feld.name] = widget.value_from_datadict(data, {}, feld.name)
            if feld.name == table and feld.art is Art.TABELLE:
                initial[feld.name] = [*(initial[feld.name] or []), {}][:MOST_ROWS]
        return cls(gruppe=gruppe, initial=initial)

    def asked(self) -> Iterator[Asked]:
        """Return the statements as the page asks for them."""
        for feld in self.gruppe.felder:
            yield Asked(
                field=self[feld.name],
                sicht=_(SICHT_LABELS[feld.sicht]),
                public=feld.sicht is Sicht.OEFFENTLICH,
                wesentlich=feld.wesentlich,
                noetig=_(NEEDED[feld.noetig]) if feld.noetig else "",
            )

    def angaben(self) -> dict[str, Any]:
        """Return what was said in this group; a statement that was not on the page is left as it is."""
        return {
            feld.name: self.cleaned_data[feld.name]
            for feld in self.gruppe.felder
            if not self.fields[feld.name].widget.value_omitted_from_data(self.data, self.files, feld.name)
            and self.cleaned_data.get(feld.name) is not None
        }


def field_of(feld: Feld) -> forms.Field:
    """Return the form field of a statement."""
    common: dict[str, Any] = {"label": said(feld.titel), "help_text": said(feld.hilfe), "required": False}
    longest = feld.hoechstens or MOST_CHARACTERS
    match feld.art:
        case Art.TABELLE:
            return TableField(feld, **common)
        case Art.TAG:
            return DayTextField(first_year=1990, **common)
        case Art.AUSWAHL | Art.JANEIN:
            return _choice(feld, common)
        case Art.ABSATZ | Art.ZEILEN:
            return forms.CharField(max_length=longest, widget=forms.Textarea(attrs={"rows": 3}), **common)
        case Art.ZAHL:
            return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
    return forms.CharField(max_length=longest, **common)


def _choice(feld: Feld, common: dict[str, Any]) -> forms.ChoiceField:
    if feld.art is Art.JANEIN:
        options = [("ja", _("ja")), ("nein", _("nein"))]
    else:
        options = [(name, said(words)) for name, words in (feld.optionen or {}).items()]
    widget = forms.RadioSelect if len(options) <= MOST_RADIOS else forms.Select
    return forms.ChoiceField(choices=[("", _("noch offen")), *options], widget=widget, **common)


def initial_of(gruppe: Gruppe, angaben: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said in a group as the form shows it."""
    found: dict[str, Any] = {}
    for feld in gruppe.felder:
        value = angaben.get(feld.name, "")
        if feld.art is Art.ZEILEN and value:
            value = "\n".join(value)
        elif feld.art is Art.ZAHL and value:
            value = value.replace(".", ",")
        elif feld.art is Art.TABELLE:
            value = [_row(feld, row) for row in value or []]
        found[feld.name] = value
    return found


def _row(feld: Feld, row: Mapping[str, str]) -> dict[str, str]:
    """Return a row of a table with numbers as people write them."""
    numbers = {spalte.name for spalte in feld.spalten if spalte.art is Art.ZAHL}
    return {name: cell.replace(".", ",") if name in numbers else cell for name, cell in row.items()}
