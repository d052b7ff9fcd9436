"""Results of several towns: counts only, bound to the plan by its hash, signed, and refused where they do not fit.

Counts of small groups can point to a person: signed results are for exchange between towns, not for publication.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leitplanke.core.evaluation.errors import PoolingError
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Ergebnisart, Pruefplan, plan_hash
from leitplanke.core.evaluation.tally import HUMANS, Moments, Tally, counted, pairs
from leitplanke.core.merkle import CanonicalError, Json, NoteError, Signer, VerifierKey, canonical
from leitplanke.core.rules.model import Words

KIND = "leitplanke-pruefergebnis-1"
MOST_CASES = 100_000_000
_MOST_BYTES = 20_000_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class TownResult:
    """What one town contributes: who, to which plan, and its counts; `key` is the public key that signed it."""

    town: str
    plan: str
    found: Tally
    key: str = ""


def result_data(town: str, plan: Pruefplan, found: Tally) -> Json:
    """Return a result as data of text only, without any case."""
    return {
        "art": KIND,
        "stelle": town,
        "plan": plan_hash(plan),
        "merkmale": [list(labels) for labels in found.labels],
        "zellen": [
            [*map(str, cell), str(count)]
            for cell, count in zip(found.cells.tolist(), found.counts.tolist(), strict=True)
        ],
        "betraege": [[repr(getattr(moment, name)) for name in Moments.__slots__] for moment in found.moments],
        "gleiche_betraege": [list(map(str, pair)) for pair in found.same],
        "befunde": [[finding.code, str(finding.cases), finding.text.de, finding.text.en] for finding in found.findings],
    }


def sign_result(town: str, plan: Pruefplan, found: Tally, signer: Signer) -> bytes:
    """Return a result as a signed file (canonical JSON)."""
    data = result_data(town, plan, found)
    signature = signer.private.sign(_message(data).encode())
    return canonical({
        "ergebnis": data,
        "schluessel": str(signer.verifier),
        "unterschrift": base64.b64encode(signature).decode(),
    })  # fmt: skip


def open_result(plan: Pruefplan, file: bytes, keys: Iterable[VerifierKey]) -> TownResult:
    """Return a signed result after checking signature, plan and content.

    Args:
        plan: the plan that the result must belong to.
        file: what `sign_result` made.
        keys: the keys that are trusted.

    Raises:
        PoolingError: it is not signed with one of `keys`, was changed, or belongs to another plan.
    """
    outer = _read(file)
    if set(outer) != {"ergebnis", "schluessel", "unterschrift"}:
        raise PoolingError(["Die Datei ist kein unterschriebenes Prüfergebnis von Leitplanke."])
    data = outer["ergebnis"]
    key = _trusted(outer, keys)
    try:
        signature = base64.b64decode(str(outer["unterschrift"]), validate=True)
        message = _message(data)
    except (binascii.Error, ValueError, CanonicalError):
        raise PoolingError(["Die Unterschrift ist nicht lesbar."]) from None
    if not key.verifies(signature, message):
        raise PoolingError(
            [f"Die Unterschrift ({key.name}) ist falsch: Das Ergebnis wurde nach dem Unterschreiben verändert."]
        )
    return _result(plan, data, str(key))


def reopen_result(plan: Pruefplan, data: Mapping[str, Any]) -> TownResult:
    """Return an own result from what `result_data` gave, which never left the house and needs no signature.

    Raises:
        PoolingError: it belongs to another plan, or is not whole.
    """
    return _result(plan, dict(data), "")


def pool(results: Sequence[TownResult]) -> Tally:
    """Add up the counts of several towns.

    Raises:
        PoolingError: plans differ, or a town or a key occurs twice.
    """
    if not results:
        raise PoolingError(["Es gibt keine Ergebnisse zum Zusammenführen."])
    if len({result.plan for result in results}) > 1:
        raise PoolingError(["Die Ergebnisse gehören zu verschiedenen Prüfplänen und lassen sich nicht zusammenführen."])
    for what, values in (("Stelle", [r.town for r in results]), ("Schlüssel", [r.key for r in results if r.key])):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise PoolingError([f"{what} „{twice[0]}“ kommt zweimal vor; Fälle würden doppelt zählen."])
    attributes = range(len(results[0].found.labels))
    labels = tuple(tuple(sorted({label for r in results for label in r.found.labels[place]})) for place in attributes)
    rows = np.concatenate([_relabelled(result.found, labels) for result in results])
    cells, counts = counted(rows, np.concatenate([result.found.counts for result in results]))
    return Tally(
        labels=labels,
        cells=cells,
        counts=counts,
        moments=tuple(sum(parts[1:], parts[0]) for parts in zip(*(r.found.moments for r in results), strict=True)),
        same=tuple(_summed(parts) for parts in zip(*(r.found.same for r in results), strict=True)),
        findings=tuple(
            Finding(f.code, Words(f"{r.town}: {f.text.de}", f"{r.town}: {f.text.in_language('en')}"), f.cases)
            for r in results for f in r.found.findings
        ),
    )  # fmt: skip


def _summed(pairs_of_counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    first, second = zip(*pairs_of_counts, strict=True)
    return sum(first), sum(second)


def sources(results: Sequence[TownResult]) -> tuple[tuple[str, int], ...]:
    """Return who contributed how many cases."""
    return tuple((result.town, result.found.cases) for result in results)


def _message(data: Json) -> str:
    """Return what is signed: never what any other signature of ours could mean."""
    return f"{KIND}\n{canonical(data).decode()}"


def _read(file: bytes) -> dict[str, Any]:
    if len(file) > _MOST_BYTES:
        raise PoolingError([f"Die Datei ist größer als {_MOST_BYTES // 1_000_000} MB."])
    try:
        outer = json.loads(file)
    except (ValueError, RecursionError):
        raise PoolingError(["Die Datei ist kein JSON."]) from None
    return outer if isinstance(outer, dict) else {}


def _trusted(outer: dict[str, Any], keys: Iterable[VerifierKey]) -> VerifierKey:
    try:
        named = VerifierKey.parse(str(outer["schluessel"]))
    except NoteError as error:
        raise PoolingError([str(error)]) from None
    for key in keys:
        if key == named:
            return key
    fault = f"Der Schlüssel „{named.name}“ gehört zu keiner Stelle, der vertraut wird."
    raise PoolingError([f"{fault} Bitte Schlüssel vergleichen und eintragen."])


def _result(plan: Pruefplan, data: Any, key: str) -> TownResult:
    if not isinstance(data, dict) or data.get("art") != KIND:
        raise PoolingError(
            ["Die Datei ist kein Prüfergebnis, oder von einer neueren Fassung. Bitte Leitplanke aktualisieren."]
        )
    town = str(data.get("stelle", ""))[:_LONGEST]
    if data.get("plan") != plan_hash(plan):
        raise PoolingError([f"Das Ergebnis von „{town}“ gehört zu einem anderen Prüfplan und zählt hier nicht."])
    try:
        return TownResult(town, str(data["plan"]), _tally(plan, data), key)
    except (LookupError, TypeError, ValueError, OverflowError):
        raise PoolingError([f"Das Ergebnis von „{town}“ ist unvollständig oder passt nicht zum Plan."]) from None


def _tally(plan: Pruefplan, data: dict[str, Any]) -> Tally:
    labels = tuple(tuple(str(label) for label in group) for group in data["merkmale"])
    people = len(plan.menschen)
    width = len(plan.merkmale) + HUMANS + 2 * people
    table = np.array([[int(cell) for cell in row] for row in data["zellen"]], dtype=np.int64).reshape(-1, width + 1)
    cells, counts = table[:, :-1], table[:, -1]
    amounts = plan.ergebnis.art == Ergebnisart.BETRAG
    moments = tuple(Moments(int(row[0]), *map(float, row[1:])) for row in data["betraege"])
    same = tuple((int(cases), int(hits)) for cases, hits in data["gleiche_betraege"])
    findings = tuple(Finding(str(row[0]), Words(str(row[2]), str(row[3])), int(row[1])) for row in data["befunde"])
    fits = (
        len(labels) == len(plan.merkmale)
        and all(0 < len(label) <= _LONGEST for group in labels for label in group)
        and len(moments) == (people if amounts else 0)
        and len(same) == (len(pairs(people)) if amounts else 0)
        and _within(cells, labels)
        and bool((counts > 0).all()) and int(counts.sum()) <= MOST_CASES
        and all(np.isfinite([getattr(moment, name) for name in Moments.__slots__]).all() for moment in moments)
    )  # fmt: skip
    if not fits:
        raise ValueError
    return Tally(labels, cells.astype(np.int32), counts, moments, same, findings)


def _within(cells: Any, labels: Sequence[Sequence[str]]) -> bool:
    """Tell whether every value of every cell is one that can be."""
    groups, flags = cells[:, : len(labels)], cells[:, len(labels) :]
    people = flags[:, HUMANS:]
    tops = np.array([len(group) for group in labels], dtype=np.int64)
    known = bool(((groups >= -1) & (groups < tops)).all()) and bool(
        ((flags[:, :HUMANS] >= 0) & (flags[:, :HUMANS] <= 1)).all()
    )
    return (
        known
        and bool(((people >= -1) & (people <= 1)).all())
        and bool(((people[:, ::2] < 0) == (people[:, 1::2] < 0)).all())
    )


def _relabelled(found: Tally, labels: Sequence[Sequence[str]]) -> Any:
    cells = found.cells.copy()
    for place, known in enumerate(labels):
        number = np.array([*(known.index(label) for label in found.labels[place]), -1], dtype=np.int32)
        cells[:, place] = number[cells[:, place]]
    return cells
