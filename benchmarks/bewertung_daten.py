"""Make up the decisions of the demo: an AI that is better than people on average, and much worse for one group.

    python benchmarks/bewertung_daten.py

writes content/musterstadt/bewertung/wohngeld-vollstaendigkeit.csv, always the same.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "src" / "leitplanke" / "content" / "musterstadt" / "bewertung"
TARGET = FOLDER / "wohngeld-vollstaendigkeit.csv"
CASES = 1200
SEED = 20_261_001
WORDS = np.array(["unvollständig", "vollständig"])
# Share of wrong answers by decider; the AI knows few applications that were not written in German.
AI_WRONG = {"Deutsch": 0.02, "andere": 0.24}
PEOPLE_WRONG = (0.10, 0.11)


def made_up(cases: int = CASES, seed: int = SEED) -> list[list[str]]:
    """Return head and rows."""
    random = np.random.default_rng(seed)
    language = random.choice(["Deutsch", "andere"], size=cases, p=[0.74, 0.26])
    household = random.choice(["eine Person", "mehrere Personen"], size=cases, p=[0.45, 0.55])
    urgent = random.random(cases) < 0.06
    truth = random.random(cases) < 0.62
    # Some applications are hard for everybody.
    hard = np.where(random.random(cases) < 0.15, 3.0, 0.65)
    ai_wrong = random.random(cases) < np.array([AI_WRONG[name] for name in language])
    people_wrong = [random.random(cases) < share * hard for share in PEOPLE_WRONG]
    columns = [truth ^ ai_wrong, *(truth ^ wrong for wrong in people_wrong), truth]
    answers = [WORDS[column.astype(int)] for column in columns]
    rows = [["fall", "ki", "person_1", "person_2", "wahrheit", "sprache", "haushalt", "dringend"]]
    for number, cells in enumerate(zip(*answers, language, household, urgent, strict=True), 1):
        rows.append([f"W-{number:04}", *map(str, cells[:-1]), "ja" if cells[-1] else "nein"])
    return rows


if __name__ == "__main__":
    TARGET.write_text("".join(";".join(row) + "\n" for row in made_up()), encoding="utf-8")
    print(f"{TARGET.name}: {CASES} Fälle")
