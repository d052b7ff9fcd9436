"""Rows belong to a Mandant, and reads that forget it fail instead of leaking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.base.accounts.models import Mandant

_Model = TypeVar("_Model", bound=models.Model)


class UnscopedQueryError(RuntimeError):
    """A query on a table with Mandant was evaluated without saying whose rows are meant."""


class ScopedQuerySet(models.QuerySet[_Model]):
    """A queryset that can be evaluated only after `for_mandant`, through a related object, or `unscoped(reason)`."""

    _scoped = False

    def for_mandant(self, mandant: Mandant | int) -> Self:
        """Keep the rows of one Mandant."""
        narrowed = self.filter(mandant=mandant)
        narrowed._scoped = True  # noqa: SLF001
        return narrowed

    def unscoped(self, reason: str) -> Self:
        """Allow reading across Mandanten, for `reason` (a sentence; shown to whoever reads the code)."""
        if not reason:
            raise UnscopedQueryError("Ein Grund fehlt.")
        opened = self._chain()  # type: ignore[attr-defined]
        opened._scoped = True  # noqa: SLF001
        return opened  # type: ignore[no-any-return]

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped  # noqa: SLF001
        return clone  # type: ignore[no-any-return]

    def _require_scope(self) -> None:
        # Django hands the parent object over as a hint when rows are reached through a relation.
        if not self._scoped and "instance" not in self._hints:  # type: ignore[attr-defined]
            raise UnscopedQueryError(
                f"{self.model.__name__}: Abfrage ohne Mandant. Mit .for_mandant(mandant) eingrenzen."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require_scope()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[_Model]:
        """Stream rows of the chosen scope."""
        self._require_scope()
        return super().iterator(chunk_size)

    def count(self) -> int:
        """Count rows of the chosen scope."""
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        """Tell whether the chosen scope has a row."""
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate over the chosen scope."""
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Update rows of the chosen scope."""
        self._require_scope()
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of the chosen scope."""
        self._require_scope()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class MandantOwned(models.Model):
    """Base of every table of ours whose rows belong to a Mandant."""

    mandant = models.ForeignKey("accounts.Mandant", on_delete=models.CASCADE, related_name="+", editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
