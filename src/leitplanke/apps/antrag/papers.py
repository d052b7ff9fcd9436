"""Papers for applicants: the form to fill in by pen, the receipt with the access code, a letter of appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.file_view import office_of
from leitplanke.apps.antrag.models import Antrag
from leitplanke.base.documents.printing import (
    Answer,
    Form,
    FormField,
    FormSection,
    Items,
    Record,
    RecordSection,
    form_pdf,
    letter_pdf,
    record_pdf,
)
from leitplanke.base.interview.wording import said, unit_words
from leitplanke.core.drafting.brief import Absender, Author, Brief, Paragraph, Part, Sentence
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Beteiligte
    from leitplanke.apps.antrag.procedures import Offer
    from leitplanke.apps.antrag.remedies import Remedy
    from leitplanke.core.rules import Regelwerk
    from leitplanke.core.rules.model import Angabe
    from leitplanke.core.verfahren.model import Verfahren

_ANSWERS = {
    Kind.GANZZAHL: Answer.NUMBER,
    Kind.ZAHL: Answer.NUMBER,
    Kind.PROZENT: Answer.NUMBER,
    Kind.BETRAG: Answer.AMOUNT,
    Kind.DATUM: Answer.DATE,
    Kind.WAHRHEITSWERT: Answer.YES_NO,
    Kind.AUSWAHL: Answer.CHOICE,
    Kind.TEXT: Answer.TEXT,
    Kind.LISTE: Answer.LIST,
}
LIST_ROWS, LIST_COLUMNS = 4, 5


def language() -> str:
    """Return the language of the page."""
    return "en" if get_language() == "en" else "de"


def paper_form(offer: Offer, regelwerk: Regelwerk, today: date) -> bytes:
    """Return the application as a form on paper, with every question of the procedure."""
    verfahren, seite = offer.verfahren, offer.verfahren.seite
    titel = said(verfahren.titel)
    evidence = tuple(FormField(said(item.titel), Answer.YES_NO, said(item.hinweis)) for item in verfahren.unterlagen)
    sections = (
        FormSection(_("Wer stellt den Antrag?"), _person_fields()),
        FormSection(
            _("Wer handelt für diese Person?"), _acting_fields(), _("Nur ausfüllen, wenn jemand anderes handelt.")
        ),
        FormSection(_("Angaben"), tuple(_questions(regelwerk, verfahren)), _("Was Sie nicht wissen, lassen Sie frei.")),
        FormSection(_("Welche Unterlagen liegen bei?"), evidence, _("Fehlende Unterlagen können Sie nachreichen.")),
    )
    return form_pdf(
        Form(
            _("Antrag: %(was)s") % {"was": titel},
            office_of(Antrag(mandant=offer.einstellung.mandant, einheit=offer.einstellung.einheit)),
            today,
            sections,
            intro=(_first(said(seite.worum)), said(verfahren.antragsdatum)),
            declaration=(_("Ich habe die Angaben gemacht, so gut ich kann. Änderungen teile ich mit."),),
            submit=_paragraphs(said(seite.papier)),
            privacy=(*_paragraphs(said(seite.datenschutz)), *_paragraphs(said(seite.haushalt))),
            sprache=language(),
        )
    )


def _first(text: str) -> str:
    return text.strip().split("\n", maxsplit=1)[0]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _person_fields() -> tuple[FormField, ...]:
    return (
        FormField(_("Vorname und Nachname")),
        FormField(_("Geburtsdatum"), Answer.DATE),
        FormField(_("Straße und Hausnummer")),
        FormField(_("Postleitzahl und Ort")),
        FormField(_("Telefon oder E-Mail"), hint=_("freiwillig, für Rückfragen")),
        FormField(_("IBAN für die Auszahlung"), hint=_("nur, wenn Geld ausgezahlt werden kann")),
    )


def _acting_fields() -> tuple[FormField, ...]:
    return (
        FormField(_("Vorname und Nachname")),
        FormField(_("Anschrift"), rows=2),
        FormField(_("Als was?"), Answer.CHOICE, choices=(_("mit Vollmacht"), _("als rechtliche Betreuung"))),
    )


def _questions(regelwerk: Regelwerk, verfahren: Verfahren) -> Iterator[FormField]:
    for angabe in regelwerk.angaben.values():
        if angabe.name != verfahren.antragstag:
            yield from _list_fields(angabe) if angabe.shape.kind is Kind.LISTE else (_question(angabe),)


def _question(angabe: Angabe) -> FormField:
    options = tuple(said(angabe.shape.labels[option]) for option in angabe.shape.optionen)
    unit = unit_words(angabe.shape.einheit) or ("%" if angabe.shape.kind is Kind.PROZENT else "")
    return FormField(
        said(angabe.frage) or said(angabe.titel), _ANSWERS[angabe.shape.kind], said(angabe.hilfe), unit, options
    )


def _list_fields(angabe: Angabe) -> Iterator[FormField]:
    """Return a list as tables, as many columns at a time as a page holds; the first column says of whom it is."""
    titles = [said(part.titel) for part in angabe.felder]
    for at in range(0, len(titles), LIST_COLUMNS):
        text = said(angabe.frage) or said(angabe.titel)
        more = _("%(frage)s (Fortsetzung)") % {"frage": text} if at else text
        columns = (_("Nr. oder Name"), *titles[at : at + LIST_COLUMNS])
        yield FormField(more, Answer.LIST, columns=columns, rows=min(angabe.hoechstens or LIST_ROWS, LIST_ROWS))


def receipt(antrag: Antrag, verfahren: Verfahren, nummer: str, code: str = "") -> bytes:
    """Return the receipt of an application or of a draft, with the access code where it is known here."""
    handed_in = antrag.eingang_am is not None
    day = antrag.eingang_am or timezone.localdate(antrag.angelegt_am)
    titel = said(verfahren.titel)
    highlights = [(_("Aktenzeichen") if handed_in else _("Nummer des Entwurfs"), nummer)]
    if handed_in:
        highlights.append((_("Eingegangen am"), formats.date_format(day, "SHORT_DATE_FORMAT")))
    if code:
        highlights.append((_("Zugangscode"), code))
    return record_pdf(
        Record(
            _("Eingangsbestätigung: %(was)s") % {"was": titel} if handed_in else _("Entwurf: %(was)s") % {"was": titel},
            antrag.name,
            day,
            tuple(_receipt_sections(antrag, verfahren, code)),
            office_of(antrag),
            tuple(highlights),
            _("Dieses Schreiben hat ein Programm erstellt. Über den Antrag entscheidet ein Mensch."),
            language(),
        )
    )


def _receipt_sections(antrag: Antrag, verfahren: Verfahren, code: str) -> Iterator[RecordSection]:
    if antrag.eingang_am is not None:
        text = _("Ihr Antrag ist eingegangen. Der Tag des Eingangs steht oben; er zählt als Tag des Antrags.")
        yield RecordSection(_("Ihr Antrag"), (text, said(verfahren.antragsdatum)))
        names = tuple(antrag.belege.values_list("name", flat=True))
        if names:
            yield RecordSection(_("Ihre Unterlagen"), (Items(names),))
    else:
        text = _("Der Antrag ist noch nicht gestellt. Erst wenn Sie ihn absenden, zählt der Tag.")
        yield RecordSection(_("Ihr Entwurf"), (text,))
    if code:
        text = _(
            "Mit Nummer und Zugangscode sehen Sie jederzeit nach, wie es steht, und reichen etwas nach. Bewahren Sie "
            "den Code gut auf und geben Sie ihn nicht weiter. Ist er verloren, gibt das Amt einen neuen aus; bringen "
            "Sie dazu einen Ausweis mit."
        )
        yield RecordSection(_("Ihr Zugang"), (text,))


def remedy_letter(antrag: Antrag, sender: Beteiligte | None, remedy: Remedy, reasons: str) -> bytes:
    """Return a letter of appeal to print and sign; it takes effect only once it is signed and handed in."""
    today = timezone.localdate()
    lines = tuple(sender.anschrift) if sender else (antrag.name,)
    name = str(sender) if sender else antrag.name
    said_first = _("gegen den Bescheid vom %(tag)s (%(stelle)s, Aktenzeichen %(nummer)s) erhebe ich %(was)s.") % {
        "tag": formats.date_format(remedy.bescheid_vom, "SHORT_DATE_FORMAT"),
        "nummer": antrag.nummer,
        "stelle": f"{antrag.mandant.name}, {antrag.einheit.name}",
        "was": remedy.titel,
    }
    paragraphs = [
        _own("anrede", Part.ANREDE, _("Guten Tag,")),
        _own("inhalt", Part.TEXT, said_first),
        *([_own("gruende", Part.GRUENDE, reasons.strip())] if reasons.strip() else []),
        _own("bitte", Part.TEXT, _("Bitte bestätigen Sie mir den Eingang dieses Schreibens.")),
        _own("gruss", Part.GRUSS, _("Mit freundlichen Grüßen")),
    ]
    return letter_pdf(
        Brief(
            art="rechtsbehelf",
            absender=Absender(name, "", lines[1:], telefon=sender.telefon if sender else ""),
            empfaenger=remedy.empfaenger[:6],
            aktenzeichen=antrag.nummer,
            datum=today,
            betreff=_("%(was)s gegen den Bescheid vom %(tag)s") % {
                "was": remedy.titel, "tag": formats.date_format(remedy.bescheid_vom, "SHORT_DATE_FORMAT"),
            },
            body=tuple(paragraphs),
            unterzeichnet=_("%(name)s (bitte von Hand unterschreiben)") % {"name": name},
        )
    )  # fmt: skip


def _own(key: str, part: Part, text: str) -> Paragraph:
    return Paragraph(key, part, (Sentence(text, "eigene Angaben", Author.PERSON),))
