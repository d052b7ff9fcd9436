"""Collects the texts of a request while it is read, and checks types on the way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from leitplanke.base.llm.wire.loading import load_strictly, too_deep
from leitplanke.base.llm.wire.model import Limits, Pairs, Ref, Slot, WireError

# Words of JSON Schema: as names in a schema they say nothing about anybody.
SCHEMA_WORDS = frozenset(
    {
        "$defs", "$ref", "$schema", "additionalProperties", "allOf", "anyOf", "const", "default", "definitions",
        "description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "format", "items",
        "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "multipleOf", "not", "nullable",
        "oneOf", "pattern", "prefixItems", "properties", "required", "title", "type", "uniqueItems",
    }
)  # fmt: skip
SCHEMA_TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
# From so many digits on a number may tell of somebody (a tax number, a telephone).
TELLING_NUMBER = 100_000
# Words of a schema under which values stand that it states; the rest of it describes a form.
GIVEN = frozenset({"const", "enum", "default", "examples"})
LONGEST_CUE = 60
# What names of fields look like; a name that holds more (a number, capitals) may be about somebody.
_SAFE_NAME = re.compile(r"[a-z][A-Za-z_]{0,39}")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")
_DATA_URL = re.compile(r"data:[a-z0-9.+/;=\"-]{0,100};base64,", re.IGNORECASE)

# Reads a value at a path into its shape.
Read = Callable[["Reader", Any, str], Any]
Fields = dict[str, Read]


class Reader:
    """Goes through one request.

    Attributes:
        role: of the message that is read.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing."""
        self.limits = limits
        self.role = ""
        self.slots: list[Slot] = []
        self.unscannable: list[str] = []
        self.tools: list[str] = []
        self._identities: dict[str, str] = {}

    def text(self, value: Any, path: str, *, json: bool = False) -> Ref:
        """Take a string that may hold content."""
        if not isinstance(value, str):
            raise wrong(path, "ein Text")
        if "base64," in value and _DATA_URL.search(value):
            self.unscannable.append(path)
        return self._slot(value, path, json=json)

    def json_text(self, value: Any, path: str) -> Ref:
        """Take a string that holds JSON, or is meant to."""
        if not isinstance(value, str):
            raise wrong(path, "ein Text mit JSON")
        try:
            load_strictly(value, path)
        except WireError as error:
            if error.code != "json_ungueltig" or _ESCAPE.search(value):
                raise
            return self.text(value, path)
        return self.text(value, path, json=True)

    def identity(self, value: Any, path: str) -> str:
        """Give an identifier of the caller a number: the same for the same, and nothing of it travels on."""
        if not isinstance(value, str) or not 0 < len(value) <= 200:
            raise wrong(path, "ein kurzer Text")
        # nine letters and digits: what the strictest service wants
        return self._identities.setdefault(value, f"c{len(self._identities):08d}")

    def name(self, value: Any, path: str) -> Ref:
        """Take what a program calls a tool, a form or somebody who speaks: words written together."""
        if not isinstance(value, str):
            raise wrong(path, "ein Text")
        return self._take(Slot(path, self.role, value, name=True, strict=True))

    def free(self, value: Any, path: str, depth: int = 0, cue: str = "", *, given: bool = False) -> Any:
        """Take JSON of any form: each string, each name and each long number in it is a text.

        Args:
            value: the JSON.
            path: where it stands.
            depth: of the nesting.
            cue: what the field is called whose schema this is.
            given: whether the schema states this value.
        """
        if depth > self.limits.depth:
            raise too_deep(path)
        if isinstance(value, str):
            return value if value in SCHEMA_TYPES else self._value(value, path, cue, given=given)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            return self._number(value, path, cue, given=given)
        if isinstance(value, list):
            return [self.free(entry, f"{path}[{at}]", depth + 1, cue, given=given) for at, entry in enumerate(value)]
        if SCHEMA_WORDS.issuperset(value):
            return {
                name: self.free(entry, f"{path}.{name}", depth + 1, cue, given=given or name in GIVEN)
                for name, entry in value.items()
            }
        return Pairs(tuple(self._pair(name, entry, path, depth, given=given) for name, entry in value.items()))

    def _pair(self, name: str, entry: Any, path: str, depth: int, *, given: bool) -> tuple[Ref, Any]:
        ref = self._take(Slot(f"{path}.*", self.role, name, name=True))
        return ref, self.free(entry, f"{path}.*", depth + 1, name[:LONGEST_CUE], given=given)

    def _value(self, value: str, path: str, cue: str, *, given: bool) -> Ref:
        if "base64," in value and _DATA_URL.search(value):
            self.unscannable.append(path)
        return self._take(Slot(path, self.role, value, cue=cue if given else "", given=given))

    def _number(self, value: float, path: str, cue: str, *, given: bool) -> Any:
        if not math.isfinite(value):
            raise wrong(path, "eine endliche Zahl")
        if abs(value) < TELLING_NUMBER and value == round(value, 3):
            return value
        ref = self._take(Slot(path, self.role, str(value), cue=cue, given=given))
        return Ref(ref.index, value)

    def _slot(self, text: str, path: str, *, json: bool = False) -> Ref:
        return self._take(Slot(path, self.role, text, json))

    def _take(self, slot: Slot) -> Ref:
        if len(self.slots) >= self.limits.texts:
            sentence = "Die Anfrage hat zu viele einzelne Texte. Teilen Sie sie auf."
            raise WireError("zu_viele_texte", slot.path, sentence, 413)
        self.slots.append(slot)
        return Ref(len(self.slots) - 1)


def wrong(path: str, expected: str) -> WireError:
    """Return the error for a value of a wrong type or out of range."""
    return WireError("wert_ungueltig", path, f"Das Feld {path} hat einen ungültigen Wert. Erwartet wird: {expected}.")


def unknown(path: str, name: str) -> WireError:
    """Return the error for a field that is not on the list."""
    shown = name if _SAFE_NAME.fullmatch(name) else "(nicht darstellbarer Name)"
    where = f"{path}.{shown}" if path else shown
    sentence = f"Das Feld {where} nimmt Leitplanke nicht an. Lassen Sie es weg; was geht, steht in der Schnittstelle."
    return WireError("feld_unbekannt", where, sentence)


def number(low: float, high: float, *, whole: bool = False) -> Read:
    """Return what reads a number between two bounds."""

    def read(_reader: Reader, value: Any, path: str) -> Any:
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            raise wrong(path, f"eine {'ganze ' if whole else ''}Zahl von {low} bis {high}")
        return value

    return read


def one_of(*values: str) -> Read:
    """Return what reads one of some words."""

    def read(_reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, str) or value not in values:
            raise wrong(path, " oder ".join(values))
        return value

    return read


def flag(_reader: Reader, value: Any, path: str) -> Any:
    """Read true or false."""
    if not isinstance(value, bool):
        raise wrong(path, "true oder false")
    return value


def text(reader: Reader, value: Any, path: str) -> Any:
    """Read a string that may hold content."""
    return reader.text(value, path)


def identifier(reader: Reader, value: Any, path: str) -> Any:
    """Read what a program calls something."""
    return reader.name(value, path)


def free(reader: Reader, value: Any, path: str) -> Any:
    """Read an object of any form."""
    if not isinstance(value, dict):
        raise wrong(path, "ein Objekt")
    return reader.free(value, path)


def several(read: Read, most: int) -> Read:
    """Return what reads a list."""

    def read_list(reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, list) or len(value) > most:
            raise wrong(path, f"eine Liste mit höchstens {most} Einträgen")
        return [read(reader, entry, f"{path}[{at}]") for at, entry in enumerate(value)]

    return read_list


def record(
    value: Any, reader: Reader, path: str, fields: Fields, *, drop: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Read an object by an allow-list; null counts as not said."""
    if not isinstance(value, dict):
        raise wrong(path, "ein Objekt")
    shape = {}
    for name, entry in value.items():
        if name in fields:
            if entry is not None:
                shape[name] = fields[name](reader, entry, f"{path}.{name}")
        elif name not in drop:
            raise unknown(path, name)
    return shape


def required(shape: dict[str, Any], path: str, *names: str) -> dict[str, Any]:
    """Return the object if it says all that it must."""
    for name in names:
        if name not in shape:
            where = f"{path}.{name}" if path else name
            raise WireError("feld_fehlt", where, f"Das Feld {where} fehlt. Senden Sie es mit.")
    return shape
