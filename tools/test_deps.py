"""Get what tests need from the system (PostgreSQL, Chromium, Tesseract, fonts) or say which tests are left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import programs

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Need:
    """A part of the system: how to see that it is there, what Debian calls it, what is left out without it."""

    name: str
    present: Callable[[], object]
    packages: tuple[str, ...]
    left_out: str


NEEDS = (
    Need(
        "PostgreSQL",
        programs.postgres_folder,
        ("postgresql",),
        "der zweite Lauf aller Tests, die die Datenbank berühren (auf SQLite laufen sie)",
    ),
    Need("Chromium", programs.chromium, ("chromium",), "alle Tests in tests/browser"),
    Need(
        "Texterkennung",
        programs.tesseract,
        ("tesseract-ocr", "tesseract-ocr-deu"),
        "alle Tests, die Scans und Fotos lesen",
    ),
    Need(
        "Schriften", programs.has_fonts, ("fonts-dejavu-core",), "keine, aber Chromium zeigt Kästchen statt Buchstaben"
    ),
)


def missing() -> list[Need]:
    return [need for need in NEEDS if not need.present()]


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(needs: list[Need]) -> None:
    packages = sorted({package for need in needs for package in need.packages})
    print(f"Hole aus Debian: {', '.join(packages)} (einmalig) ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        result = subprocess.run(
            ["apt-get", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            print(f"apt-get {arguments[0]} ist gescheitert:\n{result.stdout.strip()}", flush=True)
            return


def report(needs: list[Need]) -> None:
    for need in needs:
        print(f"Es fehlt: {need.name}. Ausgelassen wird: {need.left_out}.")
        print(f"  Unter Debian: sudo apt-get install {' '.join(need.packages)}")


def main() -> int:
    needs = missing()
    if needs and may_install():
        install(needs)
        needs = missing()
    report(needs)
    return 1 if needs and programs.in_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
