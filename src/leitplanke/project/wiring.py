"""What belongs together: permissions, navigation, evidence and regular work of the areas.

Here, and only here, base meets the apps above it.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag import belege, deleting, drafts, receipts, recomputing
from leitplanke.apps.antrag import evidence_codes as antrag_codes
from leitplanke.apps.antrag import permissions as antrag
from leitplanke.apps.antrag.deadlines import remind
from leitplanke.apps.gateway import booking
from leitplanke.apps.gateway import permissions as gateway
from leitplanke.apps.leitlinie import acknowledging
from leitplanke.apps.leitlinie import active as leitlinie_active
from leitplanke.apps.leitlinie import evidence_codes as leitlinie_codes
from leitplanke.apps.leitlinie import permissions as leitlinie
from leitplanke.apps.leitlinie import telling as leitlinie_mail
from leitplanke.apps.regelwerk import evidence_codes as regelwerk_codes
from leitplanke.apps.regelwerk import permissions as regelwerk
from leitplanke.apps.register import evidence_codes as register_codes
from leitplanke.apps.register import incident_mail, incident_retention, watching
from leitplanke.apps.register import permissions as register
from leitplanke.apps.register import public as register_public
from leitplanke.apps.simulation import evidence_codes as simulation_codes
from leitplanke.apps.simulation import permissions as simulation
from leitplanke.apps.simulation import services as simulations
from leitplanke.apps.wissen import evidence_codes as wissen_codes
from leitplanke.apps.wissen import permissions as wissen
from leitplanke.apps.wissen.answers import delete_expired
from leitplanke.base import policy
from leitplanke.base.accounts import evidence_codes as account_codes
from leitplanke.base.accounts import ports
from leitplanke.base.accounts import table as accounts
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.base.evidence import evidence_codes
from leitplanke.base.evidence import permissions as evidence
from leitplanke.base.evidence.codes import REGISTRY
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.base.evidence.services import record
from leitplanke.base.jobs.ticks import add_tick
from leitplanke.base.llm import evidence_codes as llm_codes
from leitplanke.base.llm import health, retention
from leitplanke.base.llm import ports as llm_ports
from leitplanke.base.llm.snapshot import bump
from leitplanke.base.notify import table as notify
from leitplanke.base.notify.categories import add_categories
from leitplanke.base.notify.services import send_mail
from leitplanke.base.ui.navigation import NavigationEntry, add_entries
from leitplanke.project import inbetriebnahme
from leitplanke.project import permissions as project

SEQUENCE_SECONDS = 1.0
MINUTE_SECONDS = 60.0
DAY_SECONDS = 24 * 3600.0
HOUR_SECONDS = 3600.0

NAVIGATION = [
    NavigationEntry(_("Vorgänge"), "antrag:liste", "antrag.list", 5),
    NavigationEntry(_("Anträge"), "antrag:katalog", "antrag.catalogue", 8),
    NavigationEntry(_("Wissen"), "wissen:liste", "wissen.list", 10),
    NavigationEntry(_("KI-Register"), "register:oeffentlich", "register.public", 14, unless="register.list"),
    NavigationEntry(_("Register"), "register:amt_liste", "register.list", 15, also="register:oeffentlich"),
    NavigationEntry(_("Leitlinie"), "leitlinie:liste", "leitlinie.list", 12, also="leitlinie:oeffentlich"),
    NavigationEntry(_("KI-Leitlinie"), "leitlinie:oeffentlich", "leitlinie.public", 12, unless="leitlinie.list"),
    NavigationEntry(_("Regelwerke"), "regelwerk:liste", "regelwerk.list", 20),
    NavigationEntry(_("Simulationen"), "simulation:liste", "simulation.list", 30),
    NavigationEntry(_("Gateway"), "gateway:uebersicht", "gateway.view", 18),
    NavigationEntry(_("Meldung verfolgen"), "register:meldung_stand", "register.report", 45, "footer"),
    NavigationEntry(_("Personen"), "personen", "account.list_people", 80),
    NavigationEntry(_("Nachweise"), "evidence:list", "evidence.list", 90),
    NavigationEntry(_("KI-Register"), "register:oeffentlich", "register.public", 40, "footer"),
    NavigationEntry(_("Prüfpunkte der Nachweise"), "evidence:checkpoints", "evidence.view_checkpoints", 50, "footer"),
    NavigationEntry(_("Meine Anträge"), "antrag:meine", "antrag.apply", 5, "konto"),
    NavigationEntry(_("Postausgang"), "notify:postausgang", "notify.view_own", 10, "konto"),
    NavigationEntry(_("Benachrichtigungen wählen"), "notify:einstellungen", "notify.choose", 20, "konto"),
    NavigationEntry(_("Fälle vergleichen"), "antrag:vergleich", "antrag.compare", 40, "konto"),
    NavigationEntry(_("Offene Vorgänge neu berechnen"), "antrag:neu_berechnen", "antrag.recompute", 50, "konto"),
    NavigationEntry(_("Löschfristen"), "antrag:loeschfristen", "antrag.retention", 60, "konto"),
    NavigationEntry(_("In Betrieb gehen"), "register:inbetriebnahme", "register.list", 35, "konto"),
    NavigationEntry(_("Berechtigungen nachlesen"), "berechtigungen", "account.view_permissions", 30, "konto"),
]


def bind() -> None:
    """Bind everything once; repeated calls (tests, autoreload) change nothing."""
    if TABLE.rows():
        return
    for area in (
        project,
        accounts,
        evidence,
        notify,
        wissen,
        regelwerk,
        simulation,
        antrag,
        register,
        gateway,
        leitlinie,
    ):
        TABLE.add(area.PERMISSIONS)
    for area in (
        evidence_codes, account_codes, wissen_codes, regelwerk_codes, simulation_codes, antrag_codes, register_codes,
        llm_codes, leitlinie_codes,
    ):  # fmt: skip
        REGISTRY.add(area.CODES)
    _bind_ticks()
    add_categories(receipts.CATEGORIES)
    add_categories(watching.CATEGORIES)
    inbetriebnahme.bind()
    add_tick("register.meldungen", HOUR_SECONDS, _look_after_reports)
    add_categories(incident_mail.CATEGORIES)
    add_categories(leitlinie_mail.CATEGORIES)
    ports.bind(record_evidence=record, send_mail=send_mail, tell_of_change=bump)
    llm_ports.bind(purposes=register_public.purposes)
    policy.bind(
        adopted=leitlinie_active.adopted, address=leitlinie_active.clause_address, readiness=acknowledging.readiness
    )
    add_entries(NAVIGATION)


def _bind_ticks() -> None:
    add_tick("evidence", SEQUENCE_SECONDS, sequence_all)
    add_tick("wissen", DAY_SECONDS, _delete_expired_answers)
    add_tick("simulation", DAY_SECONDS, _delete_expired_simulations)
    add_tick("antrag", DAY_SECONDS, _delete_old_applications)
    add_tick("antrag-recht", MINUTE_SECONDS, recomputing.look_for_changes)
    add_tick("antrag.fristen", HOUR_SECONDS, _remind_of_deadlines)
    add_tick("antrag.unterlagen", HOUR_SECONDS, _read_what_waits)
    add_tick("modelle.fristen", DAY_SECONDS, _delete_kept_content)
    if settings.MODEL_CHECK_SECONDS:
        add_tick("modelle.pruefen", settings.MODEL_CHECK_SECONDS, health.check_in_background)
    add_tick("modelle.verbrauch", HOUR_SECONDS, _book_use_of_models)
    add_tick("register.aufsicht", HOUR_SECONDS, watching.watch_everywhere)
    add_tick("leitlinie", HOUR_SECONDS, leitlinie_mail.look_after_everywhere)
    add_tick("register.teile", HOUR_SECONDS, inbetriebnahme.register_everywhere)


def _delete_kept_content() -> None:
    for mandant in Mandant.objects.all():
        retention.delete_expired(mandant)


def _book_use_of_models() -> None:
    for mandant in Mandant.objects.all():
        booking.book_current(mandant)


def _delete_expired_answers() -> None:
    for mandant in Mandant.objects.all():
        delete_expired(mandant)


def _delete_old_applications() -> None:
    for mandant in Mandant.objects.all():
        drafts.delete_abandoned(mandant)
        deleting.delete_overdue(mandant)


def _delete_expired_simulations() -> None:
    for mandant in Mandant.objects.all():
        simulations.delete_expired(mandant)


def _read_what_waits() -> None:
    for mandant in Mandant.objects.all():
        belege.read_waiting(mandant)


def _remind_of_deadlines() -> None:
    for mandant in Mandant.objects.all():
        remind(mandant)


def _look_after_reports() -> None:
    for mandant in Mandant.objects.all():
        incident_mail.remind(mandant)
        incident_retention.delete_personal(mandant)
