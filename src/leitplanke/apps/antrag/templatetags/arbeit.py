"""Tags for the pages of an office's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()

# Name of the page, what it is called, and who may open it.
PAGES = (
    ("liste", noop("Vorgänge"), "antrag.list"),
    ("ausgang", noop("Ausgang"), "antrag.outbox"),
    ("rueckrufe", noop("Rückrufe"), "antrag.list"),
    ("zahlen", noop("Zahlen"), "antrag.figures"),
    ("textbausteine", noop("Textbausteine"), "antrag.textblocks"),
    ("einstellungen", noop("Verfahren einstellen"), "antrag.configure"),
)


@register.inclusion_tag("antrag/liste/_reiter.html", takes_context=True)
def arbeitsreiter(context: Context, current: str) -> dict[str, Any]:
    """Show the pages of an office's work that somebody may open; `current` is the one that is open."""
    actor = context["request"].actor
    return {
        "reiter": [
            {"titel": _(titel), "url": reverse(f"antrag:{name}"), "hier": name == current}
            for name, titel, permission in PAGES
            if actor.may(permission)
        ]
    }
