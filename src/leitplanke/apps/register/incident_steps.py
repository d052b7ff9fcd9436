"""The page of one report: what the office can do with it now, and which of it comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.register import forms_vorfaelle as shapes
from leitplanke.apps.register import incidents, releasing
from leitplanke.apps.register.doing import may
from leitplanke.apps.register.models import PUBLIC_STATES, Schwere
from leitplanke.apps.register.queries_vorfaelle import next_step, reason_to_suspend
from leitplanke.base.interview.wording import said
from leitplanke.core.register.incidents import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django import forms

    from leitplanke.apps.register.models import Vorfall
    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """Something the office can do with a report.

    Attributes:
        titel: the heading, `knopf` the button.
        hinweis: what happens then.
        done: what is said afterwards.
    """

    name: str
    titel: str
    knopf: str
    hinweis: str
    done: str
    form: forms.Form
    act: Callable[[Mapping[str, Any]], object]

    @property
    def failed(self) -> bool:
        """Whether what was sent does not do."""
        return bool(self.form.errors)


class Steps:
    """What somebody can do with a report now."""

    def __init__(self, actor: Actor, vorfall: Vorfall, sent: Mapping[str, Any] | None = None) -> None:
        """Fill the form of the step that was sent, if any."""
        self._actor, self._vorfall, self._sent = actor, vorfall, sent
        self.all = {step.name: step for step in (*self._stopping(), *self._handling(), *self._after())}

    @property
    def chosen(self) -> Step | None:
        """The step that was sent."""
        return self.all.get(self._sent.get("schritt", "")) if self._sent is not None else None

    @property
    def next(self) -> Step | None:
        """The step that comes next."""
        return self.all.get(next_step(self._vorfall))

    @property
    def others(self) -> list[Step]:
        """The steps that are possible besides."""
        return [step for step in self.all.values() if step is not self.next and step.name != "erledigen"]

    def _form(self, name: str, kind: type[forms.Form], **options: Any) -> forms.Form:
        data = self._sent if self._sent is not None and self._sent.get("schritt") == name else None
        return kind(data, auto_id=f"{name}_%s", **options)

    def _verb(self, verb: Callable[..., object], **names: str) -> Callable[[Mapping[str, Any]], object]:
        def act(data: Mapping[str, Any]) -> object:
            values = {argument: data[field] for argument, field in names.items()}
            return verb(actor=self._actor, vorfall_id=self._vorfall.pk, **values)

        return act

    def _stopping(self) -> Iterator[Step]:
        vorfall = self._vorfall
        if vorfall.open and reason_to_suspend(vorfall) and self._may_suspend():
            yield Step(
                "aussetzen", _("System aussetzen"), _("Jetzt aussetzen"),
                _("Die KI läuft dann nicht mehr. Annahme, Entscheidungen von Hand und Fristen gehen weiter."),
                _("Das System ist ausgesetzt."), self._form("aussetzen", shapes.ReasonForm), self._suspend,
            )  # fmt: skip

    def _handling(self) -> Iterator[Step]:
        vorfall = self._vorfall
        if vorfall.open:
            judged = vorfall.schwere != Schwere.OFFEN
            yield Step(
                "beurteilen", _("Neu beurteilen") if judged else _("Beurteilen"), _("Beurteilung speichern"), "",
                _("Beurteilt."), self._form("beurteilen", shapes.AssessForm, vorfall=vorfall), self._assess,
            )  # fmt: skip
            if vorfall.behoerde_bis is not None and vorfall.behoerde_am is None:
                yield Step(
                    "behoerde", _("Anbieter und Behörde informieren"), _("Als informiert vermerken"),
                    f"{said(limits().note)} ({limits().note_norm})", _("Vermerkt."),
                    self._form("behoerde", shapes.AuthorityForm), self._verb(incidents.tell_authority, day="tag"),
                )  # fmt: skip
            if judged:
                yield self._answer()
            yield Step(
                "massnahme", _("Maßnahme festhalten"), _("Maßnahme speichern"), "", _("Maßnahme gespeichert."),
                self._form("massnahme", shapes.MeasureForm),
                self._verb(incidents.add_measure, text="text", bis="bis"),
            )  # fmt: skip

    def _answer(self) -> Step:
        form = self._form("antworten", shapes.AnswerForm, initial={"text": self._vorfall.antwort})
        return Step(
            "antworten", _("Antwort ändern") if self._vorfall.beantwortet_am else _("Antworten"), _("Antwort senden"),
            _("Wer gemeldet hat, liest die Antwort mit seinem Code."), _("Die Antwort ist zu lesen."), form,
            self._verb(incidents.answer, text="text"),
        )  # fmt: skip

    def _after(self) -> Iterator[Step]:
        vorfall = self._vorfall
        yield Step(
            "erledigen", "", "", "", _("Erledigt."), self._form("erledigen", shapes.FinishForm),
            self._verb(incidents.finish_measure, massnahme_id="massnahme"),
        )  # fmt: skip
        if vorfall.eintrag.state in PUBLIC_STATES:
            form = self._form("veroeffentlichen", shapes.SummaryForm, initial={"text": vorfall.oeffentlich_text})
            yield Step(
                "veroeffentlichen", _("Für alle veröffentlichen"), _("Veröffentlichen"),
                _("Die Zusammenfassung steht dann im öffentlichen Register beim System."), _("Veröffentlicht."), form,
                self._verb(incidents.publish, text="text"),
            )  # fmt: skip
        if vorfall.open and vorfall.schwere != Schwere.OFFEN:
            yield Step(
                "schliessen", _("Abschließen"), _("Meldung abschließen"), "", _("Die Meldung ist abgeschlossen."),
                self._form("schliessen", shapes.CloseForm), self._verb(incidents.close, grund="grund"),
            )  # fmt: skip
        if not vorfall.open and vorfall.geloescht_am is None:
            yield Step(
                "aufnehmen", _("Wieder aufnehmen"), _("Wieder aufnehmen"), "", _("Die Meldung ist wieder offen."),
                self._form("aufnehmen", shapes.NothingForm), self._verb(incidents.reopen),
            )  # fmt: skip

    def _assess(self, data: Mapping[str, Any]) -> object:
        schwere = Schwere(data["schwere"])
        return incidents.assess(actor=self._actor, vorfall_id=self._vorfall.pk, schwere=schwere, folge=data["folge"])

    def _may_suspend(self) -> bool:
        members = (*self._actor.memberships, *self._actor.acting_for)
        return any(may(one, "register.aussetzen", self._vorfall.eintrag) for one in members)

    def _suspend(self, data: Mapping[str, Any]) -> object:
        return releasing.suspend(actor=self._actor, eintrag_id=self._vorfall.eintrag_id, text=data["text"])
