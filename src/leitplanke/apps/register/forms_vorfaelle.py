"""Forms for reports: what somebody reports, the code, the filter of the list, and the steps of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.incident_codes import GROUP, GROUPS
from leitplanke.apps.register.models import Schwere, Vorfallart
from leitplanke.base.interview.days import DayField
from leitplanke.base.interview.wording import said
from leitplanke.core.register.incidents import limits

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Vorfall

LONGEST = 5000
ART_LABELS = {
    Vorfallart.FEHLER: gettext_lazy("Hier steht etwas Falsches"),
    Vorfallart.BESCHWERDE: gettext_lazy("Ich möchte mich beschweren"),
    Vorfallart.VORFALL: gettext_lazy("Es ist etwas passiert: Die KI hat einen Schaden oder einen Fehler verursacht"),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """What somebody reports on a system; nobody needs an account for it."""

    kennung = forms.UUIDField(widget=forms.HiddenInput)
    art = forms.ChoiceField(
        label=gettext_lazy("Worum geht es?"), choices=list(ART_LABELS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Was ist passiert?"), max_length=LONGEST, widget=_area(7),
        help_text=gettext_lazy("Was, wann, wo? Nennen Sie bitte keine Namen von anderen Menschen."),
    )  # fmt: skip
    kontakt = forms.CharField(
        label=gettext_lazy("Ihre E-Mail-Adresse oder Telefonnummer"), max_length=200, required=False,
        help_text=gettext_lazy(
            "Sie müssen nichts angeben. Mit E-Mail-Adresse bekommen Sie eine Bestätigung und hören von der Antwort."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    # People do not see it (register.css); programs fill in everything.
    homepage = forms.CharField(
        label=gettext_lazy("Dieses Feld bitte leer lassen"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """Refuse what a program filled in."""
        data = super().clean()
        if self.cleaned_data.get("homepage"):
            raise forms.ValidationError(_("Bitte lassen Sie das Feld „Dieses Feld bitte leer lassen“ leer."))
        return data

    def clean_kontakt(self) -> str:
        """Refuse an address that is none, where it is meant to be one."""
        text = str(self.cleaned_data["kontakt"]).strip()
        if "@" in text:
            forms.EmailField().clean(text)
        return text


class CodeForm(forms.Form):
    """The code with which somebody follows their report."""

    code = forms.CharField(
        label=gettext_lazy("Ihr Code"), max_length=40,
        help_text=gettext_lazy("16 Buchstaben und Ziffern. Sie haben ihn nach dem Absenden gesehen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "lp-mono"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Refuse what is too short to be one."""
        code = str(self.cleaned_data["code"])
        if sum(char.isalnum() for char in code) != GROUPS * GROUP:
            raise forms.ValidationError(_("Der Code hat 16 Zeichen, zum Beispiel ABCD-EFGH-JKLM-2345."))
        return code


class ReportFilterForm(forms.Form):
    """Which reports the list shows."""

    is_filter = True

    suche = forms.CharField(label=gettext_lazy("System oder Nummer"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=gettext_lazy("Stand"), required=False,
        choices=[
            ("", gettext_lazy("offene")), ("ueberfaellig", gettext_lazy("Frist abgelaufen")),
            ("geschlossen", gettext_lazy("geschlossene")), ("alle", gettext_lazy("alle")),
        ],
    )  # fmt: skip
    art = forms.ChoiceField(
        label=gettext_lazy("Art"), required=False, choices=[("", gettext_lazy("alle")), *Vorfallart.choices]
    )
    schwere = forms.ChoiceField(
        label=gettext_lazy("Schwere"), required=False, choices=[("", gettext_lazy("alle")), *Schwere.choices]
    )


class AssessForm(forms.Form):
    """How bad it is, and what a serious incident led to."""

    schwere = forms.ChoiceField(
        label=gettext_lazy("Wie schwer ist es?"), widget=forms.RadioSelect,
        choices=[
            (Schwere.LEICHT, gettext_lazy("leicht: kein Schaden, oder leicht zu beheben")),
            (Schwere.MITTEL, gettext_lazy("mittel: Menschen hatten Nachteile, die sich beheben lassen")),
            (Schwere.SCHWER, gettext_lazy("schwerwiegend: Schaden für Menschen, Grundrechte, Eigentum oder Umwelt")),
        ],
    )  # fmt: skip
    folge = forms.ChoiceField(
        label=gettext_lazy("Nur bei „schwerwiegend“: Wozu hat es geführt?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, vorfall: Vorfall, **options: Any) -> None:
        """Offer the consequences the law names, and what is already judged."""
        judged = {} if vorfall.schwere == Schwere.OFFEN else {"schwere": vorfall.schwere, "folge": vorfall.folge}
        super().__init__(*args, **{**options, "initial": judged})
        field = self.fields["folge"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.name, _choice(one.name)) for one in limits().consequences]


def _choice(name: str) -> str:
    found = limits().consequence(name)
    if found is None or not found.days:
        return said(found.titel) if found else name
    days = _("%(titel)s: Meldung binnen %(tage)s Tagen (%(norm)s)")
    return days % {"titel": said(found.titel), "tage": found.days, "norm": found.norm}


class AuthorityForm(forms.Form):
    """When provider and authority were told."""

    tag = DayField(label=gettext_lazy("Informiert am"), first_year=2024)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Propose today."""
        super().__init__(*args, **{**options, "initial": {"tag": timezone.localdate()}})


class MeasureForm(forms.Form):
    """What is done about it."""

    text = forms.CharField(label=gettext_lazy("Was wird getan?"), max_length=LONGEST, widget=_area(3))
    bis = DayField(label=gettext_lazy("Bis wann?"), first_year=2024, required=False)


class FinishForm(forms.Form):
    """Which measure is done."""

    massnahme = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What whoever reported reads with their code."""

    text = forms.CharField(
        label=gettext_lazy("Ihre Antwort"), max_length=LONGEST, widget=_area(7),
        help_text=gettext_lazy("Was haben Sie geprüft, was war falsch, was ändert sich? In einfachen Worten."),
    )  # fmt: skip


class SummaryForm(forms.Form):
    """What everybody reads on the page of the system."""

    text = forms.CharField(
        label=gettext_lazy("Zusammenfassung für alle"), max_length=LONGEST, widget=_area(4),
        help_text=gettext_lazy("Ohne Namen und ohne Einzelheiten, an denen man einen Menschen erkennt."),
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why no answer is needed, where there is none."""

    grund = forms.CharField(
        label=gettext_lazy("Warum ist keine Antwort nötig?"), max_length=LONGEST, widget=_area(2), required=False,
        help_text=gettext_lazy("Nur, wenn es keine Antwort gibt, etwa bei Werbung."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a system is suspended; everybody reads it."""

    text = forms.CharField(
        label=gettext_lazy("Grund"), max_length=1000, widget=_area(3),
        help_text=gettext_lazy("Der Satz steht im öffentlichen Verlauf. Bitte nichts Persönliches."),
    )  # fmt: skip


class NothingForm(forms.Form):
    """A step that needs no words."""
