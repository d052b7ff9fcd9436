"""The form of trying a guideline: what is to be tried, the step, and the facts that matter for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.trying import STEPS, choices_of, facts_for, group_of, group_titles, text_of, usual
from leitplanke.core.policy import FACTS
from leitplanke.core.policy.facts import complaint
from leitplanke.core.policy.reading_clauses import fact_value

if TYPE_CHECKING:
    from django.forms import BoundField

    from leitplanke.core.policy import Case, Profile

IN_FORCE = "gilt"
PREFIX = "f_"


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together."""

    title: str
    fields: tuple[BoundField, ...]


class TryForm(forms.Form):
    """What is tried on which step; the fields of the facts follow from both."""

    is_filter = True
    was = forms.ChoiceField()
    schritt = forms.ChoiceField()

    def __init__(self, given: Mapping[str, Any], profile: Profile, versions: Sequence[tuple[str, str]]) -> None:
        """Offer the facts that the step hangs on, each with a value under which nothing stands in the way."""
        self.step = given.get("schritt") if given.get("schritt") in STEPS else "modellaufruf"
        self.names = facts_for(profile, str(self.step))
        start = {f"{PREFIX}{name}": text_of(value) for name, value in usual(self.names).items()}
        super().__init__({**start, "was": IN_FORCE, **given, "schritt": self.step})
        self.fields["was"] = forms.ChoiceField(label=_("Welche Leitlinie?"), choices=list(versions))
        self.fields["schritt"] = forms.ChoiceField(
            label=_("Was soll geschehen?"), choices=[(name, _(words)) for name, words in STEPS.items()]
        )
        for name in self.names:
            self.fields[f"{PREFIX}{name}"] = _field(name)

    def facts(self) -> dict[str, Any]:
        """Return the facts as stated; one that cannot be read is not known."""
        stated: dict[str, Any] = {"schritt": self.step}
        for name in self.names:
            value = fact_value(name, str(self.data.get(f"{PREFIX}{name}") or "unbekannt"))
            stated[name] = None if complaint(name, value) else value
        return stated

    def groups(self) -> list[Group]:
        """Return the fields of the facts, by what they are about."""
        found: dict[str, list[BoundField]] = {}
        for name in self.names:
            found.setdefault(group_of(name), []).append(self[f"{PREFIX}{name}"])
        order = [title for title in group_titles() if title in found]
        return [Group(title, tuple(found[title])) for title in order]


def _field(name: str) -> forms.Field:
    label, choices = FACTS[name].meaning, choices_of(name)
    if choices:
        return forms.ChoiceField(label=label, choices=choices, required=False)
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def query_of(case: Case) -> dict[str, str]:
    """Return the facts of a case as they stand in an address; a case without a step is a call of a model."""
    stated = {f"{PREFIX}{name}": text_of(value) for name, value in case.facts.items() if name != "schritt"}
    return {"schritt": str(case.facts.get("schritt") or "modellaufruf"), **stated}
