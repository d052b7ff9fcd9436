"""The forms of the first step: who applies, who acts for them, and by which document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leitplanke.apps.antrag.belege import add_document
from leitplanke.apps.antrag.forms_buerger import SELF, ApplicantForm, RepresentativeForm, RoleForm
from leitplanke.apps.antrag.intake import Anschrift
from leitplanke.apps.antrag.models import Beteiligung
from leitplanke.apps.antrag.uploading import AUTHORITY, checked_files

if TYPE_CHECKING:
    from django.forms import Form

    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag, Beleg
    from leitplanke.base.accounts.models import Person

FILES = "vollmacht"


class PeopleForms:
    """The three forms as one page."""

    def __init__(self, antrag: Antrag, data: Any, files: Any, person: Person | None) -> None:
        """Fill them with what is kept, or with what was sent."""
        self.antrag = antrag
        rows = {row.rolle: row for row in antrag.beteiligte.all()}
        own = rows.get(Beteiligung.ANTRAGSTELLEND)
        acting = rows.get(Beteiligung.BEVOLLMAECHTIGT) or rows.get(Beteiligung.BETREUUNG)
        self.role = RoleForm(data, initial={"fuer": acting.rolle if acting else SELF})
        first = {"vorname": person.vorname, "nachname": person.nachname, "email": person.email} if person else {}
        self.applicant = ApplicantForm(data, prefix="person", initial=_values(own, ApplicantForm) or first)
        self.acting = RepresentativeForm(data, prefix="vertretung", initial=_values(acting, RepresentativeForm))
        sent = files.getlist(FILES) if files else []
        self.files, self.file_errors = checked_files(sent)

    @property
    def represented(self) -> bool:
        """Whether somebody acts for the person."""
        chosen = self.role.data.get("fuer") if self.role.is_bound else self.role.initial.get("fuer")
        return chosen in {Beteiligung.BEVOLLMAECHTIGT.value, Beteiligung.BETREUUNG.value}

    @property
    def documents(self) -> list[Beleg]:
        """Documents by which the representative acts that were handed in already."""
        return list(self.antrag.belege.filter(zu_angabe=AUTHORITY))

    def _forms(self) -> list[Form]:
        return [self.role, self.applicant, *([self.acting] if self.represented else [])]

    def is_valid(self) -> bool:
        """Check all that matter here."""
        checked = [form.is_valid() for form in self._forms()]  # each of them, so that every error shows
        return all(checked) and not self.file_errors

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong: where to go, what it is called, what to do."""
        return list(self._errors())

    def _errors(self) -> Iterator[tuple[str, str, str]]:
        for form in self._forms():
            if form.is_bound:
                for field in form:
                    yield from ((f"#{field.id_for_label}", str(field.label), str(error)) for error in field.errors)
        yield from (("#id_vollmacht", "", error) for error in self.file_errors)

    def people(self) -> list[Anschrift]:
        """Return who was named."""
        people = [Anschrift(Beteiligung.ANTRAGSTELLEND, self.applicant.cleaned_data)]
        if self.represented:
            people.append(Anschrift(Beteiligung(self.role.cleaned_data["fuer"]), self.acting.cleaned_data))
        return people

    def keep_files(self, doer: Doer) -> None:
        """Keep the documents by which the representative acts."""
        for name, data in self.files if self.represented else []:
            add_document(self.antrag.pk, doer, name, data, zu_angabe=AUTHORITY, art=AUTHORITY)


def _values(row: Any, form: type[Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields} if row is not None else {}
