"""What applicants enter beside the questions of their procedure."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.messages import MOST_CHARACTERS
from leitplanke.apps.antrag.models import Beteiligung
from leitplanke.base.interview.reading import day_of

SELF = "selbst"
ROLES = (
    (SELF, _("Für mich selbst")),
    (Beteiligung.BEVOLLMAECHTIGT.value, _("Für jemand anderen, mit Vollmacht")),
    (Beteiligung.BETREUUNG.value, _("Für jemand anderen, als rechtliche Betreuung")),
)
_PLZ = re.compile(r"\d{5}")
_PHONE = re.compile(r"[\d\s()/+-]{5,}")


class DayField(forms.CharField):
    """A day as people write it."""

    def __init__(self, **options: Any) -> None:
        """Let the browser help where it knows the day."""
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": options.pop("autocomplete", "off")})
        super().__init__(max_length=20, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the day, None where nothing was entered.

        Raises:
            ValidationError: it is no day, or lies ahead.
        """
        text = str(super().clean(value)).strip()
        if not text:
            return None
        day = day_of(text)
        if day is None:
            raise ValidationError(_("„%(text)s“ ist kein Tag. Zum Beispiel: 31.01.1980."), params={"text": text})
        if day > timezone.localdate() or day.year < 1890:
            raise ValidationError(_("Bitte prüfen Sie das Jahr."))
        return day

    def prepare_value(self, value: Any) -> Any:
        """Show a known day the way people write it."""
        return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else value


def _text(
    label: Any, longest: int, autocomplete: str = "off", *, required: bool = True, **more: Any
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, **more.pop("attrs", {})})
    more.setdefault("error_messages", {"required": format_lazy("{} {}", _("Bitte ausfüllen:"), label)})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def _phone(**more: Any) -> forms.CharField:
    return _text(_("Telefon"), 60, "tel", attrs={"inputmode": "tel"}, **more)


def clean_phone(text: str) -> str:
    """Check a telephone number.

    Raises:
        ValidationError: nobody could dial it.
    """
    if text and not _PHONE.fullmatch(text):
        raise ValidationError(_("Bitte geben Sie die Nummer mit Ziffern an. Zum Beispiel: 030 123456."))
    return text


def clean_iban(text: str) -> str:
    """Return an IBAN in one spelling.

    Raises:
        ValidationError: its check digits do not fit.
    """
    plain = "".join(text.split()).upper()
    if not plain:
        return ""
    fits = re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) is not None
    number = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4]) if fits else "0"
    if not fits or int(number) % 97 != 1 or (plain.startswith("DE") and len(plain) != 22):
        raise ValidationError(_("Diese IBAN stimmt nicht. Bitte prüfen Sie jede Ziffer; deutsche haben 22 Stellen."))
    return plain


class AddressForm(forms.Form):
    """A person with an address."""

    vorname = _text(_("Vorname"), 100, "given-name")
    nachname = _text(_("Nachname"), 100, "family-name", error_messages={
        "required": _("Bitte nennen Sie den Nachnamen. Ohne Namen kann kein Antrag gestellt werden.")
    })  # fmt: skip
    strasse = _text(_("Straße und Hausnummer"), 150, "street-address")
    plz = _text(_("Postleitzahl"), 10, "postal-code", attrs={"inputmode": "numeric"})
    ort = _text(_("Ort"), 100, "address-level2")
    telefon = _phone(required=False, help_text=_("Damit wir Sie bei Fragen schnell erreichen."))
    email = forms.EmailField(
        label=_("E-Mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Dann schicken wir Ihnen die Eingangsbestätigung auch dorthin."),
        error_messages={"invalid": _("Diese Adresse ist nicht vollständig. Zum Beispiel: name@beispiel.de.")},
    )  # fmt: skip

    def clean_plz(self) -> str:
        """Check the postal code."""
        text = str(self.cleaned_data["plz"]).strip()
        if text and not _PLZ.fullmatch(text):
            raise ValidationError(_("Eine Postleitzahl hat fünf Ziffern."))
        return text

    def clean_telefon(self) -> str:
        """Check the number."""
        return clean_phone(self.cleaned_data["telefon"])


class RoleForm(forms.Form):
    """For whom somebody applies."""

    fuer = forms.ChoiceField(
        label=_("Für wen stellen Sie den Antrag?"), choices=ROLES, initial=SELF, widget=forms.RadioSelect
    )


