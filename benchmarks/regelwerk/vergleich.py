"""The rules engine beside others, in one run, on the same made-up households: the formula of the Wohngeldgesetz.

    python benchmarks/regelwerk/vergleich.py [--zeilen 1000000] [--regelwerk wohngeld] [--ohne gettsim] [--json FILE]

Each system runs in a process of its own. GETTSIM (in its fast mode), OpenFisca-Core and the engine of GoRules are
installed from PyPI into environments below var/benchmarks; the first two are under the AGPL, and nothing of ours ever
imports them. All get the same households, told by a checksum, and their results are held against ours row by row.

`Fall` is one warm case: with us with its whole proof, with GoRules with its trace. `Formel` goes from columns in memory
to a column in memory. `ganz` is what a user calls: with us from a Parquet file to a Parquet file, with GETTSIM and
OpenFisca from a table in memory to one, with GoRules case by case, raised to all rows. Processor time stands in
parentheses: where it is higher than the clock, several cores worked; where it is lower, others used the machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import unser
from messen import FOLDER, in_process, load, machine, table, told, written

PEERS = {"gettsim": "gettsim==1.3.1", "openfisca": "OpenFisca-Core==46.0.1", "zen": "zen-engine==2.1.3"}
TITLES = {
    "leitplanke": "Leitplanke", "gettsim": "GETTSIM 1.3.1", "openfisca": "OpenFisca-Core 46", "zen": "GoRules ZEN 2.1",
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zeilen", type=int, default=1_000_000, help="wie viele Haushalte")
    parser.add_argument("--regelwerk", default="wohngeld", help="Name oder Ordner")
    parser.add_argument("--ohne", action="append", default=[], choices=list(PEERS), help="dieses System auslassen")
    parser.add_argument("--json", type=Path, help="Zahlen auch in diese Datei")
    arguments = parser.parse_args()
    rows = f"{arguments.zeilen:,}".replace(",", ".")
    print(f"{machine()}; Last {load()}; {rows} Haushalte\n")
    with tempfile.TemporaryDirectory() as folder:
        found = measured(arguments, Path(folder))
    print(table(HEAD, [line(TITLES[name], figures, arguments.zeilen) for name, figures in found.items()]))
    inputs = {figures["eingabe"] for figures in found.values() if "eingabe" in figures}
    print(f"Prüfsumme der Haushalte: {', '.join(map(str, sorted(inputs)))}")
    written({"maschine": machine(), "zeilen": arguments.zeilen, "systeme": found}, arguments.json)
    return 0 if len(inputs) == 1 and "fehler" not in found["leitplanke"] else 1


def measured(arguments: argparse.Namespace, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the figures of every system, each with how many rows are as ours."""
    law, ours = folder / "gesetz.json", folder / "leitplanke.npy"
    unser.figures(unser.engine(arguments.regelwerk), law)
    rows = arguments.zeilen
    found = {"leitplanke": in_process(sys.executable, "mit_leitplanke.py", rows, ours, arguments.regelwerk)}
    for name, requirement in PEERS.items():
        if name in arguments.ohne:
            continue
        python = installed(name, requirement)
        if python is None:
            found[name] = {"fehler": f"{requirement} ließ sich nicht installieren"}
            continue
        result = folder / f"{name}.npy"
        found[name] = in_process(python, f"mit_{name}.py", rows, result, law, env={"GETTSIM_BEARTYPE_CLAW": "0"})
        if result.exists() and ours.exists():
            theirs = np.load(result)
            same = np.load(ours)[: len(theirs)]
            found[name] |= {
                "verglichen": len(theirs), "anders": int((theirs != same).sum()),
                "davon_unter_10": int(((theirs != same) & (theirs < 10) & (same == 0)).sum()),
            }  # fmt: skip
    return found


def installed(name: str, requirement: str) -> Path | None:
    """Return the Python of an environment that holds a system, made when it is missing."""
    folder = FOLDER / name
    python, mark = folder / "bin" / "python", folder / requirement
    if mark.exists():
        return python
    print(f"Installiere {requirement} nach {folder} ...", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement, "numpy"]
    for command in ([sys.executable, "-m", "venv", str(folder)], pip):
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            return None
    mark.touch()
    return python


HEAD = (
    "System", "Import", "erste Antwort", "Fall, warm", "Formel", "ganz", "Speicher", "Summe EUR", "anders als wir",
    "Last",
)  # fmt: skip


def line(title: str, found: dict[str, Any], rows: int) -> list[str]:
    """Return one row of the table."""
    if "fehler" in found:
        return [title, f"Fehler: {found['fehler']}", *[""] * (len(HEAD) - 2)]
    few = f", davon {found['davon_unter_10']} unter 10 EUR" if found.get("davon_unter_10") else ""
    differing = f"{found['anders']} von {found['verglichen']}{few}" if "anders" in found else "–"
    part = "" if found.get("verglichen", rows) == rows else " (Teil)"
    raised = " (hochgerechnet)" if (found["ganz"] or {}).get("hochgerechnet") else ""
    return [
        title, told(found["import_s"]), told(found["erste_antwort_s"]), both(found["fall"]), both(found["formel"]),
        both(found["ganz"]) + raised, f"{found['speicher_mb']} MB", f"{found['summe']}{part}", differing,
        str(found["last"]).replace(".", ","),
    ]  # fmt: skip


def both(figure: dict[str, float] | None) -> str:
    """Return a time by the clock with that of the processor."""
    if not figure or "s" not in figure:
        return "–"
    return f"{told(figure['s'])} ({told(figure['cpu'])})"


if __name__ == "__main__":
    sys.exit(main())
