"""Forms of taking over entries: the file, and what its columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.importing import column_choices, samples
from leitplanke.apps.register.page_oeffentlich import language
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.core.register.imports import sheet_of

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Uebernahme
    from leitplanke.base.accounts.models import Mandant


class ImportFileForm(forms.Form):
    """The file, and who is responsible where it does not say so."""

    datei = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("Eine Tabelle (CSV oder XLSX) oder der Export eines anderen Registers (JSON)."),
    )

    def __init__(self, *args: Any, mandant: Mandant, **options: Any) -> None:
        """Offer the units of the town."""
        super().__init__(*args, **options)
        self.fields["einheit"] = forms.ModelChoiceField(
            queryset=Organisationseinheit.objects.for_mandant(mandant),
            label=_("Verantwortliche Stelle"),
            help_text=_("Gilt für jede Zeile, die selbst keine nennt."),
        )


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    def __init__(self, *args: Any, uebernahme: Uebernahme, **options: Any) -> None:
        """Make one field a column, with its title and an example."""
        super().__init__(*args, **options)
        sheet = sheet_of(uebernahme.tabelle)
        choices = column_choices(language())
        for number, title in enumerate(sheet.titel):
            example = samples(sheet.zeilen, number)
            if not title and not example:
                continue
            self.fields[f"spalte-{number}"] = forms.ChoiceField(
                label=title or _("Spalte %(nummer)s ohne Namen") % {"nummer": number + 1},
                choices=choices,
                required=False,
                help_text=_("Zum Beispiel: %(wert)s") % {"wert": example} if example else "",
                initial=uebernahme.zuordnung.get(str(number), ""),
            )

    is_filter = True

    def chosen(self) -> dict[int, str]:
        """Return what was chosen, by number of the column."""
        return {int(name.removeprefix("spalte-")): value for name, value in self.cleaned_data.items()}
