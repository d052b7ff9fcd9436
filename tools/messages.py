"""Collect the German texts of the interface into the English catalogue: `make messages`.

New texts come in empty and are translated by hand, for a guess would pass as a translation; texts nobody uses any
more go out. `tests/project/test_translations.py` tells when this was forgotten. Babel does it all: no GNU gettext.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "leitplanke"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Dates in the header would change with every run.
HEADER = """# English texts of Leitplanke. The source language is German; `make messages` collects new texts.
msgid ""
msgstr ""
"Project-Id-Version: Leitplanke\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def sources() -> Iterator[tuple[str, str]]:
    """Return every file with texts, as Python: that is what Django turns a template into for extraction."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - the environment comes first

    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8")
    for file in sorted(PACKAGE.rglob("templates/**/*.*")):
        code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        yield file.relative_to(PACKAGE).as_posix(), "\n".join(line.strip() for line in code.splitlines())


def extracted() -> Catalog:
    """Return the texts of all sources with the files they stand in."""
    found = Catalog(locale="en")
    for name, source in sources():
        for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            if text:
                found.add(text, locations=[(name, 0)], context=context)
    return found


def catalogue() -> Catalog:
    """Return the catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def merged(old: Catalog, found: Catalog) -> Catalog:
    """Return `old` with exactly the texts of `found`, in alphabetical order by the files they stand in."""
    new = Catalog(locale="en")
    for message in sorted((message for message in found if message.id), key=_key):
        before = old.get(_first(message), message.context)
        kept = before.string if before is not None and isinstance(before.id, tuple) == message.pluralizable else None
        locations = sorted(set(message.locations))
        new.add(message.id, kept, locations, context=message.context, flags=before.flags if before else ())
    return new


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _key(message: Message) -> tuple[str, str]:
    return min(name for name, _line in message.locations), _first(message)


def incomplete(entries: Catalog) -> list[str]:
    """Return the texts without a translation, or with one that is only guessed."""
    return [
        _first(message)
        for message in entries
        if message.id and (message.fuzzy or not message.string or not all(message.string))
    ]


def main() -> int:
    os.environ |= {
        "LEITPLANKE_MODE": "test",
        "LEITPLANKE_DATA": tempfile.mkdtemp(prefix="leitplanke-messages-"),
        "DJANGO_SETTINGS_MODULE": "leitplanke.project.settings",
    }
    old, found = catalogue(), extracted()
    new = merged(old, found)
    text = io.BytesIO()
    write_po(text, new, width=0, omit_header=True, include_lineno=False)
    CATALOGUE.write_text(HEADER + text.getvalue().decode().strip("\n") + "\n", encoding="utf-8")
    gone = [_first(message) for message in old if message.id and new.get(_first(message), message.context) is None]
    print(f"{len(new)} Texte in {CATALOGUE.relative_to(ROOT)}")
    for heading, rows in (("Nicht mehr gebraucht, entfernt", gone), ("Noch zu übersetzen", incomplete(new))):
        if rows:
            print(f"{heading}:", *(f"  {row}" for row in rows), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
