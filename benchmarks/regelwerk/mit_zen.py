"""Worker of vergleich.py, run in an environment of its own: zen-engine (GoRules) from PyPI. Prints its figures as JSON.

It takes one case at a time; the rows of the tables are looked up by the caller, so that only the formula is left to it.
At most 20,000 rows are run, `ganz` is raised to all of them.

    python benchmarks/regelwerk/mit_zen.py ROWS RESULT.npy TABLES.json
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()
import zen  # noqa: E402 - the import is measured

IMPORTED = time.perf_counter() - START
import numpy as np  # noqa: E402
from haushalte import checksum, households, law  # noqa: E402
from messen import best, load, peak_mb  # noqa: E402

MOST = 20_000
FORMULAS = {
    "m": "max([min([miete, grenze]) + heiz, mindestmiete])",
    "y": "max([einkommen, mindesteinkommen])",
    "betrag": "floor(max([1.15 * ($.m - (a + b * $.m + c * $.y) * $.y), 0]) + 0.5)",
    "wohngeld": "$.betrag < 10 ? 0 : $.betrag",
}


def decision() -> dict[str, object]:
    """Return the formula as the decision graph that zen-engine reads."""
    at = {"x": 0, "y": 0}
    lines = [{"id": name, "key": name, "value": text} for name, text in FORMULAS.items()]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": at},
        {"id": "f", "name": "f", "type": "expressionNode", "position": at, "content": {"expressions": lines}},
        {"id": "out", "name": "out", "type": "outputNode", "position": at},
    ]
    edges = [{"id": f"{a}{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("in", "f"), ("f", "out"))]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def cases(rows: int) -> list[dict[str, float]]:
    """Return households with the rows of the law that are theirs."""
    found, tables = households(rows), law(Path(sys.argv[3]))
    line = found["mitglieder"] - 1
    columns = {
        "miete": found["miete"] / 100, "einkommen": found["einkommen"] / 100, "heiz": tables["heiz"][line],
        "grenze": tables["hoechstbetrag"][line, found["stufe"] - 1] + tables["klima"][line],
        "mindestmiete": tables["m"][line], "mindesteinkommen": tables["y"][line],
        "a": tables["a"][line], "b": tables["b"][line], "c": tables["c"][line],
    }  # fmt: skip
    lists = {name: column[:MOST].tolist() for name, column in columns.items()}
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def main() -> int:
    rows = int(sys.argv[1])
    made = zen.ZenEngine().create_decision(json.dumps(decision()))
    answer = made.evaluate(cases(1)[0])["result"]["wohngeld"]
    answered = time.perf_counter() - START
    few = cases(rows)
    result = np.array([made.evaluate(case)["result"]["wohngeld"] for case in few])
    np.save(sys.argv[2], result.astype(np.int64))
    one = best(lambda: made.evaluate(few[0]), times=5, calls=1000)
    proved = best(lambda: made.evaluate(few[0], {"trace": True}), times=5, calls=1000)
    through = best(lambda: [made.evaluate(case) for case in few], times=2)
    whole = {name: value / len(few) * rows for name, value in through.items()}
    print(
        json.dumps(
            {
                "import_s": IMPORTED, "erste_antwort_s": answered, "erste_antwort": answer, "fall": proved,
                "fall_ohne_spur": one, "formel": None, "ganz": whole | {"hochgerechnet": True},
                "speicher_mb": peak_mb(), "summe": int(result.sum()), "eingabe": checksum(households(rows)),
                "last": load(),
            }
        )
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
