"""The English catalogue holds every text of the interface, complete and with the same placeholders."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import leitplanke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

PACKAGE = Path(leitplanke.__file__).resolve().parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "_": None,
}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def texts(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def sources() -> Iterator[tuple[Path, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file, file.read_text(encoding="utf-8")
    for file in sorted(PACKAGE.rglob("templates/**/*.*")):
        if "anrede" not in file.parts:
            code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
            yield file, "\n".join(line.strip() for line in code.splitlines())


def test_every_text_of_the_interface_is_in_the_catalogue(catalogue: Catalog) -> None:
    known = {texts(message.id)[0] for message in messages(catalogue)}
    missing = [
        f"{file.relative_to(PACKAGE)}: {text}"
        for file, source in sources()
        for _line, found, _comments, _context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        if (text := texts(found)[0]) and text not in known
    ]

    assert missing == [], "make messages ausführen und übersetzen"


def test_every_text_is_translated(catalogue: Catalog) -> None:
    missing = [message.id for message in messages(catalogue) if message.fuzzy or not all(texts(message.string))]

    assert missing == []


def test_placeholders_agree(catalogue: Catalog) -> None:
    different = [
        message.id
        for message in messages(catalogue)
        for text in texts(message.string)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(texts(message.id)[-1]))
    ]

    assert different == []


def test_sentences_end_alike(catalogue: Catalog) -> None:
    different = [
        message.id
        for message in messages(catalogue)
        if isinstance(message.id, str) and message.id.endswith(".") != str(message.string).endswith(".")
    ]

    assert different == []
