"""What the office says of a model's energy: fields of the form of a model, in groups for people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitplanke.base.interview.reading import decimal_of
from leitplanke.core.energy import factors

if TYPE_CHECKING:
    from django.forms import BoundField

COUNTERS = [
    ("rapl", gettext_lazy("Prozessor und Speicher (RAPL)")),
    ("nvml", gettext_lazy("Grafikkarten von NVIDIA (NVML)")),
]


class NumberField(forms.CharField):
    """A number as people write it, or nothing."""

    def __init__(self, *, least: float = 0, **options: Any) -> None:
        """Take numbers from `least` on; 0 stands for anything above it."""
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=12, required=False, widget=forms.TextInput(attrs=attrs), **options)
        self.least = least

    def clean(self, value: Any) -> Any:
        """Return a float, or None."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        number = decimal_of(text, english=get_language() == "en")
        if number is None or number >= 10**9 or number < Decimal(str(self.least)) or not number:
            least = _("über 0") if not self.least else _("ab %(zahl)s") % {"zahl": _as_typed(self.least)}
            raise ValidationError(_("Bitte eine Zahl %(ab)s, oder nichts, wenn sie nicht bekannt ist.") % {"ab": least})
        return float(number)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as people write it."""
        return _as_typed(value) if isinstance(value, int | float) else value


def _as_typed(value: float) -> str:
    return str(number_format(Decimal(f"{value:.12g}"), force_grouping=False))


# Field of the form, and how core.energy.Parameters calls it.
NUMBERS = {
    "groesse_aktiv": "active", "groesse_gesamt": "total", "bits": "bits", "wh_von": "wh_low", "wh_bis": "wh_high",
    "watt_last": "watts", "gleichzeitig": "parallel", "token_je_sekunde": "tokens_a_second",
    "watt_leerlauf": "idle_watts", "anfragen_am_tag": "calls_a_day", "pue_von": "pue_low", "pue_bis": "pue_high",
}  # fmt: skip
FIELD_OF = {key: field for field, key in NUMBERS.items()} | {"source": "wh_quelle", "counters": "zaehler"}


class EnergyFields(forms.Form):
    """How a model's energy is worked out. Whatever is not known stays empty and widens the range."""

    groesse_aktiv = NumberField(
        label=gettext_lazy("Größe: aktive Parameter in Milliarden"),
        help_text=gettext_lazy("Nur, was veröffentlicht ist. Bei Modellen aus mehreren Experten der aktive Teil."),
    )
    groesse_gesamt = NumberField(label=gettext_lazy("Größe: alle Parameter in Milliarden"))
    bits = NumberField(label=gettext_lazy("Bit je Parameter (üblich 16, verkleinert 8 oder 4)"))
    wh_von = NumberField(
        label=gettext_lazy("Veröffentlicht: Wh je 1.000 geschriebene Token, von"),
        help_text=gettext_lazy("Ohne den Aufschlag des Rechenzentrums. Ersetzt die Schätzung aus der Größe."),
    )
    wh_bis = NumberField(label=gettext_lazy("Veröffentlicht: Wh je 1.000 geschriebene Token, bis"))
    wh_quelle = forms.CharField(
        label=gettext_lazy("Quelle dieser Spanne"), max_length=300, required=False,
        help_text=gettext_lazy("Wer hat wann gemessen, und wo steht es?"),
    )  # fmt: skip
    watt_last = NumberField(
        label=gettext_lazy("Leistung unter Last in Watt"),
        help_text=gettext_lazy("Der ganze Rechner, am besten an der Steckdose gemessen."),
    )
    gleichzeitig = NumberField(label=gettext_lazy("Anfragen, die er zugleich beantwortet"), least=1)
    token_je_sekunde = NumberField(label=gettext_lazy("Token je Sekunde für eine Antwort"))
    watt_leerlauf = NumberField(label=gettext_lazy("Leistung im Leerlauf in Watt"))
    anfragen_am_tag = NumberField(
        label=gettext_lazy("Anfragen am Tag, über alle Zwecke"),
        help_text=gettext_lazy("Auf sie wird verteilt, was der Rechner beim Warten braucht."),
    )
    zaehler = forms.MultipleChoiceField(
        label=gettext_lazy("Zähler, die messen"), choices=COUNTERS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Nur, wenn das Modell auf demselben Rechner läuft wie Leitplanke. Wählen Sie alle Teile, die es benutzt."
        ),
    )  # fmt: skip
    pue_von = NumberField(
        label=gettext_lazy("Aufschlag des Rechenzentrums (PUE), von"), least=1,
        help_text=gettext_lazy("1,2 heißt: 20 % kommen für Kühlung und Umwandlung hinzu."),
    )  # fmt: skip
    pue_bis = NumberField(label=gettext_lazy("Aufschlag des Rechenzentrums (PUE), bis"), least=1)
    strommix = forms.ChoiceField(label=gettext_lazy("Strommix am Ort des Rechners"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with what is stored."""
        super().__init__(*args, **kwargs)
        self._stored: Mapping[str, Any] = getattr(getattr(self, "instance", None), "energie", None) or {}
        for field, key in NUMBERS.items():
            self.initial.setdefault(field, self._stored.get(key))
        self.initial.setdefault("wh_quelle", self._stored.get("source", ""))
        self.initial.setdefault("zaehler", self._stored.get("counters", []))
        self.initial.setdefault("strommix", _grid_name(self._stored))
        self.fields["strommix"].choices = _grids(_grid_name(self._stored))  # type: ignore[attr-defined]

    def energy(self) -> dict[str, Any]:
        """Return what was entered, beside what this form does not ask for."""
        said = {key: self.cleaned_data[field] for field, key in NUMBERS.items()}
        said |= {"source": self.cleaned_data["wh_quelle"], "counters": sorted(self.cleaned_data["zaehler"])}
        country, _dash, year = self.cleaned_data["strommix"].partition("-")
        said |= {"grid_country": country, "grid_year": int(year) if year else None}
        known = {**self._stored, **said}
        if said["active"] is not None:  # the size is known: no range of guesses any more
            known |= {"active_low": None, "active_high": None}
        return {key: value for key, value in known.items() if value not in (None, "", [])}


def _grid_name(stored: Mapping[str, Any]) -> str:
    return f"{stored['grid_country']}-{stored['grid_year']}" if stored.get("grid_year") else ""


def _grids(stored: str) -> list[tuple[str, str]]:
    known = [
        (f"{one.country}-{one.year}", f"{one.country} {one.year}: {one.grams:.0f} g je kWh")
        for one in sorted(factors(), key=lambda one: (one.country, -one.year))
    ]
    if stored and stored not in dict(known):
        known.append((stored, _("%(mix)s (nicht hinterlegt)") % {"mix": stored.replace("-", " ")}))
    return [("", _("nicht bekannt: wie in Deutschland angenommen")), *known]


def grouped(form: forms.BaseForm, rest: str) -> list[tuple[str, str, list[BoundField]]]:
    """Return the fields of a form of a model in groups: title, a sentence, fields; what is in no group opens it."""
    groups = [
        (_("Preis und Güte"), "", ("preis_ein", "preis_aus", "guete", "guete_quelle")),
        (
            _("Energie aus der Größe"),
            _("Für Modelle bei anderen, und solange niemand misst (Methode C, ohne Größe D)."),
            ("groesse_aktiv", "groesse_gesamt", "bits", "wh_von", "wh_bis", "wh_quelle"),
        ),
        (
            _("Energie eines eigenen Rechners"),
            _("Leistung mal Zeit (Methode B), mit Zählern gemessen (Methode A). Der Leerlauf gehört dazu."),
            ("watt_last", "gleichzeitig", "token_je_sekunde", "watt_leerlauf", "anfragen_am_tag", "zaehler"),
        ),
        (_("Rechenzentrum und Strom"), "", ("pue_von", "pue_bis", "strommix")),
    ]
    placed = {name for _title, _text, names in groups for name in names}
    first = (rest, "", tuple(name for name in form.fields if name not in placed))
    return [(title, text, [form[name] for name in names]) for title, text, names in (first, *groups)]
