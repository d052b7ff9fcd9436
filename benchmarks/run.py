"""Run every benchmark of the project: `make bench`.

Each can be run by itself; `--help` says what it takes. The sealed halves are left alone here: they serve for a final
figure only, taken with `--half versiegelt`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS = (
    ("Suche in den Gesetzen", "retrieval.py", "--half", "offen"),
    ("Antworten aus den fünf Dokumenten", "antworten.py", "--half", "offen"),
    ("Nachweise", "evidence.py"),
    ("Server mit allen Gesetzen", "server.py"),
    ("Briefe und Formulare", "druck.py"),
    ("Leitlinie: eine Entscheidung", "policy.py"),
    ("Leitlinie: neben CEL und casbin", "policy_vergleich.py"),
    ("Regelwerk: ein Fall", "regelwerk/fall.py"),
    ("Regelwerk: viele Fälle", "regelwerk/viele.py", "--hoechstens", "10000000"),
    ("Regelwerk neben anderen", "regelwerk/vergleich.py"),
    ("KI gegen Menschen bewerten", "bewertung.py"),
    ("Viele Vorgänge", "vorgaenge.py"),
    ("Wohngeld gegen GETTSIM", "regelwerk/gettsim_vergleich.py"),
)


def main() -> int:
    failed = []
    for title, script, *arguments in RUNS:
        print(f"\n== {title}: python benchmarks/{script} {' '.join(arguments)}", flush=True)
        if subprocess.run([sys.executable, str(HERE / script), *arguments], check=False).returncode:
            failed.append(script)
    if failed:
        print(f"\nMisslungen: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
