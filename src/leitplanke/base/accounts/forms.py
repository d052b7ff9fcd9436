"""Forms of the account pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts import queries
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.roles import STAFF, Rolle
from leitplanke.base.accounts.services import NewMember

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

ASSIGNABLE = [(rolle.value, rolle.label) for rolle in Rolle if rolle in STAFF]


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        """Use the format browsers exchange."""
        super().__init__(format="%Y-%m-%d")


if TYPE_CHECKING:
    _MemberChoice = forms.ModelChoiceField[Mitgliedschaft]
else:
    _MemberChoice = forms.ModelChoiceField


class MemberChoice(_MemberChoice):
    """A colleague, with the office."""

    def label_from_instance(self, obj: Mitgliedschaft) -> str:
        """Return name and office."""
        return f"{obj.person.name} ({obj.einheit.name})" if obj.einheit else obj.person.name


class MemberForm(forms.Form):
    """A new person with role and office."""

    vorname = forms.CharField(label=_("Vorname"), max_length=100)
    nachname = forms.CharField(label=_("Nachname"), max_length=100)
    email = forms.EmailField(label=_("Dienstliche E-Mail-Adresse"), help_text=_("Dorthin geht die Einladung."))
    rolle = forms.ChoiceField(label=_("Rolle"), choices=ASSIGNABLE)
    einheit = forms.ModelChoiceField(
        label=_("Organisationseinheit"), queryset=Organisationseinheit.objects.none(), empty_label=_("Bitte wählen")
    )

    vorsitz = forms.BooleanField(
        label=_("Vorsitz der Personalvertretung"),
        required=False,
        help_text=_("Nur zur Rolle Personalrat. Allein der Vorsitz trägt ihre Entscheidungen ein."),
    )

    def __init__(self, *args: Any, mandant: Mandant, **kwargs: Any) -> None:
        """Offer the offices of `mandant`."""
        super().__init__(*args, **kwargs)
        self.fields["einheit"].queryset = Organisationseinheit.objects.for_mandant(mandant)  # type: ignore[attr-defined]

    def member(self) -> NewMember:
        """Return what was entered."""
        data = self.cleaned_data
        rolle, einheit = Rolle(data["rolle"]), data["einheit"]
        return NewMember(data["email"], data["vorname"], data["nachname"], rolle, einheit, vorsitz=data["vorsitz"])


class DeputyForm(forms.Form):
    """Who stands in for one of my memberships, and when."""

    vertretung = MemberChoice(
        label=_("Wer vertritt Sie?"),
        queryset=Mitgliedschaft.objects.none(),
        empty_label=_("Bitte wählen"),
        help_text=_("Zur Wahl stehen Personen, die hier dieselbe Rolle haben."),
    )
    von = forms.DateField(label=_("Erster Tag"), widget=DateInput(), initial=timezone.localdate)
    bis = forms.DateField(label=_("Letzter Tag"), widget=DateInput())

    def __init__(self, *args: Any, membership: Mitgliedschaft, **kwargs: Any) -> None:
        """Offer the colleagues of `membership`."""
        super().__init__(*args, **kwargs)
        self.fields["vertretung"].queryset = queries.colleagues(membership)  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Find people."""

    is_filter = True

    suche = forms.CharField(label=_("Name, Adresse, Rolle oder Amt"), required=False)
    beendet = forms.BooleanField(label=_("Auch beendete Rollen zeigen"), required=False)


class RolleForm(forms.Form):
    """Choose whose permissions to read."""

    is_filter = True

    rolle = forms.ChoiceField(label=_("Rolle"), choices=[("", _("Alle Rollen")), *Rolle.choices], required=False)
