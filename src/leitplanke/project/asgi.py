"""The ASGI application: static files beside Django."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from leitplanke.base.documents.limits import MAX_REQUEST_BYTES
from leitplanke.project.body_limit import BodyLimit

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")


class HashedStaticFiles(StaticFiles):
    """Static files; names that carry a content hash may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve `path` with the right lifetime."""
        response = await super().get_response(path, scope)
        hashed = len(path.rsplit("/", 1)[-1].split(".")) > 2  # name.hash.ending
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


django_application = cast("ASGIApp", get_asgi_application())

from django.conf import settings  # noqa: E402 - readable only after setup

from leitplanke.apps.gateway.door_app import DoorApp  # noqa: E402 - needs models

door_application = DoorApp()
house_application = BodyLimit(
    Starlette(
        routes=[
            Mount("/static", HashedStaticFiles(directory=settings.STATIC_ROOT, check_dir=False)),
            Mount("/", django_application),
        ]
    ),
    MAX_REQUEST_BYTES,
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Send calls of models to the door, everything else to the pages."""
    chosen = door_application if scope["type"] == "http" and scope["path"].startswith("/v1/") else house_application
    await chosen(scope, receive, send)
