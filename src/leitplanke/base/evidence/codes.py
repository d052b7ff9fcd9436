"""What can be recorded: each area declares its codes, and nothing else gets into the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.functional import Promise

Fields = tuple[str, ...] | Mapping[str, str]
Words = Mapping[str, str | Promise]


class UnknownCodeError(LookupError):
    """Something was to be recorded under a code that no area declares."""


class UndeclaredFieldError(ValueError):
    """An entry has a field that its code does not declare."""


@dataclass(frozen=True, slots=True)
class EvidenceCode:
    """A kind of entry: `code` for machines, `label` for people (German, translated when shown).

    `fields` are the statements it may carry, `personal` those that enter only as salted commitments. Both are
    names, or names with the words people read. `words` gives, by field, the
    words for recorded values that are codes.
    """

    code: str
    label: str
    fields: Fields = ()
    personal: Fields = ()
    words: Mapping[str, Words] = field(default_factory=dict)

    def check(self, data: Iterable[str], personal: Iterable[str]) -> None:
        """Refuse fields that are not declared.

        Raises:
            UndeclaredFieldError: names them and those that are.
        """
        for kind, given, declared in (("data", data, self.fields), ("personal", personal, self.personal)):
            if unknown := sorted(set(given) - set(declared)):
                known = ", ".join(declared) or "keine"
                raise UndeclaredFieldError(f"{self.code}, {kind}: {', '.join(unknown)} nicht angemeldet (nur {known}).")

    def field_label(self, field: str) -> str:
        """Return the words people read for a field: the declared ones, else its name."""
        for declared in (self.fields, self.personal):
            if isinstance(declared, Mapping) and field in declared:
                return declared[field]
        return field.replace("_", " ").capitalize()


class CodeRegistry:
    """All codes of all areas."""

    def __init__(self) -> None:
        """Start empty: nothing can be recorded."""
        self._codes: dict[str, EvidenceCode] = {}

    def add(self, codes: Iterable[EvidenceCode]) -> None:
        """Add the codes of an area; a code has one home.

        Raises:
            ValueError: another area already declared one of them.
        """
        for code in codes:
            if code.code in self._codes:
                raise ValueError(f"Der Nachweis-Code {code.code} ist schon vergeben.")
            self._codes[code.code] = code

    def get(self, code: str) -> EvidenceCode:
        """Return a declared code.

        Raises:
            UnknownCodeError: no area declares it.
        """
        try:
            return self._codes[code]
        except KeyError:
            raise UnknownCodeError(
                f"Der Nachweis-Code {code!r} ist nicht angemeldet (evidence_codes.py des Bereichs)."
            ) from None

    def find(self, code: str) -> EvidenceCode:
        """Return a code for display; one that was dropped since speaks for itself."""
        return self._codes.get(code) or EvidenceCode(code, code)

    def all(self) -> list[EvidenceCode]:
        """Return all codes in alphabetical order."""
        return [self._codes[code] for code in sorted(self._codes)]

    @contextmanager
    def extended(self, codes: Iterable[EvidenceCode]) -> Iterator[None]:
        """Know `codes` for a while, for tests and benchmarks."""
        before = dict(self._codes)
        self.add(codes)
        try:
            yield
        finally:
            self._codes = before


REGISTRY = CodeRegistry()
