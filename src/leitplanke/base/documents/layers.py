"""Does the text of a page say what the page shows? A PDF can carry another number in its text than in its picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from leitplanke.base.documents.ocr import recognise_page
from leitplanke.core.extraction import Box, Word

_MOST_LOOKS = 12
_LEAST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """A number in the text and what is to be seen in its place, "" where there is nothing."""

    text: str
    shown: str


def differences(
    layer: Sequence[Word], recognised: Sequence[Word], picture: Image.Image, tesseract: str
) -> tuple[Difference, ...]:
    """Return the numbers of the text layer that the picture does not show; each is looked at twice.

    Of very many only the first are looked at again; the others count as different.
    """
    doubtful = [(word, _near(word, recognised)) for word in layer if _doubtful(word, recognised)]
    return tuple(
        Difference(word.text, shown or again)
        for index, (word, shown) in enumerate(doubtful)
        for again in [_look_again(word, picture, tesseract) if index < _MOST_LOOKS else shown]
        if _digits(word.text) not in _digits(again)
    )


def _doubtful(word: Word, recognised: Sequence[Word]) -> bool:
    wanted = _digits(word.text)
    return len(wanted) >= _LEAST_DIGITS and wanted not in _digits(_near(word, recognised))


def _near(word: Word, recognised: Sequence[Word]) -> str:
    """Return what was recognised in the place of a word."""
    near = sorted((other for other in recognised if _touch(word.box, other.box)), key=lambda other: other.box.left)
    return " ".join(other.text for other in near)


def _look_again(word: Word, picture: Image.Image, tesseract: str) -> str:
    read = recognise_page(_cut(word.box, picture), tesseract, one_line=True)
    return " ".join(other.text for other in read.words) if read else ""


def _cut(box: Box, picture: Image.Image) -> Image.Image:
    """Return the place of a word with a rim, twice as large."""
    height = (box.bottom - box.top) * picture.height
    rim = height * 0.15
    left, right = box.left * picture.width - rim, box.right * picture.width + rim
    top, bottom = box.top * picture.height - rim, box.bottom * picture.height + rim
    part = picture.crop((max(0, int(left)), max(0, int(top)), int(right) + 1, int(bottom) + 1))
    framed = part.resize((max(1, part.width * 2), max(1, part.height * 2)))
    return ImageOps.expand(framed, border=20, fill=framed.getpixel((0, 0)))  # type: ignore[arg-type]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _touch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0.3 * min(one.bottom - one.top, other.bottom - other.top)
