"""What accounts leaves as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.codes import EvidenceCode, Words

ROLE = {"rolle": _("Rolle"), "einheit": _("Organisationseinheit")}
ROLES: dict[str, Words] = {"rolle": {rolle.value: rolle.label for rolle in Rolle}}
PERSON = {"person": _("E-Mail-Adresse der Person")}
DEPUTY = {"rolle": _("Rolle"), "von": _("Erster Tag"), "bis": _("Letzter Tag")}
COLLEAGUE = {"vertretung": _("E-Mail-Adresse der Vertretung")}

CODES = [
    EvidenceCode("account.mandant_founded", _("Kommune eingerichtet"), {"kommune": _("Kurzname")}, PERSON),
    EvidenceCode("account.membership_added", _("Rolle vergeben"), ROLE, PERSON, ROLES),
    EvidenceCode("account.membership_ended", _("Rolle beendet"), ROLE, PERSON, ROLES),
    EvidenceCode("account.chair_set", _("Vorsitz der Personalvertretung vermerkt"), ROLE, PERSON, ROLES),
    EvidenceCode("account.chair_ended", _("Vorsitz der Personalvertretung beendet"), ROLE, PERSON, ROLES),
    EvidenceCode("account.blocked", _("Konto gesperrt"), ROLE, PERSON, ROLES),
    EvidenceCode("account.unblocked", _("Konto wieder geöffnet"), ROLE, PERSON, ROLES),
    EvidenceCode("account.deputy_set", _("Vertretung eingerichtet"), DEPUTY, COLLEAGUE, ROLES),
    EvidenceCode("account.deputy_ended", _("Vertretung beendet"), DEPUTY, COLLEAGUE, ROLES),
]
