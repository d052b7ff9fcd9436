"""Template tags and filters of our interface; the templates stand in `templates/ui/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms, template
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.forms import BoundField
    from django.template import Context

register = template.Library()

# Django's message levels and our words for states, as KERN names them.
KINDS = {
    "debug": "info",
    "error": "danger",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
}
INPUT_CLASSES = (
    (forms.CheckboxInput, "kern-form-check__checkbox"),
    (forms.Select, "kern-form-input__select"),
    (forms.RadioSelect, "kern-form-check__radio"),
)


@register.inclusion_tag("ui/alert.html")
def alert(kind: str, title: object, text: object = "") -> dict[str, Any]:
    """Show a note: what it is about, and what to do."""
    return {"kind": KINDS.get(kind, "info"), "title": title, "text": text}


@register.inclusion_tag("ui/badge.html")
def badge(label: object, kind: str = "info") -> dict[str, Any]:
    """Show a state as a word in a coloured frame."""
    return {"label": label, "kind": KINDS.get(kind, "info")}


@register.inclusion_tag("ui/empty.html")
def empty(title: object, text: object = "", url: str = "", action: object = "") -> dict[str, Any]:
    """Say that there is nothing yet, and what to do about it."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/progress.html")
def progress(id: str, label: object, value: int, maximum: int, text: object = "") -> dict[str, Any]:  # noqa: A002
    """Show how far something has come."""
    return {"id": id, "label": label, "value": value, "maximum": max(maximum, 1), "text": text}


@register.inclusion_tag("ui/steps.html")
def steps(steps: object) -> dict[str, Any]:
    """Show steps with their state: `done`, `now` or `open`."""
    return {"steps": steps}


@register.inclusion_tag("ui/trace.html")
def trace(caption: object, rows: object) -> dict[str, Any]:
    """Show a proof as a table: step, basis, value, state."""
    return {"caption": caption, "rows": rows}


@register.inclusion_tag("ui/bubble.html")
def bubble(label: object, text: object, *, own: bool = False) -> dict[str, Any]:
    """Show one turn of a conversation."""
    return {"label": label, "text": text, "own": own}


@register.inclusion_tag("ui/citation.html")
def citation(citation: object, *, near: bool = False) -> dict[str, Any]:
    """Show a quote with its source; `near` marks what is no answer."""
    return {"citation": citation, "near": near}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Show links to the neighbouring pages, keeping the filter."""
    query = context["request"].GET.copy()

    def link(number: int) -> str:
        query["seite"] = str(number)
        return str(query.urlencode())

    return {
        "page": page,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def is_check(field: BoundField) -> bool:
    """Tell whether a field is a single check box."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_radio(field: BoundField) -> bool:
    """Tell whether a field is answered by choosing one of several lines."""
    return type(field.field.widget) is forms.RadioSelect


@register.filter
def is_checks(field: BoundField) -> bool:
    """Tell whether a field is answered by choosing any of several lines."""
    return type(field.field.widget) is forms.CheckboxSelectMultiple


@register.filter
def is_select(field: BoundField) -> bool:
    """Tell whether a field is a drop-down list."""
    return type(field.field.widget) in (forms.Select, forms.NullBooleanSelect)


@register.filter
def with_class(field: BoundField) -> SafeString:
    """Render the input of a field with KERN's class for it."""
    css = next((name for kind, name in INPUT_CLASSES if isinstance(field.field.widget, kind)), "kern-form-input__input")
    if field.errors:
        css += f" {css}--error"
    return field.as_widget(attrs={"class": css})
