"""What people enter for a simulation: first the law, then cases, comparison, changes, judgements and values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.simulation import files
from leitplanke.apps.simulation.choices import LawChoice, judgements_of, parameters_of, values_of
from leitplanke.apps.simulation.limits import ENDINGS, MOST_ROWS
from leitplanke.apps.simulation.models import Bevoelkerung
from leitplanke.apps.simulation.plan import CASES, DRAFT, NOTHING, OTHER_DAY, UNCHANGED, Plan
from leitplanke.base.documents.limits import MAX_BYTES
from leitplanke.base.interview.days import DayField
from leitplanke.base.interview.forms import ShapeField
from leitplanke.core.rules import FactError, RegelwerkError
from leitplanke.core.rules.model import Kind, Shape, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

    from leitplanke.apps.simulation.files import Upload
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.rules import Engine, Regelwerk
    from leitplanke.core.rules.simulate import Simulation

FIRST_YEAR = 1990
MOST_SEED = 2**31 - 1
USUAL_COUNT = 10_000
COMPARISONS = {
    NOTHING: gettext_lazy("Mit nichts, nur rechnen"),
    UNCHANGED: gettext_lazy("Geänderte Werte mit dem unveränderten Recht"),
    OTHER_DAY: gettext_lazy("Mit dem Recht eines anderen Tages"),
    DRAFT: gettext_lazy("Den Entwurf mit dem geltenden Recht"),
}
POPULATIONS = {
    Bevoelkerung.ERFUNDEN: gettext_lazy("Erfundene Fälle"),
    Bevoelkerung.HOCHGELADEN: gettext_lazy("Eigene Tabelle hochladen"),
}


class TableField(forms.FileField):
    """A table, within the size limit and of a kind we read."""

    def __init__(self, **options: Any) -> None:
        """Offer the kinds we read."""
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check kind and size.

        Raises:
            ValidationError: it is too large or no table.
        """
        file = super().clean(data, initial)
        if file is None:
            return None
        if Path(file.name).suffix.lower() not in ENDINGS:
            raise ValidationError(_("„%(name)s“ ist weder CSV noch Parquet."), params={"name": file.name})
        if file.size > MAX_BYTES:
            limit = MAX_BYTES // 1024**2
            raise ValidationError(
                _("„%(name)s“ ist größer als %(limit)s MB. Als Parquet gespeichert wird eine Tabelle viel kleiner."),
                params={"name": file.name, "limit": limit},
            )
        return file


class LawForm(forms.Form):
    """Which rules, and as of which day."""

    regelwerk = forms.ChoiceField(label=gettext_lazy("Regelwerk"))
    am = DayField(
        first_year=FIRST_YEAR,
        label=gettext_lazy("Stichtag"),
        help_text=gettext_lazy("Gerechnet wird mit dem Recht, das an diesem Tag gilt."),
    )

    def __init__(self, *args: Any, laws: dict[str, LawChoice], **options: Any) -> None:
        """Offer the rules there are."""
        super().__init__(*args, **options)
        self.laws = laws
        self.fields["regelwerk"] = forms.ChoiceField(
            label=_("Regelwerk"), choices=[(key, law.label) for key, law in laws.items()]
        )

    def clean(self) -> dict[str, Any]:
        """Check that there is law on that day."""
        values = super().clean() or {}
        key, day = values.get("regelwerk"), values.get("am")
        if key and day and day < self.laws[key].first_day:
            text = _("Dieses Regelwerk kennt das Recht ab dem %(tag)s.")
            self.add_error("am", text % {"tag": formats.date_format(self.laws[key].first_day, "SHORT_DATE_FORMAT")})
        return values


