"""Worker of viele.py: writes households and their people as Parquet, so that making them costs it no memory.

python benchmarks/regelwerk/viele_daten.py ROWS PERSONS FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import unser
from haushalte import households


def main() -> int:
    rows, persons, folder = int(sys.argv[1]), sys.argv[2] == "1", Path(sys.argv[3])
    found = households(rows)
    unser.frame_of(found, income=not persons).write_parquet(folder / "haushalte.parquet")
    if persons:
        unser.persons_of(found).write_parquet(folder / "personen.parquet")
    print("{}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
