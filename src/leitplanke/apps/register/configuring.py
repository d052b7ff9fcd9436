"""How a Mandant runs its register. The only writer of `Registereinstellung`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from leitplanke.apps.register.models import Registereinstellung
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor

COLUMNS = ("vertretung", "frist_tage", "frist_norm", "vorfall_schwelle", "kritische_anlage", "loeschen_monate")


def configure(actor: Actor, values: Mapping[str, Any]) -> Registereinstellung:
    """Say how a Mandant runs its register.

    Raises:
        NotPermittedError: `actor` may not.
    """
    actor.require("register.configure")
    with transaction.atomic():
        row, _created = Registereinstellung.objects.for_mandant(actor.mandant).get_or_create(mandant=actor.mandant)
        for name in COLUMNS:
            setattr(row, name, values[name])
        row.save()
        record("register.eingestellt", mandant=actor.mandant, actor=actor.person, subject=row)
    return row
