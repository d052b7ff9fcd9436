"""Forms of sign-off and adoption, and of training."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.models import Stelle, Votum
from leitplanke.base.accounts.forms import DateInput

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

USUAL_DAYS = 14
USUAL_OFFICES = (Stelle.DATENSCHUTZ, Stelle.PERSONALRAT, Stelle.IT)
LONGEST_REMARK = 4000


def _in_days() -> date:
    return timezone.localdate() + timedelta(days=USUAL_DAYS)


class SubmitForm(forms.Form):
    """Which offices look at a version, and until when."""

    stellen = forms.MultipleChoiceField(
        label=gettext_lazy("Wer soll mitzeichnen?"), choices=Stelle.choices, widget=forms.CheckboxSelectMultiple,
        initial=[office.value for office in USUAL_OFFICES],
        error_messages={"required": gettext_lazy("Bitte wählen Sie mindestens eine Stelle.")},
    )  # fmt: skip
    frist = forms.DateField(
        label=gettext_lazy("Bis wann?"), widget=DateInput(), initial=_in_days,
        help_text=gettext_lazy("Drei Tage vorher erinnert Leitplanke alle, die noch nichts gesagt haben."),
    )  # fmt: skip


class SignForm(forms.Form):
    """What an office says."""

    votum = forms.ChoiceField(
        label=gettext_lazy("Was sagt Ihre Stelle?"), widget=forms.RadioSelect,
        choices=[
            (Votum.ZUGESTIMMT.value, gettext_lazy("Wir stimmen zu")),
            (Votum.EINWAENDE.value, gettext_lazy("Wir haben Einwände")),
        ],
    )  # fmt: skip
    bemerkung = forms.CharField(
        label=gettext_lazy("Stellungnahme"), required=False, max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Alle in der Verwaltung und im Rat können sie lesen. Bei Einwänden ist sie nötig."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a step is taken back."""

    grund = forms.CharField(
        label=gettext_lazy("Warum?"), max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 2})
    )


class AdoptForm(forms.Form):
    """What was decided, by whom, and from when it holds."""

    durch = forms.CharField(
        label=gettext_lazy("Wer hat beschlossen?"), max_length=200,
        help_text=gettext_lazy("Zum Beispiel: Rat der Stadt, Bürgermeisterin, Verwaltungsvorstand."),
    )  # fmt: skip
    am = forms.DateField(label=gettext_lazy("Tag des Beschlusses"), widget=DateInput(), initial=timezone.localdate)
    gilt_ab = forms.DateField(
        label=gettext_lazy("Gilt ab"), widget=DateInput(), initial=timezone.localdate,
        help_text=gettext_lazy("Von diesem Tag an hält die Software diese Fassung ein, ohne dass jemand etwas tut."),
    )  # fmt: skip
    fundstelle = forms.CharField(
        label=gettext_lazy("Nummer oder Adresse der Niederschrift"), max_length=300, required=False
    )
    trotz = forms.CharField(
        label=gettext_lazy("Nicht alle Stellen stimmen zu: Warum ist die Fassung trotzdem beschlossen?"),
        max_length=LONGEST_REMARK, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, all_agree: bool, initial: dict[str, str] | None = None
    ) -> None:
        """Ask for a reason only where offices do not agree."""
        super().__init__(data, initial=initial)
        if all_agree:
            del self.fields["trotz"]
        else:
            self.fields["trotz"].required = True
