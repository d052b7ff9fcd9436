"""What people enter about Regelwerke."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitplanke.base.interview.days import DayField


class LawForm(forms.Form):
    """Which law: of which day, with which layer, with drafts or without."""

    is_filter = True
    am = DayField(label=_("Stand am"), required=False)
    ebene = forms.ChoiceField(label=_("Satzung oder Landesrecht"), required=False)
    entwurf = forms.BooleanField(label=_("Entwürfe mitrechnen"), required=False)

    def __init__(self, *args: Any, layers: dict[str, str], needed: bool, **options: Any) -> None:
        """Offer the layers there are."""
        super().__init__(*args, **options)
        if layers:
            choices = list(layers.items()) if needed else [("", _("nur das übergeordnete Recht")), *layers.items()]
            self.fields["ebene"] = forms.ChoiceField(
                label=_("Satzung oder Landesrecht"), choices=choices, required=False
            )
        else:
            del self.fields["ebene"]


class CompareForm(forms.Form):
    """Two days to compare."""

    is_filter = True
    von = DayField(label=_("Stand am"))
    bis = DayField(label=_("verglichen mit"))
    entwurf = forms.BooleanField(label=_("Entwürfe mitrechnen"), required=False)


class WithdrawForm(forms.Form):
    """Why a change is taken back."""

    begruendung = forms.CharField(label=_("Grund"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
