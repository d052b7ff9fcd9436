"""What was learned: a weight for each feature, in hundredths.

`gewichte.txt` is written by `benchmarks/privacy/lernen.py` and never by hand. A section for each look; a weight is what
the feature adds to the log odds that a word is part of somebody's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

FIRST, SECOND = "first", "second"
BIAS = "*"  # the weight that every word has
_HUNDRED = 100


@lru_cache(maxsize=1)
def _learned() -> dict[str, dict[str, float]]:
    source = files("leitplanke.core.privacy.learned") / "gewichte.txt"
    return read(source.read_text(encoding="utf-8"))


def weights(look: str) -> Mapping[str, float]:
    """Return feature -> weight of the first or the second look."""
    return _learned()[look]


def total(known: Mapping[str, float], features: Iterable[str]) -> float:
    """Return the sum of the weights of `features`; what was never seen weighs nothing."""
    weight = known.get
    return sum([weight(feature, 0.0) for feature in features])


def read(text: str) -> dict[str, dict[str, float]]:
    """Read sections of lines `feature TAB hundredths`."""
    sections: dict[str, dict[str, float]] = {}
    current: dict[str, float] = {}
    for line in text.split("\n"):
        feature, tab, weight = line.rpartition("\t")
        if tab:
            current[feature] = int(weight) / _HUNDRED
        elif line:
            current = sections[line.strip("[]")] = {}
    return sections


def written(sections: Mapping[str, Mapping[str, float]]) -> str:
    """Write what `read` reads, without what rounds to nothing."""
    lines = []
    for name, known in sections.items():
        lines.append(f"[{name}]")
        rounded = ((feature, round(weight * _HUNDRED)) for feature, weight in sorted(known.items()))
        lines += [f"{feature}\t{weight}" for feature, weight in rounded if weight]
    return "\n".join(lines) + "\n"
