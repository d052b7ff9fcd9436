"""What the page of an entry says first: the one next step, and what is missing for the next gate and where to do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.declaring import may_declare
from leitplanke.apps.register.doing import lacking_for, may
from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.apps.register.models import Erklaerungsart
from leitplanke.apps.register.policy_facts import INFORMATION, points
from leitplanke.apps.register.releasing import substantially_changed
from leitplanke.base.interview.wording import said
from leitplanke.core.policy.facts import FACTS
from leitplanke.core.register import fields
from leitplanke.core.register.lifecycle import ACTS, Gate, Stand
from leitplanke.core.register.papers import vorlagen

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag
    from leitplanke.apps.register.policy_facts import Point
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.register.gates import Lacking

# Where one does what is missing: a declaration, or a page with the permission that it needs.
BY_DECLARATION = {
    "datenschutz_fehlt": Erklaerungsart.DATENSCHUTZ,
    "dsfa_fehlt": Erklaerungsart.DSFA,
    "mitbestimmung_unterrichtung": Erklaerungsart.UNTERRICHTUNG,
    "mitbestimmung_offen": Erklaerungsart.MITBESTIMMUNG,
    "mitbestimmung_abgelehnt": Erklaerungsart.EINIGUNG,
    "grundrechte_fehlen": Erklaerungsart.GRUNDRECHTE,
    "ausnahme_unbelegt": Erklaerungsart.AUSNAHME,
    "schulung_fehlt": Erklaerungsart.SCHULUNG,
    "vertrag_fehlt": Erklaerungsart.VERTRAG,
}
BY_PAGE = {
    "einstufung_fehlt": ("amt_einstufen", "register.einstufen"),
    "einstufung_veraltet": ("amt_einstufen", "register.einstufen"),
    "einstufung_unvollstaendig": ("amt_einstufen", "register.einstufen"),
    "klasse_offen": ("amt_einstufen", "register.einstufen"),
    "verboten": ("amt_einstufung", "register.view"),
    "sperre": ("amt_einstufung", "register.view"),
    "bewertung_fehlt": ("bewertung", "register.evaluate"),
    "bewertung_unzureichend": ("bewertung", "register.evaluate"),
    "bewertung_nicht_bestanden": ("bewertung", "register.evaluate"),
    "vorfaelle_offen": ("vorfaelle", "register.incidents"),
}
# The same for clauses of the guideline, by the fact that could open them: who can bring it, and where.
GROUP_OF = {
    "nutzen_benannt": "zweck",
    "alternative_geprueft": "zweck",
    "zweck_verboten": "zweck",
    "beteiligung_erfolgt": "menschen",
    "ratsbeschluss_vorhanden": "menschen",
    "betrifft_buerger": "menschen",
    "automatisierungsstufe": "menschen",
    "meldeweg_vorhanden": "risiken",
}
DECLARATION_OF = {
    "folgenabschaetzung_noetig": Erklaerungsart.DSFA,
    "folgenabschaetzung_vorhanden": Erklaerungsart.DSFA,
    "personalvertretung_beteiligt": Erklaerungsart.UNTERRICHTUNG,
    "schulung_vorhanden": Erklaerungsart.SCHULUNG,
}
PAGE_OF = {
    "risiko_eingestuft": ("amt_einstufen", "register.einstufen"),
    "hochrisiko": ("amt_einstufen", "register.einstufen"),
    "guete_belegt": ("bewertung", "register.evaluate"),
    "fairness_geprueft": ("bewertung", "register.evaluate"),
    "pruefschritte_vollstaendig": ("amt_erklaerungen", "register.view"),
}
WHO = {
    "risiko_eingestuft": gettext_noop("die KI-Beauftragte"),
    "hochrisiko": gettext_noop("die KI-Beauftragte"),
    "folgenabschaetzung_noetig": gettext_noop("die verantwortliche Stelle mit dem Datenschutz"),
    "folgenabschaetzung_vorhanden": gettext_noop("die verantwortliche Stelle mit dem Datenschutz"),
    "personalvertretung_beteiligt": gettext_noop("die Leitung der Stelle, dann die Personalvertretung"),
    "pruefschritte_vollstaendig": gettext_noop("die Stellen, deren Erklärung noch fehlt"),
    "schulung_vorhanden": gettext_noop("die Leitung der Stelle"),
    "zustaendig_benannt": gettext_noop("die verantwortliche Stelle"),
}
BY_STATEMENTS = {"abwaegung_fehlt", "angaben_fehlen"}
HINTS = {
    "pruefen": gettext_noop("Die Stelle oder die KI-Beauftragte beginnt die Prüfung."),
    "beantragen": gettext_noop("Alles liegt vor. Jetzt kann die Freigabe beantragt werden."),
    "freigeben": gettext_noop("Alles liegt vor. Eine zweite Person entscheidet über die Freigabe."),
    "aktualisieren": gettext_noop(
        "Die neuen Angaben sind noch nicht veröffentlicht. Am System hat sich nichts Wesentliches geändert."
    ),
    "erneuern": gettext_noop("Am System hat sich Wesentliches geändert. Bis zur neuen Freigabe gilt die alte Fassung."),
    "erneuerung_freigeben": gettext_noop("Die Freigabe der Änderung ist beantragt. Eine zweite Person entscheidet."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that keeps the next gate closed; `url` is where the acting person can do it, "" where others must.

    What is not `certain` may turn out to be needed once more is known; until then it is nobody's next step. `klausel`
    is where the clause of the guideline is read that asks for it, "" where the law does.
    """

    titel: str
    satz: str
    wer: str
    norm: str
    url: str
    certain: bool = True
    klausel: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next; without `url` it is somebody else's, or nothing is to be done."""

    titel: str
    text: str
    url: str = ""
    knopf: str = ""