class ApplicantForm(AddressForm):
    """The person who applies."""

    anrede = _text(_("Anrede für Briefe"), 40, "honorific-prefix", required=False, help_text=_(
        "Zum Beispiel Frau oder Herr. Ohne Eintrag schreiben wir Guten Tag."
    ))  # fmt: skip
    geburtsdatum = DayField(label=_("Geburtsdatum"), required=False, autocomplete="bday", help_text=_(
        "Damit wir Sie nicht verwechseln. Zum Beispiel: 31.01.1980."
    ))  # fmt: skip
    iban = _text(_("IBAN für die Auszahlung"), 42, required=False, help_text=_(
        "Nur, wenn Geld ausgezahlt werden kann. Sie können sie auch später angeben."
    ))  # fmt: skip
    field_order = ("anrede", "vorname", "nachname", "geburtsdatum", "strasse", "plz", "ort", "telefon", "email", "iban")

    def clean_iban(self) -> str:
        """Check the IBAN."""
        return clean_iban(self.cleaned_data["iban"])


class RepresentativeForm(AddressForm):
    """Who acts for the person."""


class FormlessForm(forms.Form):
    """A name, what it is about, and how to reach the person: enough to secure the day."""

    vorname = _text(_("Vorname"), 100, "given-name", required=False)
    nachname = AddressForm.base_fields["nachname"]
    strasse = _text(_("Straße und Hausnummer"), 150, "street-address", required=False)
    plz = _text(_("Postleitzahl"), 10, "postal-code", required=False, attrs={"inputmode": "numeric"})
    ort = _text(_("Ort"), 100, "address-level2", required=False)
    telefon = _phone(required=False)
    email = AddressForm.base_fields["email"]
    worum = forms.CharField(
        label=_("Möchten Sie etwas dazu sagen?"), required=False, max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    clean_plz = AddressForm.clean_plz
    clean_telefon = AddressForm.clean_telefon


class CallForm(forms.Form):
    """A wish to be called."""

    name = _text(_("Ihr Name"), 200, "name")
    telefon = _phone()
    wann = _text(_("Wann erreichen wir Sie gut?"), 200, required=False)
    worum = forms.CharField(
        label=_("Worum geht es?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_telefon(self) -> str:
        """Check the number."""
        return clean_phone(self.cleaned_data["telefon"])


class CodeForm(forms.Form):
    """Number and access code."""

    nummer = _text(_("Aktenzeichen oder Nummer des Entwurfs"), 60, help_text=_("Zum Beispiel WG-2026-0042."))
    code = _text(_("Zugangscode"), 60, help_text=_("16 Zeichen in vier Gruppen, wie auf Ihrer Quittung."))


class DeliveryForm(forms.Form):
    """How letters reach the person."""

    weg = forms.ChoiceField(
        label=_("Wie sollen Bescheide zu Ihnen kommen?"),
        choices=(("post", _("Mit der Post")), ("portal", _("Hier im Portal; ich willige darin ein"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie einen Weg.")},
    )
    email = AddressForm.base_fields["email"]

    def __init__(self, *args: Any, known: str = "", **kwargs: Any) -> None:
        """Remember whether an address is known already."""
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            del self.fields["email"]
        else:
            self.fields["email"].help_text = _(
                "Nur nötig für den Weg über das Portal: Dorthin melden wir, wenn etwas da ist."
            )

    def clean(self) -> dict[str, Any]:
        """Demand an address where the portal was chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("weg") == "portal" and not (self.known or cleaned.get("email")) and "email" not in self.errors:
            self.add_error("email", _("Bitte geben Sie eine E-Mail-Adresse an, damit wir Sie benachrichtigen können."))
        return cleaned


class MessageForm(forms.Form):
    """A message to the office."""

    text = forms.CharField(
        label=_("Ihre Nachricht"), max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Withdrawing, with a second thought."""

    grund = forms.CharField(
        label=_("Möchten Sie einen Grund nennen?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    sicher = forms.BooleanField(
        label=_("Ja, ich nehme diesen Antrag zurück."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie den Antrag zurücknehmen.")},
    )


class SubmitForm(forms.Form):
    """The last look before handing in."""

    richtig = forms.BooleanField(
        label=_("Ich habe alles geprüft. Die Angaben stimmen, soweit ich es weiß."),
        error_messages={"required": _("Bitte bestätigen Sie, dass die Angaben stimmen.")},
    )


class RemedyForm(forms.Form):
    """What a letter of appeal says."""

    begruendung = forms.CharField(
        label=_("Warum sind Sie nicht einverstanden?"), required=False, max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sie müssen nichts begründen. Sie können das auch später nachholen."),
    )  # fmt: skip
