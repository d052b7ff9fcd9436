"""Reads JSON strictly: no double names, no NaN, no half characters, no deep nesting."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from leitplanke.base.llm.wire.model import WireError


class _DoubleNameError(ValueError):
    """A name occurs twice in an object."""


def load_strictly(raw: bytes | str, path: str = "") -> Any:
    """Return what `raw` says; each reader of it will read the same.

    Raises:
        WireError: it is no JSON, or readers could differ about it.
    """
    where = f"Das Feld {path}" if path else "Die Anfrage"
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        value = _decoder.decode(text)
        if "\\u" in text:  # only an escape can bring half a character
            json.dumps(value, ensure_ascii=False).encode()
    except _DoubleNameError:
        sentence = f"{where} nennt denselben Namen zweimal. Senden Sie jeden Namen nur einmal."
        raise WireError("name_doppelt", path, sentence) from None
    except RecursionError:
        raise too_deep(path) from None
    except UnicodeError:
        sentence = f"{where} enthält ungültige Zeichen. Senden Sie UTF-8 ohne halbe Ersatzzeichen."
        raise WireError("zeichen_ungueltig", path, sentence) from None
    except ValueError:
        raise WireError(
            "json_ungueltig", path, f"{where} ist kein gültiges JSON. Prüfen Sie Klammern und Kommas."
        ) from None
    return value


def too_deep(path: str) -> WireError:
    """Return the error for nesting without end."""
    where = f"Das Feld {path}" if path else "Die Anfrage"
    return WireError("zu_tief", path, f"{where} ist zu tief verschachtelt. Senden Sie flachere Angaben.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _DoubleNameError
    return value


def _constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
