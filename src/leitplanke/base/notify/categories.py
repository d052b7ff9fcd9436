"""What mail is about: areas declare their categories at start, people choose which of them they want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.ports import DEPUTIES, SECURITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise


class UnknownCategoryError(LookupError):
    """A mail names a category no area declares."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of mail.

    `mandatory` mail cannot be switched off. A `secret` text (it carries a link that opens the account) is shown to
    nobody and erased as soon as the mail has left the house.
    """

    code: str
    label: str | Promise
    description: str | Promise
    mandatory: bool = False
    secret: bool = False


_categories: dict[str, Category] = {}


def add_categories(categories: Iterable[Category]) -> None:
    """Add the categories of an area; the same code replaces."""
    _categories.update({category.code: category for category in categories})


def category_for(code: str) -> Category:
    """Return a category.

    Raises:
        UnknownCategoryError: no area declares it.
    """
    try:
        return _categories[code]
    except KeyError:
        raise UnknownCategoryError(code) from None


def all_categories() -> list[Category]:
    """Return all categories in order of their code."""
    return [_categories[code] for code in sorted(_categories)]


ACCOUNT_CATEGORIES = (
    Category(
        SECURITY,
        _("Sicherheit Ihres Kontos"),
        _("Einladung, neues Passwort, geänderte Anmeldung."),
        mandatory=True,
        secret=True,
    ),
    Category(DEPUTIES, _("Vertretungen"), _("Wenn Sie jemanden vertreten sollen oder eine Vertretung endet.")),
)
