"""The roles of a municipality's people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rolle(models.TextChoices):
    """What somebody is at a Mandant. `OEFFENTLICHKEIT` is everybody without a membership; nobody is assigned it."""

    OEFFENTLICHKEIT = "oeffentlichkeit", _("Öffentlichkeit")
    ANTRAGSTELLENDE_PERSON = "antragstellende_person", _("Antragstellende Person")
    SACHBEARBEITUNG = "sachbearbeitung", _("Sachbearbeitung")
    LEITUNG = "leitung", _("Leitung")
    KI_BEAUFTRAGTE = "ki_beauftragte", _("KI-Beauftragte")
    DATENSCHUTZ = "datenschutz", _("Datenschutz")
    PERSONALRAT = "personalrat", _("Personalrat")
    RAT = "rat", _("Rat")
    IT = "it", _("IT")
    ADMINISTRATION = "administration", _("Administration")


EVERYBODY = frozenset(Rolle)
SIGNED_IN = EVERYBODY - {Rolle.OEFFENTLICHKEIT}
STAFF = SIGNED_IN - {Rolle.ANTRAGSTELLENDE_PERSON}
EMPLOYEES = STAFF - {Rolle.RAT}
