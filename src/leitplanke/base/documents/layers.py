"""Does the text of a page say what the page shows? A PDF can carry another number in its text than in its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.base.documents.ocr import recognise_page
from leitplanke.core.extraction import Box, Word

if TYPE_CHECKING:
    from PIL import Image

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
    """Return the numbers of the text layer that the picture does not show; each is looked at twice."""
    doubtful = [word for word in layer if _digits(word.text) and not _confirmed(word, recognised)]
    return tuple(_second_look(doubtful[:_MOST_LOOKS], picture, tesseract))


def _confirmed(word: Word, recognised: Sequence[Word]) -> bool:
    wanted = _digits(word.text)
    if len(wanted) < _LEAST_DIGITS:
        return True
    near = sorted((other for other in recognised if _touch(word.box, other.box)), key=lambda other: other.box.left)
    return wanted in _digits("".join(other.text for other in near))


def _second_look(words: Sequence[Word], picture: Image.Image, tesseract: str) -> Iterator[Difference]:
    for word in words:
        read = recognise_page(_cut(word.box, picture), tesseract, one_line=True)
        shown = " ".join(other.text for other in read.words) if read else ""
        if _digits(word.text) not in _digits(shown):
            yield Difference(word.text, shown)


def _cut(box: Box, picture: Image.Image) -> Image.Image:
    """Return the place of a word with a rim, twice as large."""
    height = (box.bottom - box.top) * picture.height
    rim = height * 0.15
    left, right = box.left * picture.width - rim, box.right * picture.width + rim
    top, bottom = box.top * picture.height - rim, box.bottom * picture.height + rim
    part = picture.crop((max(0, int(left)), max(0, int(top)), int(right) + 1, int(bottom) + 1))
    framed = part.resize((max(1, part.width * 2), max(1, part.height * 2)))
    ground = framed.getpixel((0, 0))
    canvas = framed.copy().resize((framed.width + 40, framed.height + 40))
    canvas.paste(ground, (0, 0, canvas.width, canvas.height))  # type: ignore[arg-type]
    canvas.paste(framed, (20, 20))
    return canvas


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _touch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0.3 * min(one.bottom - one.top, other.bottom - other.top)
