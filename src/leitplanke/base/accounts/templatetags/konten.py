"""What the sign-in page shows beyond allauth's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.middleware.csrf import get_token

from leitplanke.base.accounts import queries
from leitplanke.base.accounts.access import actor_of
from leitplanke.base.accounts.roles import Rolle

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.template import Context

register = template.Library()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A made-up person as the sign-in page offers them."""

    pk: int
    name: str
    rolle: str
    einheit: str


@register.inclusion_tag("accounts/_vorfuehrung.html", takes_context=True)
def demo_sign_in(context: Context) -> dict[str, Any]:
    """Offer the made-up people of a demo; nothing elsewhere."""
    request = context["request"]
    mandant = actor_of(request).mandant
    memberships = queries.demo_memberships(mandant) if queries.demo_possible(mandant) else {}
    people = []
    for person in queries.demo_people(mandant):
        membership = memberships.get(person.pk)
        rolle = Rolle(membership.rolle) if membership else Rolle.ANTRAGSTELLENDE_PERSON
        einheit = membership.einheit.name if membership and membership.einheit else ""
        people.append(DemoPerson(person.pk, person.name, str(rolle.label), einheit))
    return {
        "people": people,
        "next": request.GET.get(REDIRECT_FIELD_NAME, ""),
        "csrf_token": get_token(request) if people else "",
    }


@register.simple_tag(takes_context=True)
def signup_open(context: Context) -> bool:
    """Tell whether citizens may make accounts here."""
    return actor_of(context["request"]).mandant.buergerkonten


@register.filter
def plain(form: BaseForm) -> BaseForm:
    """Drop what allauth repeats: placeholders that say the label again, and the link beside the password."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    if "login" in form.fields and "password" in form.fields:
        form["password"].help_text = ""
    return form
