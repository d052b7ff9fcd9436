"""Writing tools: what a model asked for waits until a person says yes or no."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for, leave
from leitplanke.apps.gateway.keys import is_own
from leitplanke.apps.gateway.queries import held_calls
from leitplanke.base.llm.vault import unseal

if TYPE_CHECKING:
    from uuid import UUID

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.llm.models import Werkzeugfreigabe


def decide_tool_call(*, actor: Actor, kennung: UUID, yes: bool, grund: str = "") -> Werkzeugfreigabe:
    """Release a held tool call, or refuse it with a reason. The caller fetches what is released; we do nothing.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: it is decided already, the refusal has no reason, or one's own key asked for what is released.
        Werkzeugfreigabe.DoesNotExist: it is not this person's business.
    """
    capacity = capacity_for(actor, "gateway.tools")
    if not yes and not grund.strip():
        raise NotReadyError(_("Bitte nennen Sie den Grund."), "grund")
    with transaction.atomic():
        row = held_calls(actor).select_for_update(of=("self",)).get(public_id=kennung)
        if row.stand != "offen":
            raise NotReadyError(_("Darüber ist schon entschieden."))
        zugang = row.aufruf.zugang
        if yes and zugang is not None and is_own(zugang, actor):
            raise NotReadyError(_("Ihr eigener Zugang hat das ausgelöst. Freigeben muss es eine zweite Person."))
        row.stand, row.grund = ("freigegeben" if yes else "abgelehnt"), grund.strip()
        row.entschieden_von, row.entschieden_am = capacity.membership, timezone.now()
        row.save()
        data = {"name": row.werkzeug, "zweck": row.aufruf.zweck, "stand": row.stand}
        leave("llm.werkzeug", actor, row, capacity, data=data, text=row.grund)
    return row


def arguments_of(row: Werkzeugfreigabe) -> Any:
    """Return what the tool would be called with, as JSON values; text where it is no JSON."""
    text = unseal(bytes(row.argumente)).decode()
    try:
        return json.loads(text)
    except ValueError:
        return text
