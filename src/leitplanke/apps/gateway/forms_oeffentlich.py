"""Forms of what is public in the town."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.gateway.declaring import Declared, problems_of
from leitplanke.apps.gateway.public_lists import MOST_BYTES
from leitplanke.base.llm.models import Angabenart, OeffentlicheAngabe


class PublicForm(forms.ModelForm[OeffentlicheAngabe]):
    """One name, address or number that is public."""

    is_filter = True  # whether office and last day are needed, the kind decides: their hints say so

    class Meta:
        model = OeffentlicheAngabe
        fields = ("art", "wert", "amt", "bis", "grund")
        widgets = {
            "art": forms.RadioSelect,
            "bis": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "grund": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "wert": _(
                "Bei Menschen Vorname und Nachname. Nur genau diese ganze Angabe bleibt stehen: „Frau Beispiel“ allein "
                "wird weiter verdeckt."
            ),
            "amt": _("Nur bei Menschen, zum Beispiel: Bürgermeisterin"),
            "bis": _(
                "Bei Menschen das Ende der Amtszeit: Danach wird der Name von selbst wieder verdeckt. Sonst darf es "
                "leer bleiben."
            ),
            "grund": _("Zum Beispiel: steht im Impressum, im Amtsblatt, auf dem Briefkopf."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds without an empty one."""
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = Angabenart.choices  # type: ignore[attr-defined]
        self.fields["wert"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong at once."""
        said = super().clean() or self.cleaned_data
        for field, sentence in problems_of(self.declared()).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return said

    def declared(self) -> Declared:
        """Return what was entered."""
        said = self.cleaned_data
        art, wert, grund, amt = (str(said.get(name, "")) for name in ("art", "wert", "grund", "amt"))
        return Declared(art, wert, grund, amt, said.get("bis"))

    def validate_unique(self) -> None:
        """Leave it to the verb, which knows the Mandant."""

    def validate_constraints(self) -> None:
        """Leave it to the verb, which says it in words."""


class FindForm(forms.Form):
    """Find what is public."""

    is_filter = True

    suche = forms.CharField(label=_("Name, Amt, Anschrift oder Nummer"), required=False, max_length=120)
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *Angabenart.choices])
    stand = forms.ChoiceField(
        label=_("Stand"), required=False,
        choices=[
            ("", _("gilt oder wartet")), ("gilt", _("gilt")), ("wartet", _("wartet auf Freigabe")),
            ("beendet", _("abgelaufen oder zurückgezogen")),
        ],
    )  # fmt: skip


class ListForm(forms.Form):
    """Many at once: pasted from a spreadsheet, or a file."""

    is_filter = True  # one of both

    liste = forms.CharField(
        label=_("Liste"), required=False, max_length=MOST_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Eine Angabe je Zeile. Spalten: art; angabe; amt; bis; grund"),
    )  # fmt: skip
    datei = forms.FileField(
        label=_("Oder eine CSV-Datei"), required=False,
        help_text=_("Höchstens 500 Zeilen. Die Datei wird nicht aufbewahrt."),
    )  # fmt: skip
