"""The filter of the public register; pages and interface read the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.labels import CLASS_LABELS, STAND_LABELS
from leitplanke.apps.register.page_oeffentlich import language
from leitplanke.core.register.fields import felder
from leitplanke.core.register.finding import searched_words
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.apps.register.models import Eintrag

STATES = (Stand.FREIGEGEBEN, Stand.ERPROBUNG, Stand.AUSGESETZT, Stand.STILLGELEGT)
CLASSES = ("high", "limited", "minimal", "none", "undetermined")


class PublicFilterForm(forms.Form):
    """What to show: words, field of life, class in law, state."""

    is_filter = True

    suche = forms.CharField(label=gettext_lazy("Suche"), required=False, max_length=100)
    bereich = forms.ChoiceField(label=gettext_lazy("Bereich des Lebens"), required=False)
    klasse = forms.ChoiceField(label=gettext_lazy("Risiko"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Stand"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what the list of statements knows."""
        super().__init__(*args, **options)
        fields = felder()["lebensbereich"].optionen or {}
        self._offer("bereich", [(name, words.in_language(language())) for name, words in fields.items()])
        self._offer("klasse", [(name, _(CLASS_LABELS[name])) for name in CLASSES])
        self._offer("stand", [(stand.value, _(STAND_LABELS[stand])) for stand in STATES])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("alle")), *choices]

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.cleaned_data.values())

    def apply(self, rows: QuerySet[Eintrag]) -> QuerySet[Eintrag]:
        """Return the rows of `queries.public_entries` that fit."""
        wanted = self.cleaned_data
        for word in searched_words(wanted["suche"]):
            rows = rows.filter(Q(gezeigt_suchtext__contains=word))
        columns = (("bereich", "gezeigt_lebensbereich"), ("klasse", "gezeigt_klasse"), ("stand", "stand"))
        for name, column in columns:
            if wanted[name]:
                rows = rows.filter(Q(**{column: wanted[name]}))
        return rows
