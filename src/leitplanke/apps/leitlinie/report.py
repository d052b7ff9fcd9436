"""The self-assessment, and where the town stands, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.labels_strategie import PRINCIPLES, state_label
from leitplanke.base.documents.printing import Items, Record, RecordSection, TextTable
from leitplanke.core.drafting.brief import Absender
from leitplanke.core.guideline import Principle

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Selbstbewertung
    from leitplanke.apps.leitlinie.page_stand import Standing
    from leitplanke.base.accounts.models import Mandant


# Where people write with a pen.
LINE = "_" * 24


def report_of(row: Selbstbewertung, changed: Iterable[tuple[str, str, str]]) -> Record:
    """Return a kept self-assessment with its last page for signatures; `changed` is title, state before and now."""
    day = timezone.localdate(row.am)
    sections = [_overview(row), *(_principle(one) for one in row.ergebnis)]
    rows = tuple(changed)
    if rows:
        columns = (_("Punkt"), _("vorher"), _("jetzt"))
        sections.append(RecordSection(_("Was sich geändert hat"), (TextTable("neu", _("Änderungen"), columns, rows),)))
    return Record(
        title=_("Selbstbewertung nach dem Code of Conduct „Demokratische KI“"),
        subtitle=_("%(ort)s, Nummer %(nummer)s") % {"ort": row.mandant.name, "nummer": row.nummer},
        datum=day,
        sections=(*sections, _signatures(row)),
        office=_office(row.mandant),
        highlights=((_("Stand"), date_format(day, "DATE_FORMAT")),),
        notice=_("Aus Leitplanke erzeugt. Nichts gilt hier als belegt, wozu kein Nachweis vorliegt."),
    )


def _overview(row: Selbstbewertung) -> RecordSection:
    rows = tuple((_name(one), state_label(one["stand"])) for one in row.ergebnis)
    table = TextTable("alle", _("Die acht Grundsätze"), (_("Grundsatz"), _("Stand")), rows)
    words = _(
        "Ein Grundsatz ist belegt, wenn jeder seiner Punkte es ist. Gezählt hat die Software; was sie nicht zählen "
        "kann, haben Menschen mit einer Adresse gezeigt."
    )
    return RecordSection(_("Auf einen Blick"), (words, table))


def _name(one: Mapping[str, Any]) -> str:
    return str(PRINCIPLES[Principle(one["grundsatz"])])


def _principle(one: Mapping[str, Any]) -> RecordSection:
    columns = (_("Punkt"), _("Stand"), _("Worauf es beruht"))
    rows = tuple((point["titel"], state_label(point["stand"]), _basis(point)) for point in one["punkte"])
    steps = tuple(
        f"{point['titel']}: {point['naechster_schritt']}"
        for point in one["punkte"]
        if point["stand"] in {"offen", "teilweise"}
    )
    table = TextTable(one["grundsatz"], _("Punkte und Nachweise"), columns, rows)
    return RecordSection(_name(one), (table, _("Nächste Schritte:"), Items(steps)) if steps else (table,))


def _basis(point: Mapping[str, Any]) -> str:
    shown = [f"{one['text']} ({one['url']}, {_('zählt bis')} {one['bis']})" for one in point["nachweise"]]
    return "; ".join(part for part in (point["gezaehlt"], *shown) if part) or _("kein Nachweis")


def _signatures(row: Selbstbewertung) -> RecordSection:
    columns = (_("Für"), _("Name"), _("Datum und Unterschrift"))
    people = (_("Leitung der Verwaltung"), _("KI-Beauftragte"), _("Datenschutz"), _("Personalvertretung"))
    table = TextTable("zeichnung", _("Wir bestätigen"), columns, tuple((who, LINE, LINE) for who in people))
    words = _("Mit der Unterschrift bestätigen wir, dass wir diese Fassung gelesen haben.")
    return RecordSection(_("Unterschriften"), (words, f"{_('Prüfsumme des Inhalts')}: {row.ergebnis_sha256}", table))


def _office(mandant: Mandant) -> Absender:
    lines = tuple(part.strip() for line in mandant.anschrift.splitlines() for part in line.split(",") if part.strip())
    return Absender(mandant.name, "", lines, "", mandant.telefon, mandant.email, mandant.zeiten)


def stand_of(mandant: Mandant, standing: Standing) -> Record:
    """Return where the town stands, for the council."""
    today = timezone.localdate()
    return Record(
        title=_("Wo wir bei der KI stehen"),
        subtitle=mandant.name,
        datum=today,
        sections=tuple(_stand_sections(standing)),
        office=_office(mandant),
        highlights=tuple((label, value) for label, value, _url in standing.numbers),
        notice=_("Aus Leitplanke erzeugt: aus Register, Gateway, Leitlinie und eingetragenen Werten dieses Tages."),
    )


def _stand_sections(standing: Standing) -> Iterable[RecordSection]:
    if standing.mission:
        yield RecordSection(_("Wofür wir stehen"), tuple(standing.mission.text.split("\n\n")))
    rows = tuple((one.goal.titel, one.sentence, one.badge[0]) for one in standing.goals)
    if rows:
        columns = (_("Ziel"), _("Wert"), _("Stand"))
        yield RecordSection(_("Unsere Ziele"), (TextTable("ziele", _("Ziele mit ihren Werten"), columns, rows),))
    principles = tuple((str(name), str(label), str(count)) for name, label, _kind, count in standing.principles)
    columns = (_("Grundsatz"), _("Stand"), _("Punkte belegt"))
    yield RecordSection(_("Selbstbewertung"), (TextTable("grund", _("Die acht Grundsätze"), columns, principles),))
    if standing.energy:
        months = tuple((date_format(one.day, "F Y"), str(one.calls), one.text) for one in standing.energy)
        columns = (_("Monat"), _("Aufrufe"), _("Energie"))
        yield RecordSection(_("Energie"), (TextTable("energie", _("Energie der Modelle je Monat"), columns, months),))
    if standing.coming:
        days = tuple((date_format(one.day, "SHORT_DATE_FORMAT"), one.text) for one in standing.coming)
        yield RecordSection(_("Was ansteht"), (TextTable("next", _("Termine"), (_("Bis"), _("Was")), days),))
