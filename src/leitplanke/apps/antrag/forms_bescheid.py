"""Forms of decisions, letters and the ways a case moves on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag.models import Antrag, Entscheidungsart, Rechtsbehelfsstand, Versandweg
from leitplanke.base.interview.days import DayField

LONGEST = 20_000


class DecisionForm(forms.Form):
    """What a person intends to decide. Nothing is chosen beforehand."""

    art = forms.ChoiceField(label=gettext_lazy("Entscheidung"), widget=forms.RadioSelect)
    von_tag = DayField(label=gettext_lazy("Gilt vom"), required=False, first_year=2015)
    bis_tag = DayField(label=gettext_lazy("Gilt bis"), required=False, first_year=2015)
    begruendung = forms.CharField(
        label=gettext_lazy("Begründung in eigenen Worten"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Steht im Bescheid. Nötig, wo Sie nach Ermessen entscheiden oder aufheben."),
    )
    abweichung = forms.CharField(
        label=gettext_lazy("Warum anders als die Regeln"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nur, wenn Sie anders entscheiden, als die Regeln ergeben."),
    )
    ohne_anhoerung = forms.CharField(
        label=gettext_lazy("Warum ohne Anhörung"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Nur bei Rücknahme, Widerruf und Änderung, wenn niemand angehört wurde."),
    )

    def __init__(self, *args: Any, kinds: list[Entscheidungsart], **options: Any) -> None:
        """Offer the kinds of decision for which there is a letter."""
        super().__init__(*args, **options)
        field = self.fields["art"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("von_tag"), cleaned.get("bis_tag")
        if first and last and last < first:
            self.add_error("bis_tag", _("Das Ende liegt vor dem Beginn."))
        return cleaned


class SendBackForm(forms.Form):
    """Why a decision is given back."""

    grund = forms.CharField(
        label=gettext_lazy("Was ist zu ändern?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class NewLetterForm(forms.Form):
    """A letter that sets a time limit."""

    tage = forms.IntegerField(
        label=gettext_lazy("Frist in Tagen"),
        min_value=7,
        max_value=180,
        help_text=gettext_lazy("Fällt das Ende auf ein Wochenende oder einen Feiertag, gilt der nächste Werktag."),
    )


class HearingForm(NewLetterForm):
    """A hearing: what is intended, and on what it would stand."""

    vorhaben = forms.CharField(
        label=gettext_lazy("Was haben Sie vor?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ein Halbsatz, zum Beispiel: den Bescheid vom 3. März 2026 zurücknehmen"),
    )
    gruende = forms.CharField(
        label=gettext_lazy("Auf welche Tatsachen kommt es an?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SendForm(forms.Form):
    """How and when a letter left."""

    weg = forms.ChoiceField(label=gettext_lazy("Weg"), widget=forms.RadioSelect)
    am = DayField(label=gettext_lazy("Abgegangen am"), first_year=2020)

    def __init__(self, *args: Any, antrag: Antrag, **options: Any) -> None:
        """Offer the portal only to who agreed to it."""
        super().__init__(*args, **options)
        field = self.fields["weg"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(way.value, way.label) for way in Versandweg if way is not Versandweg.PORTAL or antrag.portal]
        self.fields["am"].initial = timezone.localdate()


class ArrivalForm(forms.Form):
    """When a letter proved to have arrived, or how one knows that it did not."""

    zugegangen_am = DayField(label=gettext_lazy("Tatsächlich zugegangen am"), first_year=2020, required=False)
    grund = forms.CharField(
        label=gettext_lazy("Nicht angekommen: Woher wissen Sie es?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: mit Postvermerk „unbekannt verzogen“ zurückgekommen"),
    )

    def clean(self) -> dict[str, Any]:
        """Take one of the two: a day, or why it did not arrive."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("zugegangen_am")) == bool(cleaned.get("grund")):
            raise forms.ValidationError(
                _("Bitte nennen Sie den Tag des Zugangs, oder woher Sie wissen, dass es nicht ankam.")
            )
        return cleaned


class ForwardForm(forms.Form):
    """To whom a case is handed, and why."""

    wohin = forms.CharField(label=gettext_lazy("An welche Stelle?"), max_length=200)
    grund = forms.CharField(label=gettext_lazy("Warum?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why."""

    grund = forms.CharField(label=gettext_lazy("Warum?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AppealEndForm(ReasonForm):
    """What became of a remedy."""

    ausgang = forms.ChoiceField(
        label=gettext_lazy("Wie ging er aus?"),
        choices=[choice for choice in Rechtsbehelfsstand.choices if choice[0] != Rechtsbehelfsstand.OFFEN],
        widget=forms.RadioSelect,
    )
    field_order = ("ausgang", "grund")


class AppealForm(forms.Form):
    """A remedy that came in."""

    art = forms.ChoiceField(
        label=gettext_lazy("Was wurde eingelegt?"),
        choices=[("widerspruch", gettext_lazy("Widerspruch")), ("einspruch", gettext_lazy("Einspruch")),
                 ("klage", gettext_lazy("Klage"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    eingang_am = DayField(label=gettext_lazy("Eingang am"), first_year=2020)
    form = forms.ChoiceField(
        label=gettext_lazy("In welcher Form?"),
        choices=[
            ("schriftlich", gettext_lazy("schriftlich mit Unterschrift")),
            ("elektronisch", gettext_lazy("elektronisch, mit Signatur oder sicherem Absender")),
            ("niederschrift", gettext_lazy("zur Niederschrift bei uns")),
            ("formlos", gettext_lazy("formlos, zum Beispiel als einfache E-Mail")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Womit wird er begründet?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