def optional_url(name: str, *args: object) -> str:
    """Return the address of a page of the register, "" where this installation has none."""
    try:
        return reverse(f"register:{name}", args=args)
    except NoReverseMatch:
        return ""


def paper_url(actor: Actor, eintrag: Eintrag, art: Erklaerungsart) -> str:
    """Return where a guided document leads to a kind of declaration, "" where there is none for it."""
    name = next((name for name, vorlage in vorlagen().items() if vorlage.erklaert == art.value), "")
    may_write = bool(name) and allowed(actor, "register.documents", eintrag)
    return optional_url("unterlage", eintrag.kuerzel, name) if may_write else ""


def allowed(actor: Actor, action: str, eintrag: Eintrag) -> bool:
    """Tell whether somebody may do an action on an entry through one of their memberships."""
    return any(may(member, action, eintrag) for member in (*actor.memberships, *actor.acting_for))


def may_give(actor: Actor, eintrag: Eintrag, art: Erklaerungsart) -> bool:
    """Tell whether somebody may give a kind of declaration on an entry now."""
    members = actor.memberships if art is Erklaerungsart.VERANTWORTUNG else (*actor.memberships, *actor.acting_for)
    return eintrag.state in ACTS["erklaeren"].before and any(may_declare(one, eintrag, art) for one in members)


def gate_of(eintrag: Eintrag) -> Gate | None:
    """Return the gate that lies ahead: the release, None where nothing is to be opened."""
    if eintrag.state in {Stand.IDEE, Stand.STILLGELEGT}:
        return None
    if eintrag.state is Stand.FREIGEGEBEN and not substantially_changed(eintrag):
        return None
    return Gate.FREIGABE


def missing_for(actor: Actor, eintrag: Eintrag, gate: Gate) -> list[Missing]:
    """Return what keeps a gate closed by law and guideline, each with where the acting person can do it."""
    by_law = [
        Missing(
            said(one.titel), _sentence(eintrag, one), said(one.wer), one.norm, _where(actor, eintrag, one), one.certain
        )
        for one in lacking_for(eintrag, gate)
    ]
    stops, _more = points(eintrag, gate)
    return by_law + [_of_guideline(actor, eintrag, point) for point in stops]


def _of_guideline(actor: Actor, eintrag: Eintrag, point: Point) -> Missing:
    stop = point.stop
    norm = _("Leitlinie, Klausel %(nummer)s") % {"nummer": stop.number}
    who = _(WHO.get(point.fact, gettext_noop("die verantwortliche Stelle")))
    sentence = stop.sentence
    if not point.certain and point.fact:
        sentence = _("Im Eintrag fehlt dazu noch die Antwort, ja oder nein: %(was)s.") % {
            "was": FACTS[point.fact].meaning
        }
    # To the page it is certain all the same: the release waits for the answer, and somebody can give it.
    return Missing(stop.title, sentence, who, norm, _where_of(actor, eintrag, point.fact), klausel=stop.url)


def _where_of(actor: Actor, eintrag: Eintrag, fact: str) -> str:
    if fact == "zustaendig_benannt":
        return _responsibility(actor, eintrag)
    if fact == "betroffene_informiert":
        usable = allowed(actor, "register.documents", eintrag)
        return optional_url("unterlage", eintrag.kuerzel, INFORMATION) if usable else ""
    if (art := DECLARATION_OF.get(fact)) is not None:
        if not may_give(actor, eintrag, art):
            return ""
        return paper_url(actor, eintrag, art) or reverse("register:amt_erklaeren", args=[eintrag.kuerzel, art.value])
    if (gruppe := GROUP_OF.get(fact)) is not None:
        mine = allowed(actor, "register.bearbeiten", eintrag) and _possible("register.bearbeiten", eintrag)
        return reverse("register:amt_gruppe", args=[eintrag.kuerzel, gruppe]) if mine else ""
    name, action = PAGE_OF.get(fact, ("", ""))
    usable = bool(name) and allowed(actor, action, eintrag) and _possible(action, eintrag)
    return optional_url(name, eintrag.kuerzel) if usable else ""


def _sentence(eintrag: Eintrag, lacking: Lacking) -> str:
    """Return what is missing, by name where somebody in particular is waited for."""
    if lacking.name == "verantwortung_fehlt" and eintrag.verantwortlich is not None:
        name = eintrag.verantwortlich.person.name
        return _("%(name)s ist benannt und hat die Verantwortung noch nicht angenommen.") % {"name": name}
    return said(lacking.satz)


