"""Answers to machines: JSON and other files with a checksum of their content, so that nobody fetches them twice."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

if TYPE_CHECKING:
    from django.http import HttpRequest

JSON = "application/json; charset=utf-8"
JSON_LD = "application/ld+json; charset=utf-8"
MINUTES_5 = "public, max-age=300"


def file_answer(request: HttpRequest, content: bytes, kind: str, changed: datetime | None = None) -> HttpResponse:
    """Return a file, or 304 where the caller has it already.

    Only the checksum decides that: what is published of an incident changes an answer, but no day of an entry.
    """
    response = HttpResponse(content, content_type=kind)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    if not request.user.is_authenticated:
        response["Cache-Control"] = MINUTES_5
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def json_answer(
    request: HttpRequest, data: Any, *, kind: str = JSON, status: int = 200, changed: datetime | None = None
) -> HttpResponse:
    """Return JSON that programs on other hosts may read, too; they never send our cookies along."""
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    if status == 200:
        response = file_answer(request, content, kind, changed)
    else:
        response = HttpResponse(content, content_type=kind, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response
