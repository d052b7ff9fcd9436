"""What accounts leaves as evidence."""

from leitplanke.base.evidence.codes import EvidenceCode

ROLE = {"rolle": "Rolle", "einheit": "Organisationseinheit"}
PERSON = {"person": "E-Mail-Adresse der Person"}
DEPUTY = {"rolle": "Rolle", "von": "Erster Tag", "bis": "Letzter Tag"}
COLLEAGUE = {"vertretung": "E-Mail-Adresse der Vertretung"}

CODES = [
    EvidenceCode("account.mandant_founded", "Kommune eingerichtet", {"kommune": "Kurzname"}, PERSON),
    EvidenceCode("account.membership_added", "Rolle vergeben", ROLE, PERSON),
    EvidenceCode("account.membership_ended", "Rolle beendet", ROLE, PERSON),
    EvidenceCode("account.blocked", "Konto gesperrt", ROLE, PERSON),
    EvidenceCode("account.unblocked", "Konto wieder geöffnet", ROLE, PERSON),
    EvidenceCode("account.deputy_set", "Vertretung eingerichtet", DEPUTY, COLLEAGUE),
    EvidenceCode("account.deputy_ended", "Vertretung beendet", DEPUTY, COLLEAGUE),
]
