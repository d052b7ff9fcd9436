"""Forms of the gateway: models, purposes, keys, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.forms_energie import EnergyFields
from leitplanke.apps.gateway.keys import LONGEST_DAYS, OWN_DAYS, KeyPlan, Limits
from leitplanke.apps.gateway.labels import MODEL_LABELS
from leitplanke.apps.gateway.purposes import Setup, Tool
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.interview.reading import decimal_of
from leitplanke.base.llm.lights import DATA_LABELS
from leitplanke.base.llm.models import Modell, Zweck

CAPABILITIES = [
    ("streaming", gettext_lazy("Antwort nach und nach")),
    ("schema", gettext_lazy("feste Form (JSON-Schema)")),
    ("werkzeuge", gettext_lazy("Werkzeuge")),
    ("bilder", gettext_lazy("Bilder")),
]
STAGES = [
    (0, gettext_lazy("0: die KI zeigt nur etwas an")),
    (1, gettext_lazy("1: die KI schlägt vor, ein Mensch entscheidet")),
    (2, gettext_lazy("2: die KI handelt, ein Mensch kann eingreifen")),
    (3, gettext_lazy("3: die KI handelt allein")),
]


class ModelForm(EnergyFields, forms.ModelForm[Modell]):
    """A model: where it runs, under which contract, what it costs in money and energy, how good it is."""

    zugangscode = forms.CharField(
        label=gettext_lazy("Zugangscode des Anbieters"), required=False, max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Wird verschlüsselt aufbewahrt und nie wieder angezeigt. Leer lassen, damit er bleibt."),
    )  # fmt: skip
    faehigkeiten = forms.MultipleChoiceField(
        label=gettext_lazy("Was es kann"), choices=CAPABILITIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    klasse = forms.ChoiceField(label=gettext_lazy("Wo es läuft"), choices=list(MODEL_LABELS.items()))
    endpunkt = forms.CharField(
        label=gettext_lazy("Adresse"), max_length=300, required=False,
        help_text=gettext_lazy("Zum Beispiel: https://modelle.rechenzentrum.example/v1"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )  # fmt: skip

    class Meta:
        model = Modell
        fields = (
            "titel", "kennung", "anbieter", "art", "klasse", "protokoll", "endpunkt", "modellname", "faehigkeiten",
            "vertrag", "vertrag_geprueft_am", "kein_training", "kontext", "max_ausgabe", "rang", "preis_ein",
            "preis_aus", "sekunden_anfang", "sekunden_gesamt", "pruefpfad", "guete", "guete_quelle",
        )  # fmt: skip
        widgets = {
            "vertrag": forms.Textarea(attrs={"rows": 3}),
            "vertrag_geprueft_am": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "kennung": gettext_lazy(
                "Unter diesem Namen rufen Programme es auf. Kleine Buchstaben, Ziffern, Bindestriche."
            ),
            "modellname": gettext_lazy("So, wie der Anbieter es nennt."),
            "pruefpfad": gettext_lazy(
                "Hier fragt Leitplanke regelmäßig, ob das Modell da ist. Hinter der Adresse, zum Beispiel: /models"
            ),
            "vertrag": gettext_lazy("Welcher Vertrag gilt, wo er liegt, und wo steht, dass nicht trainiert wird."),
            "guete": gettext_lazy("Anteil richtiger Antworten, von 0 bis 1. Leer, solange niemand bewertet hat."),
            "guete_quelle": gettext_lazy("Welche Bewertung, wann, mit wie vielen Fällen?"),
            "rang": gettext_lazy(
                "1 ist klein und sparsam, 100 sehr groß. Von passenden Modellen kommt das kleinste zuerst."
            ),
        }

    def values(self) -> dict[str, Any]:
        """Return what was entered, without the access code."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean_endpunkt(self) -> str:
        """Take away a slash at the end."""
        return str(self.cleaned_data["endpunkt"]).rstrip("/")

    def clean_pruefpfad(self) -> str:
        """Take what every service has where nothing was entered."""
        path = str(self.cleaned_data["pruefpfad"] or "/models")
        if ".." in path:
            raise ValidationError(_("Bitte einen Pfad hinter der Adresse, ohne „..“."))
        return path

    def validate_unique(self) -> None:
        """Leave it to the verb, which knows the Mandant."""