def parted(missing: list[Missing]) -> tuple[list[Missing], list[Missing]]:
    """Return what is missing for sure, and what may still come; where nothing is sure, all counts as missing."""
    sure = [one for one in missing if one.certain]
    return (sure, [one for one in missing if not one.certain]) if sure else (missing, [])


def _where(actor: Actor, eintrag: Eintrag, lacking: Lacking) -> str:
    if (art := BY_DECLARATION.get(lacking.name)) is not None:
        if not may_give(actor, eintrag, art):
            return ""
        return paper_url(actor, eintrag, art) or reverse("register:amt_erklaeren", args=[eintrag.kuerzel, art.value])
    if lacking.name == "verantwortung_fehlt":
        return _responsibility(actor, eintrag)
    if lacking.name == "pflichten_faellig":
        may_prove = may_give(actor, eintrag, Erklaerungsart.PFLICHT)
        return reverse("register:amt_pflichten", args=[eintrag.kuerzel]) if may_prove else ""
    if lacking.name in BY_STATEMENTS:
        return _statements(actor, eintrag)
    name, action = BY_PAGE.get(lacking.name, ("", ""))
    usable = bool(name) and allowed(actor, action, eintrag) and _possible(action, eintrag)
    return optional_url(name, eintrag.kuerzel) if usable else ""


def _possible(action: str, eintrag: Eintrag) -> bool:
    act = ACTS.get(action.removeprefix("register."))
    return act is None or eintrag.state in act.before


def _responsibility(actor: Actor, eintrag: Eintrag) -> str:
    if may_give(actor, eintrag, Erklaerungsart.VERANTWORTUNG):
        return reverse("register:amt_erklaeren", args=[eintrag.kuerzel, Erklaerungsart.VERANTWORTUNG.value])
    if allowed(actor, "register.bearbeiten", eintrag) and _possible("register.bearbeiten", eintrag):
        return reverse("register:amt_kopf", args=[eintrag.kuerzel])
    return ""


def _statements(actor: Actor, eintrag: Eintrag) -> str:
    if not (allowed(actor, "register.bearbeiten", eintrag) and _possible("register.bearbeiten", eintrag)):
        return ""
    said_now = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    first = next(iter(fields.missing(said_now, "freigabe")), None)
    gruppe = first.gruppe if first else fields.felder().gruppen[0].name
    return reverse("register:amt_gruppe", args=[eintrag.kuerzel, gruppe])


def next_step(actor: Actor, eintrag: Eintrag, missing: list[Missing]) -> NextStep:
    """Return the one next step: an act that is possible now, else the first missing thing that one can do oneself."""
    match eintrag.state:
        case Stand.IDEE:
            return _act(actor, eintrag, "pruefen")
        case Stand.STILLGELEGT:
            return NextStep(_("Nichts zu tun"), _("Das System ist stillgelegt. Der Eintrag bleibt lesbar."))
        case Stand.FREIGEGEBEN:
            return _released(actor, eintrag, missing)
        case Stand.BEANTRAGT if not missing:
            return _act(actor, eintrag, "freigeben")
    return _provide(missing) if missing else _act(actor, eintrag, "beantragen")


def _released(actor: Actor, eintrag: Eintrag, missing: list[Missing]) -> NextStep:
    if substantially_changed(eintrag):
        asked = eintrag.beantragt_am is not None and (
            eintrag.freigegeben_am is None or eintrag.beantragt_am > eintrag.freigegeben_am
        )
        if missing:
            return _provide(missing)
        return _act(actor, eintrag, "erneuerung_freigeben" if asked else "erneuern")
    if eintrag.bearbeitung_id != eintrag.gueltig_id:
        return _act(actor, eintrag, "aktualisieren")
    text = _("Das System ist freigegeben.")
    if eintrag.naechste_pflicht_am is not None:
        day = date_format(eintrag.naechste_pflicht_am, "DATE_FORMAT")
        text = _("Das System ist freigegeben. Die nächste Pflicht ist am %(tag)s fällig.") % {"tag": day}
    return NextStep(_("Nichts zu tun"), text)


def _provide(missing: list[Missing]) -> NextStep:
    sure, _later = parted(missing)
    own = next((one for one in sure if one.url), None)
    if own is not None:
        return NextStep(own.titel, own.satz, own.url, _("Jetzt erledigen"))
    first = sure[0]
    return NextStep(_("Wartet auf: %(wer)s") % {"wer": first.wer}, first.satz)


def _act(actor: Actor, eintrag: Eintrag, name: str) -> NextStep:
    asked = actor.person is not None and actor.person.pk == eintrag.beantragt_von_id
    blocked = ACTS[name].second and asked
    mine = allowed(actor, f"register.{name}", eintrag) and not blocked
    url = reverse("register:amt_schritt", args=[eintrag.kuerzel, name]) if mine else ""
    text = _(HINTS[name])
    if blocked:
        text = _("Sie haben die Freigabe beantragt. Eine andere Person entscheidet darüber.")
    return NextStep(_(ACT_LABELS[name]), text, url, _(ACT_LABELS[name]) if url else "")
