"""The door to models as an application of its own: no pages, no static files."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")
django.setup()

from leitplanke.apps.gateway.door_app import DoorApp  # noqa: E402 - needs models
from leitplanke.base.llm.runtime import runtime  # noqa: E402 - needs models

runtime()  # loads what holds while nobody is waiting yet
application = DoorApp()