class PlanForm(forms.Form):
    """Everything else. Uploaded tables are kept, and found again by a sealed note, until the form is complete."""

    is_filter = True  # nearly all of it may stay as it is, so no field is marked as optional

    def __init__(self, *args: Any, engine: Engine, day: date, actor: Actor, **options: Any) -> None:
        """Offer what these rules have."""
        super().__init__(*args, **options)
        self.engine, self.day, self.actor = engine, day, actor
        self.uploads: dict[str, Upload] = {}
        self.parameters = list(parameters_of(engine.regelwerk, day))
        self.judgements = list(judgements_of(engine, day))
        self._add_population()
        self._add_comparison()
        for parameter in self.parameters:
            self.fields[parameter.field] = ShapeField(parameter.shape, label=parameter.title)
        for judgement in self.judgements:
            self.fields[judgement.field] = judgement.form_field()
        self.fields["werte"] = forms.MultipleChoiceField(
            label=_("Welche Werte?"),
            choices=values_of(engine, day),
            initial=self.usual_values(),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "kern-form-check__checkbox"}),
            error_messages={"required": _("Bitte wählen Sie mindestens einen Wert.")},
        )
        self.fields["bezeichnung"] = forms.CharField(
            label=_("Bezeichnung"), max_length=120, required=False,
            help_text=_("Woran Sie die Simulation wiedererkennen. Bitte keine Namen von Menschen."),
        )  # fmt: skip

    @property
    def regelwerk(self) -> Regelwerk:
        """The Regelwerk."""
        return self.engine.regelwerk

    def usual_values(self) -> list[str]:
        """Return what the Regelwerk is about, as far as it is a number."""
        offered = dict(values_of(self.engine, self.day))
        return [name for name in self.regelwerk.ziel if name in offered] or list(offered)[:1]

    @property
    def tables(self) -> dict[str, str]:
        """What tables can be uploaded, with their title."""
        lists = {
            name: _("Tabelle zur Liste „%(liste)s“") % {"liste": angabe.titel.de}
            for name, angabe in self.regelwerk.angaben.items()
            if angabe.shape.kind is Kind.LISTE
        }
        return {CASES: _("Tabelle der Fälle"), **lists}

    def _add_population(self) -> None:
        made_up = bool(self.regelwerk.simulation.bevoelkerung)
        offered = [
            (kind.value, label)
            for kind, label in POPULATIONS.items()
            if self.actor.may("simulation.start", kind) and (made_up or kind == Bevoelkerung.HOCHGELADEN)
        ]
        self.fields["bevoelkerung"] = forms.ChoiceField(
            label=_("Welche Fälle?"), choices=offered, initial=offered[0][0] if offered else "", widget=_radios()
        )
        if made_up:
            counts, seeds = (Shape(Kind.GANZZAHL, *span) for span in ((1, MOST_ROWS), (0, MOST_SEED)))
            self.fields["anzahl"] = ShapeField(counts, label=_("Anzahl"), initial=str(USUAL_COUNT))
            self.fields["startwert"] = ShapeField(seeds, label=_("Startwert"), initial="1")
        if self.actor.may("simulation.start", Bevoelkerung.HOCHGELADEN):
            for name, title in self.tables.items():
                self.fields[f"datei_{name}"] = TableField(label=title)
                self.fields[f"beleg_{name}"] = forms.CharField(required=False, widget=forms.HiddenInput())

    def _add_comparison(self) -> None:
        choices = [(key, label) for key, label in COMPARISONS.items() if key != DRAFT or self._draft_holds()]
        self.fields["vergleich"] = forms.ChoiceField(
            label=_("Womit vergleichen?"), choices=choices, initial=NOTHING, widget=_radios()
        )
        self.fields["vergleichstag"] = DayField(first_year=FIRST_YEAR, label=_("Der andere Tag"), required=False)

    def _draft_holds(self) -> bool:
        spans = [wert.geltung for p in self.regelwerk.parameter.values() for wert in p.werte]
        spans += [variant.geltung for rule in self.regelwerk.regeln.values() for variant in rule.fassungen]
        return any(s.status is Status.ENTWURF and s.holds(self.day, None, entwurf=True) for s in spans)

    def clean(self) -> dict[str, Any]:
        """Keep what was uploaded, then see whether all of it can be reckoned."""
        values = super().clean() or {}
        self._take_uploads(values)
        if values.get("bevoelkerung") == Bevoelkerung.HOCHGELADEN:
            if CASES not in self.uploads and f"datei_{CASES}" not in self.errors:
                self.add_error(f"datei_{CASES}", _("Bitte wählen Sie die Tabelle mit den Fällen."))
        elif "anzahl" in self.fields and not values.get("anzahl") and "anzahl" not in self.errors:
            self.add_error("anzahl", _("Bitte geben Sie an, wie viele Fälle erfunden werden."))
        self._check_comparison(values)
        if not self.errors:
            self._check_engine()
        return values

    def _take_uploads(self, values: dict[str, Any]) -> None:
        data: Any = self.data
        self.data = data = data.copy()
        for name in self.tables:
            if f"datei_{name}" not in self.fields:
                continue
            if file := values.get(f"datei_{name}"):
                upload: Upload | None = files.keep_upload(self.actor, file)
            else:
                upload = files.upload_for(self.actor, values.get(f"beleg_{name}") or "")
            note = self.add_prefix(f"beleg_{name}")
            data[note] = files.token_for(self.actor, upload) if upload else ""
            if upload:
                self.uploads[name] = upload

    def _check_comparison(self, values: dict[str, Any]) -> None:
        if values.get("vergleich") == OTHER_DAY and "vergleichstag" not in self.errors:
            other = values.get("vergleichstag")
            if other is None:
                self.add_error("vergleichstag", _("Bitte geben Sie den anderen Tag an."))
            elif other < self.regelwerk.gilt_ab:
                first = formats.date_format(self.regelwerk.gilt_ab, "SHORT_DATE_FORMAT")
                self.add_error("vergleichstag", _("Dieses Regelwerk kennt das Recht ab dem %(tag)s.") % {"tag": first})
        if values.get("vergleich") == UNCHANGED and not self.errors and not self._changes():
            self.add_error("vergleich", _("Noch ist kein Wert geändert. Bitte ändern Sie unten mindestens einen."))

    def _check_engine(self) -> None:
        """Have the engine say what does not fit, before anybody waits for it."""
        try:
            for run in self.plan().simulations(self.engine).values():
                self._check_judgements(run)
        except RegelwerkError as error:
            self.add_error(None, "\n".join(finding.message for finding in error.findings[:3]))
        except FactError as error:
            self.add_error(None, str(error))

    def _check_judgements(self, run: Simulation) -> None:
        program = run.engine.program(run.state)
        named = {judgement.name: judgement for judgement in self.judgements}
        missing = [named[n] for n in run.open_judgements(program) if n in named and not named[n].playable]
        for judgement in missing:
            if judgement.field not in self.errors:
                self.add_error(judgement.field, _("Bitte angeben: Darauf kommt es hier an."))
        if not missing:
            run.scenarios(program)

    def _changes(self) -> dict[str, str]:
        drafted = self.cleaned_data.get("vergleich") == DRAFT
        found = {}
        for parameter in self.parameters:
            given = self.cleaned_data.get(parameter.field)
            current = parameter.draft if drafted else parameter.value
            if given and (current is None or Decimal(given) != Decimal(current)):
                found[parameter.name] = given
        return found

    def plan(self) -> Plan:
        """Return what was entered."""
        values = self.cleaned_data
        made_up = values["bevoelkerung"] == Bevoelkerung.ERFUNDEN
        return Plan(
            day=self.day,
            values=tuple(values["werte"]),
            against=values["vergleich"],
            other_day=values["vergleichstag"] if values["vergleich"] == OTHER_DAY else None,
            changes=self._changes(),
            judgements={j.name: values[j.field] for j in self.judgements if values[j.field] not in {"", None}},
            count=int(values["anzahl"]) if made_up else 0,
            seed=int(values["startwert"] or 1) if made_up else 0,
        )

    def chosen_uploads(self) -> dict[str, Upload]:
        """Return the tables to reckon with."""
        return self.uploads if self.cleaned_data["bevoelkerung"] == Bevoelkerung.HOCHGELADEN else {}

    @property
    def has_changes(self) -> bool:
        """Whether the values of the law deserve to be shown."""
        fields = [self[p.field] for p in self.parameters]
        return any(field.errors or field.value() for field in fields) or bool(self["vergleich"].errors)

    @property
    def judgement_errors(self) -> bool:
        """Whether a judgement must be answered."""
        return any(self[j.field].errors or self[j.field].value() for j in self.judgements)

    def table_rows(self) -> Iterator[tuple[BoundField, BoundField, str]]:
        """Yield each table with its note and the name of what lies here already."""
        for name in self.tables:
            if f"datei_{name}" in self.fields:
                note = self[f"beleg_{name}"]
                upload = self.uploads.get(name) or files.upload_for(self.actor, str(note.value() or ""))
                yield self[f"datei_{name}"], note, upload.name if upload else ""

    def parameter_rows(self) -> Iterator[tuple[Any, BoundField]]:
        """Yield each parameter with its field."""
        return ((parameter, self[parameter.field]) for parameter in self.parameters)

    def judgement_rows(self) -> Iterator[tuple[Any, BoundField]]:
        """Yield each judgement with its field."""
        return ((judgement, self[judgement.field]) for judgement in self.judgements)


def _radios() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "kern-form-check__radio"})
