"""RAPL: what processors and their memory draw, as Linux shows it below `/sys/class/powercap`.

Of a processor only the whole package counts (it holds cores and graphics), and memory where it is apart from it. Other
zones (`core`, `uncore`, `psys`) are parts of these or hold them, so adding them would count twice. The files belong to
root on most systems, and virtual machines rarely have any.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leitplanke.base.llm.meters.base import CounterError

ROOT = Path("/sys/class/powercap")
MICRO = 1_000_000


@dataclass(slots=True)
class _Zone:
    """A counter that begins anew at `size`; `total` does not."""

    file: Path
    size: int
    last: int
    total: int = 0

    def look(self) -> int:
        """Return microjoules since the first look."""
        now = _number(self.file)
        # Smaller than before: it went over its end, once, since somebody looks every few seconds.
        self.total += now - self.last if now >= self.last else self.size - self.last + now
        self.last = now
        return self.total


class RaplCounter:
    """All packages of this machine, and their memory."""

    def __init__(self, root: Path = ROOT) -> None:
        """Find the zones below `root`.

        Raises:
            CounterError: there are none, or one cannot be read.
        """
        files = [folder / "energy_uj" for folder in _folders(root)]
        if not files:
            raise CounterError(
                f"Unter {root} gibt es keinen RAPL-Zähler. In virtuellen Maschinen ist das üblich: "
                "Tragen Sie stattdessen die Leistung des Rechners beim Modell ein."
            )
        self._zones = [_Zone(file, _number(file.with_name("max_energy_range_uj")), _number(file)) for file in files]

    def joules(self) -> float:
        """Return what all zones together drew since this object was made."""
        return sum(zone.look() for zone in self._zones) / MICRO


def _folders(root: Path) -> list[Path]:
    try:
        # `intel-rapl:0` is a package (the driver serves AMD as well), `intel-rapl:0:1` a part of it.
        folders = sorted(root.glob("intel-rapl:*"))
    except OSError as error:
        raise _unreadable(root, error) from error
    return [folder for folder in folders if _counts(folder)]


def _counts(folder: Path) -> bool:
    file = folder / "name"
    try:
        name = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    return name == "dram" if folder.name.count(":") > 1 else name.startswith("package")


def _number(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> CounterError:
    if isinstance(error, PermissionError):
        return CounterError(
            f"{file} ist für diesen Dienst nicht lesbar. Geben Sie ihm Leserecht "
            "(docs/explanation/energie.md, „Zähler lesbar machen“)."
        )
    if isinstance(error, FileNotFoundError):
        return CounterError(f"{file} fehlt. Der Zähler dieses Rechners ist unvollständig.")
    return CounterError(f"{file} lässt sich nicht lesen: {type(error).__name__}.")