class ReasonForm(forms.Form):
    """Why."""

    grund = forms.CharField(label=gettext_lazy("Grund"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DisclosureForm(forms.Form):
    """For which cause somebody wants to read kept content."""

    grund = forms.CharField(
        label=gettext_lazy("Anlass"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Wer ist betroffen, was ist geschehen, warum genügen die Angaben ohne Inhalt nicht?"),
    )  # fmt: skip


class PurposeForm(forms.Form):
    """How a purpose uses models."""

    modelle = forms.MultipleChoiceField(
        label=gettext_lazy("Modelle"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Das kleinste geeignete wird zuerst gefragt, die anderen springen ein."),
    )  # fmt: skip
    datenklasse = forms.ChoiceField(
        label=gettext_lazy("Welche Daten vorkommen"), choices=list(DATA_LABELS.items()),
        help_text=gettext_lazy("Die höchste Klasse zählt. Funde in einer Eingabe können sie nur verschärfen."),
    )  # fmt: skip
    betrifft_buerger = forms.BooleanField(label=gettext_lazy("Betrifft Bürgerinnen und Bürger"), required=False)
    richtung_buerger = forms.BooleanField(
        label=gettext_lazy("Was herauskommt, geht an Bürgerinnen und Bürger"), required=False
    )
    automatisierungsstufe = forms.TypedChoiceField(
        label=gettext_lazy("Stufe der Automatisierung"), choices=STAGES, coerce=int, initial=1
    )
    werkzeuge = forms.CharField(
        label=gettext_lazy("Werkzeuge"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=gettext_lazy(
            "Je Zeile ein Name. Schreibt das Werkzeug etwas, setzen Sie „schreibt“ dahinter: termin_buchen schreibt. "
            "Was hier fehlt, gilt als schreibend und wartet auf einen Menschen."
        ),
    )  # fmt: skip
    max_ausgabe = forms.IntegerField(
        label=gettext_lazy("Längste Antwort in Token"), min_value=16, max_value=32768, initial=2048
    )
    inhalt_speichern = forms.BooleanField(
        label=gettext_lazy("Eingaben und Antworten verschlüsselt aufbewahren"), required=False,
        help_text=gettext_lazy("Nur, wenn der Zweck es verlangt. Lesen dürfen nur zwei Rollen gemeinsam, mit Anlass."),
    )  # fmt: skip
    aufbewahrung_tage = forms.IntegerField(
        label=gettext_lazy("Aufbewahren, Tage"), min_value=1, max_value=3650, initial=30
    )

    def __init__(self, models: list[Modell], *args: Any, zweck: Zweck | None = None, **kwargs: Any) -> None:
        """Offer `models`; begin with what is set up."""
        if zweck is not None:
            kwargs.setdefault("initial", _initial(zweck))
        super().__init__(*args, **kwargs)
        self.models = models
        self.fields["modelle"].choices = [(one.kennung, f"{one.titel} ({MODEL_LABELS[one.klasse]})") for one in models]  # type: ignore[attr-defined]

    def clean_werkzeuge(self) -> tuple[Tool, ...]:
        """Read one tool a line."""
        found = []
        for line in str(self.cleaned_data["werkzeuge"]).splitlines():
            name, *rest = line.split()[:2] or [""]
            if not name:
                continue
            if rest not in ([], ["schreibt"]) or not name.replace("_", "").replace("-", "").isalnum():
                raise ValidationError(
                    _("„%(zeile)s“ ist so nicht verständlich. Zum Beispiel: termin_buchen schreibt"),
                    params={"zeile": line},
                )
            found.append(Tool(name, bool(rest)))
        return tuple(found)

    def setup(self) -> Setup:
        """Return what was entered; models in order of their size."""
        said = dict(self.cleaned_data)
        chosen = set(said.pop("modelle"))
        return Setup(modelle=tuple(one.kennung for one in self.models if one.kennung in chosen), **said)


def _initial(zweck: Zweck) -> dict[str, Any]:
    names = (
        "datenklasse", "betrifft_buerger", "richtung_buerger", "automatisierungsstufe", "max_ausgabe",
        "inhalt_speichern", "aufbewahrung_tage",
    )  # fmt: skip
    tools = (f"{tool['name']} schreibt" if tool["schreibt"] else tool["name"] for tool in zweck.werkzeuge)
    return {
        **{name: getattr(zweck, name) for name in names},
        "modelle": [row.modell.kennung for row in zweck.zweckmodelle.select_related("modell")],
        "werkzeuge": "\n".join(tools),
    }


class _Limit(forms.CharField):
    """A limit; nothing for none."""

    def __init__(self, *, whole: bool, **options: Any) -> None:
        attrs = {"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
        super().__init__(max_length=12, required=False, widget=forms.TextInput(attrs=attrs), **options)
        self.whole = whole

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        number = decimal_of(text, english=get_language() == "en")
        if number is None or number <= 0 or number >= 10**9 or (self.whole and number != int(number)):
            raise ValidationError(_("Bitte eine Zahl über 0, oder nichts für keine Grenze."))
        if number != round(number, 2):
            raise ValidationError(_("Bitte höchstens zwei Stellen nach dem Komma."))
        return int(number) if self.whole else number


class KeyForm(forms.Form):
    """A key for a program."""

    longest = LONGEST_DAYS
    name = forms.CharField(
        label=gettext_lazy("Wofür"), max_length=200,
        help_text=gettext_lazy("Zum Beispiel: Open WebUI auf dem Server der Bürgerdienste"),
    )  # fmt: skip
    zweck = forms.ChoiceField(label=gettext_lazy("Zweck aus dem Register"))
    gueltig_bis = forms.DateField(
        label=gettext_lazy("Gültig bis"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    anfragen_tag = _Limit(label=gettext_lazy("Anfragen am Tag"), whole=True)
    token_tag = _Limit(label=gettext_lazy("Token am Tag"), whole=True)
    eur_monat = _Limit(label=gettext_lazy("EUR im Monat"), whole=False)
    wh_monat = _Limit(label=gettext_lazy("Wh im Monat"), whole=False)

    def __init__(self, purposes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the purposes that are set up."""
        super().__init__(*args, **kwargs)
        self.fields["zweck"].choices = purposes  # type: ignore[attr-defined]
        day = timezone.localdate() + timedelta(days=self.longest)
        self.fields["gueltig_bis"].initial = timezone.localdate() + timedelta(days=OWN_DAYS)
        self.fields["gueltig_bis"].help_text = _("Spätestens %(tag)s.") % {"tag": day.strftime("%d.%m.%Y")}

    def plan(self) -> KeyPlan:
        """Return what was entered."""
        said = self.cleaned_data
        limits = Limits(said["anfragen_tag"], said["token_tag"], said["eur_monat"], said["wh_monat"])
        return KeyPlan(said["zweck"], said["name"], said["gueltig_bis"], limits)


class OwnKeyForm(KeyForm):
    """A key for one's own tools; the town's limits hold."""

    longest = OWN_DAYS
    zeigt_datenarten = forms.BooleanField(
        label=gettext_lazy("Mein Programm zeigt vor der Eingabe, welche Daten erlaubt sind"), required=False,
        help_text=gettext_lazy(
            "Manche Leitlinien verlangen das. Welche Daten ein Modell bekommen darf, steht für Programme unter "
            "/v1/models."
        ),
    )  # fmt: skip

    rollen = forms.MultipleChoiceField(
        label=gettext_lazy("Für welche Ihrer Rollen gilt er?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Haben Sie keine davon mehr, öffnet der Zugang nichts mehr."),
        error_messages={"required": gettext_lazy("Bitte wählen Sie mindestens eine Rolle.")},
    )  # fmt: skip

    def __init__(self, purposes: list[tuple[str, str]], *args: Any, roles: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Ask for roles only where there is a choice."""
        super().__init__(purposes, *args, **kwargs)
        if len(roles) > 1:
            self.fields["rollen"].choices = [(name, Rolle(name).label) for name in roles]  # type: ignore[attr-defined]
            self.fields["rollen"].initial = list(roles)
        else:
            del self.fields["rollen"]

    def plan(self) -> KeyPlan:
        """Return what was entered."""
        said = self.cleaned_data
        return replace(
            super().plan(), zeigt_datenarten=said["zeigt_datenarten"], rollen=tuple(said.get("rollen") or ())
        )
