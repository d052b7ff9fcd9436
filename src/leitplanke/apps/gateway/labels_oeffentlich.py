"""Words for people about what is public: why something cannot be, and what to think about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from leitplanke.core.privacy import Caution, Objection

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.base.llm.models import OeffentlicheAngabe

OBJECTIONS = {
    Objection.UNREADABLE: _("Das ist länger als 120 Zeichen, oder etwas darin ist unsichtbar. Bitte neu eintippen."),
    Objection.NO_NAME: _("Das liest sich nicht wie der Name eines Menschen. Bitte Vorname und Nachname, sonst nichts."),
    Objection.ONLY_FIRST: _("Ein Vorname allein trifft viele Menschen. Bitte Vorname und Nachname eintragen."),
    Objection.ONLY_LAST: _(
        "Ein Nachname allein trifft auch Bürgerinnen und Bürger, die so heißen. Bitte mit Vornamen eintragen."
    ),
    Objection.INITIAL: _("Ein Anfangsbuchstabe trifft viele Menschen. Bitte Vorname und Nachname ausschreiben."),
    Objection.COMMA: _("Bitte erst den Vornamen, dann den Nachnamen, ohne Komma. Je Mensch ein Eintrag."),
    Objection.SALUTATION: _("Bitte ohne Anrede und nur einen Menschen: Vorname und Nachname."),
    Objection.OFFICE_INSIDE: _("Das Amt gehört in das eigene Feld. Hier stehen nur Vorname und Nachname."),
    Objection.NO_ADDRESS: _("Das ist keine Straße. Zum Beispiel: Rathausplatz 1"),
    Objection.NO_PLACE: _("Das ist kein Ort. Zum Beispiel: 12345 Musterstadt"),
    Objection.TWO_THINGS: _(
        "Das sind mehrere Angaben. Verglichen wird immer eine ganze Angabe: Bitte Straße und Ort getrennt eintragen."
    ),
    Objection.OTHER_KIND: _("Das ist eine andere Art von Angabe. Bitte die passende Art wählen."),
    Objection.NO_CONTACT: _(
        "Das ist keine vollständige Telefonnummer, E-Mail-Adresse oder IBAN. Anderes wird nicht öffentlich."
    ),
    Objection.OF_A_PERSON: _(
        "Dieses Postfach gehört erkennbar einem Menschen. Öffentlich sind Postfächer einer Stelle, etwa buergeramt@…"
    ),
}
CAUTIONS = {
    Caution.COMMON_NAME: _(
        "Diesen Nachnamen tragen sehr viele. Auch Bürgerinnen und Bürger, die genauso heißen, werden dann nicht "
        "verdeckt."
    ),
    Caution.TWO_FIRST: _("Das könnten zwei Vornamen sein. Bitte prüfen Sie, ob der Nachname dabei ist."),
    Caution.OF_CITIZENS: _(
        "Auch in den Anschriften von Bürgerinnen und Bürgern bleibt der Ort dann stehen. Straße und Name werden "
        "verdeckt."
    ),
    Caution.MOBILE: _("Das ist eine Mobilnummer. Gehört sie wirklich einer Stelle und nicht einem Menschen?"),
    Caution.NAME_IN_MAILBOX: _("In diesem Postfach steckt vielleicht ein Name. Gehört es wirklich einer Stelle?"),
    Caution.NEVER_MASKED: _(
        "Das wird meistens ohnehin nicht verdeckt: Eine Straße ohne Hausnummer und ein Ort ohne Postleitzahl zeigen "
        "auf keinen Menschen."
    ),
}
# Short, for a column.
KINDS = {"person": _("Mensch"), "anschrift": _("Anschrift"), "ort": _("Ort"), "sonstiges": _("Kontakt")}
STATES = {
    "wartet": (_("wartet"), "warning"),
    "freigegeben": (_("gilt"), "success"),
    "zurueckgezogen": (_("zurückgezogen"), "danger"),
}


def state_of(row: OeffentlicheAngabe, today: date) -> tuple[Any, str]:
    """Return in words whether an entry holds today, and the kind of badge."""
    if row.stand != "zurueckgezogen" and row.bis is not None and row.bis < today:
        return _("abgelaufen"), "info"
    return STATES[row.stand]
