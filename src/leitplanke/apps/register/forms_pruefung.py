"""Forms of an evaluation: the plan in words, files, one blind judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from leitplanke.core.evaluation.plan import Ergebnisart, Fehlerschwere, Wahrheitsquelle

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.apps.register.models import Eintrag

TRUTHS = [
    (
        Wahrheitsquelle.ZWEITPRUEFUNG_VERDECKT.value,
        _("Menschen prüfen jeden Fall verdeckt ein zweites Mal (empfohlen)"),
    ),
    (Wahrheitsquelle.ZWEITPRUEFUNG_OFFEN.value, _("Menschen prüfen ein zweites Mal und kennen die Ergebnisse")),
    (Wahrheitsquelle.SPAETERER_AUSGANG.value, _("Es stellt sich später für jeden Fall heraus")),
    (Wahrheitsquelle.MENSCHLICHE_ENTSCHEIDUNG.value, _("Die Entscheidung von damals gilt als richtig")),
]
SEVERE = [
    (Fehlerschwere.NEIN_STATT_JA.value, _("Nein, wo Ja richtig wäre (jemand geht zu Unrecht leer aus)")),
    (Fehlerschwere.JA_STATT_NEIN.value, _("Ja, wo Nein richtig wäre")),
    (Fehlerschwere.JEDER.value, _("Jeder Fehler")),
]
KINDS = [(Ergebnisart.JA_NEIN.value, _("Ja oder nein")), (Ergebnisart.BETRAG.value, _("Ein Betrag"))]
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


def _percent(label: Any, value: str, most: int, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, decimal_places=2, initial=value, localize=True, help_text=help_text
    )


class PlanForm(forms.Form):
    """What is asked, against which truth and with which limits; percentages as people say them."""

    titel = forms.CharField(label=_("Worum geht es?"), max_length=150)
    frage = forms.CharField(
        label=_("Die Frage in einem Satz"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    art = forms.ChoiceField(label=_("Was kommt heraus?"), choices=KINDS, widget=forms.RadioSelect)
    ja = forms.CharField(
        label=_("Was heißt Ja?"),
        max_length=150,
        help_text=_("Etwa: Der Antrag ist vollständig. Bei Beträgen: Es wird gezahlt."),
    )
    wahrheit = forms.ChoiceField(label=_("Woher weiß man, was richtig ist?"), choices=TRUTHS, widget=forms.RadioSelect)
    wahrheit_wie = forms.CharField(
        label=_("Wie genau?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wer prüft, ohne was zu sehen, und wer entscheidet, wenn sie uneins sind?"),
    )  # fmt: skip
    menschen = forms.IntegerField(
        label=_("Mit wie vielen Menschen wird verglichen?"), min_value=1, max_value=5, initial=2
    )
    merkmale = forms.CharField(
        label=_("Gruppen"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Je Zeile ein Merkmal, etwa Sprache. So heißt auch die Spalte der Datei."),
    )  # fmt: skip
    mindestzahl = forms.IntegerField(label=_("Fälle je Gruppe mindestens"), min_value=10, max_value=5000, initial=50)
    schwere = forms.ChoiceField(label=_("Was ist ein schwerer Fehler?"), choices=SEVERE, widget=forms.RadioSelect)
    abstand = _percent(
        _("Abstand zu Menschen, Prozentpunkte"), "5", 30, _("So viel seltener als Menschen darf die KI richtig liegen.")
    )
    abstand_gruppe = _percent(_("Dasselbe in jeder Gruppe, Prozentpunkte"), "10", 50)
    ausgleich = _percent(
        _("Ungleichheit zwischen Gruppen, Prozentpunkte"), "8", 50, _("So viel größer als bei Menschen darf sie sein.")
    )
    schwere_fehler = _percent(_("Schwere Fehler höchstens, Prozent"), "2", 50)
    betrag_abstand = forms.DecimalField(
        label=_("Nur bei Beträgen: mittlere Abweichung, um wie viel Euro größer als bei Menschen"), required=False,
        min_value=0, max_digits=8, decimal_places=2, localize=True,
    )  # fmt: skip
    anzahl = forms.IntegerField(label=_("Geplante Zahl der Fälle"), min_value=50, max_value=1_000_000, initial=500)
    uneinigkeit = _percent(_("Wie oft KI und Mensch vermutlich uneins sind, Prozent"), "20", 100)
    gueltig_monate = forms.IntegerField(
        label=_("Wie viele Monate soll das Ergebnis gelten?"), min_value=1, max_value=36, initial=12
    )

    def as_yaml(self, eintrag: Eintrag, day: date) -> str:
        """Return the plan as YAML, as `core.evaluation` reads it."""
        said = self.cleaned_data
        amounts = said["art"] == Ergebnisart.BETRAG
        version = eintrag.bearbeitung
        plan: dict[str, Any] = {
            "titel": {"de": said["titel"]},
            "frage": {"de": said["frage"]},
            "system": {
                "name": eintrag.name,
                "fassung": str(version.nummer if version else 1),
                "eintrag": eintrag.kuerzel,
            },
            "stelle": eintrag.einheit.name,
            "tag": day.isoformat(),
            "gueltig_monate": str(said["gueltig_monate"]),
            "wahrheit": {"quelle": said["wahrheit"], "wie": {"de": said["wahrheit_wie"]}},
            "ergebnis": {"art": said["art"], "ja": {"de": said["ja"]}},
            "menschen": {f"person_{n}": {"de": f"Person {n}"} for n in range(1, said["menschen"] + 1)},
            "gruppen": {"merkmale": self._attributes(), "mindestzahl": str(said["mindestzahl"])},
            "schwere_fehler": {"art": said["schwere"], "beschreibung": {"de": str(dict(SEVERE)[said["schwere"]])}},
            "grenzen": {
                name: _share(said[name]) for name in ("abstand", "abstand_gruppe", "ausgleich", "schwere_fehler")
            },
            "statistik": {"anzahl": str(said["anzahl"]), "uneinigkeit": _share(said["uneinigkeit"])},
        }
        if amounts:
            plan["ergebnis"]["abstand"] = str(said["betrag_abstand"] or 0)
        return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False, width=110)

    def _attributes(self) -> dict[str, dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["merkmale"].splitlines() if line.strip()]
        return {_name_of(line): {"de": line} for line in lines}


def _name_of(text: str) -> str:
    return slugify(text.lower().translate(_UMLAUTS)).replace("-", "_") or "merkmal"


def _share(value: Any) -> str:
    return f"{value / 100:f}"


class FileForm(forms.Form):
    """A CSV file."""

    datei = forms.FileField(label=_("CSV-Datei"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class YamlForm(forms.Form):
    """A plan that was written elsewhere."""

    datei = forms.FileField(label=_("Prüfplan (YAML)"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}))


class JudgementForm(forms.Form):
    """What somebody says on a case."""

    nummer = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: str, amounts: bool, **options: Any) -> None:
        """Ask for yes or no, or for an amount."""
        super().__init__(*args, **options)
        self.fields["wert"] = (
            forms.CharField(label=question, max_length=20, help_text=_("In Euro, etwa 253,00."))
            if amounts
            else forms.ChoiceField(
                label=question, choices=[("ja", _("Ja")), ("nein", _("Nein"))], widget=forms.RadioSelect
            )
        )
