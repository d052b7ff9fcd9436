"""Fetching a tool call that a person has released; for the program whose key asked for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections

from leitplanke.apps.gateway.tools import arguments_of
from leitplanke.base.llm.models import Werkzeugfreigabe

if TYPE_CHECKING:
    from leitplanke.base.llm.snapshot import KeyView


def held_call(key: KeyView, name: str) -> tuple[int, dict[str, Any]]:
    """Return HTTP status and what became of a held tool call; its values only once they are released."""
    try:
        public_id = uuid.UUID(name)
    except ValueError:
        return _unknown()
    close_old_connections()
    rows = Werkzeugfreigabe.objects.for_mandant(key.mandant_id).filter(public_id=public_id, aufruf__zugang_id=key.id)
    row = rows.first()
    if row is None:
        return _unknown()
    body: dict[str, Any] = {"id": str(row.public_id), "name": row.werkzeug, "status": row.stand}
    if row.stand == "freigegeben":
        body["arguments"] = arguments_of(row)
    if row.stand == "abgelehnt":
        body["reason"] = row.grund
    return 200, body


def _unknown() -> tuple[int, dict[str, Any]]:
    message = "Diesen Werkzeugaufruf gibt es für Ihren Zugang nicht."
    return 404, {"error": {"message": message, "type": "leitplanke", "code": "freigabe_unbekannt", "param": None}}
