"""Text recognition by Tesseract, a program of the system: words with their places and how sure it is of each."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO, StringIO
from statistics import median
from typing import TYPE_CHECKING

from leitplanke.core.extraction import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL import Image

PAGE_SECONDS = 40
_LEAST_SURE = 30
_UNSURE = 70
_SHORTEST_LINE = 0.06  # of the width of the page


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read on a page; `skew` is the fall of its lines, `unsure` says that much of it is a guess."""

    words: tuple[Word, ...]
    skew: float = 0.0
    unsure: bool = False


def find_tesseract() -> str:
    """Return the path of Tesseract with its German data, "" where one of them is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    listed = subprocess.run(  # noqa: S603 - the program found on the path, no shell
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20
    )
    return program if "deu" in listed.stdout.split() else ""


def recognise_page(picture: Image.Image, tesseract: str, *, one_line: bool = False) -> Recognised | None:
    """Return the words of a picture, None where the program failed or took too long."""
    buffer = BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    mode = "7" if one_line else "3"
    command = [tesseract, "stdin", "stdout", "-l", "deu", "--psm", mode, "--dpi", "300", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a path from our own search, no shell
            command, input=buffer.getvalue(), capture_output=True, check=False, timeout=PAGE_SECONDS
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    if done.returncode != 0:
        return None
    return _parse(done.stdout.decode("utf-8", "replace"), *picture.size)


def _parse(tsv: str, width: int, height: int) -> Recognised:
    lines: defaultdict[tuple[str, ...], list[Word]] = defaultdict(list)
    sure: list[float] = []
    for row in csv.DictReader(StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text:
            continue
        sure.append(float(row["conf"]))
        left, top = int(row["left"]) / width, int(row["top"]) / height
        box = Box(left, top, left + int(row["width"]) / width, top + int(row["height"]) / height)
        if sure[-1] >= _LEAST_SURE:
            lines[row["block_num"], row["par_num"], row["line_num"]].append(Word(text, box))
    words = tuple(word for line in lines.values() for word in line)
    return Recognised(words, _skew(lines.values()), bool(sure) and median(sure) < _UNSURE)


def _skew(lines: Iterable[Sequence[Word]]) -> float:
    """Return how far lines fall across the page, as a fraction of its height; long lines count most."""
    fall = run = 0.0
    for line in lines:
        first, last = line[0].box, line[-1].box
        across = (last.left + last.right - first.left - first.right) / 2
        if across > _SHORTEST_LINE:
            fall += across * ((last.top + last.bottom) - (first.top + first.bottom)) / 2
            run += across * across
    return fall / run if run else 0.0
