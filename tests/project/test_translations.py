"""The English catalogue holds every text of the interface, complete and with the same placeholders."""

from __future__ import annotations

import gettext
import importlib.util
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from django.utils.formats import date_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = {
    "Platzhalter": re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}"),
    "Auszeichnung": re.compile(r"</?[a-z][^>]*>"),
    "Zeilenumbrüche": re.compile(r"\n"),
    "Leerzeichen am Rand": re.compile(r"^\s|\s$"),
}
GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(der|das|und|nicht|ist|eine|für|wird|Sie)\b")
RUN_AGAIN = "Bitte aufrufen: make messages, dann in src/leitplanke/locale/en übersetzen"


def tool() -> Any:
    """Load `tools/messages.py`, which collects what is tested here."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def messages() -> Any:
    return tool()


@pytest.fixture(scope="module")
def catalogue(messages: Any) -> Catalog:
    found: Catalog = messages.catalogue()
    return found


@pytest.fixture(scope="module")
def extracted(messages: Any) -> Catalog:
    found: Catalog = messages.extracted()
    return found


def keys(catalogue: Catalog) -> set[tuple[Any, Any]]:
    return {(message.id, message.context) for message in catalogue if message.id}


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Return each German text with its English one; a plural has two of each."""
    for message in catalogue:
        if message.id:
            yield from zip(forms(message.id), forms(message.string), strict=True)


def forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_catalogue_holds_exactly_the_texts_of_the_interface(extracted: Catalog, catalogue: Catalog) -> None:
    assert len(keys(extracted)) > 400
    assert sorted(keys(extracted) - keys(catalogue), key=str) == [], RUN_AGAIN
    assert sorted(keys(catalogue) - keys(extracted), key=str) == [], RUN_AGAIN


def test_extraction_reads_templates_python_and_plurals(extracted: Catalog) -> None:
    def files(text: str) -> set[str]:
        message: Message | None = extracted.get(text)
        assert message is not None, text
        return {name for name, _line in message.locations}

    assert "base/ui/templates/base.html" in files("Zum Inhalt springen")
    assert "base/accounts/roles.py" in files("Sachbearbeitung")
    assert "base/evidence/templates/evidence/liste.html" in files("%(number)s Eintrag")
    assert "base/accounts/templates/accounts/mail/einladung.txt" in files("Guten Tag %(name)s,")


def test_every_text_is_translated_by_somebody(messages: Any, catalogue: Catalog) -> None:
    assert messages.incomplete(catalogue) == []


def test_a_changed_text_is_not_taken_for_the_old_one(messages: Any) -> None:
    old, found = messages.Catalog(locale="en"), messages.Catalog(locale="en")
    old.add("Konto sperren", "Block account")
    found.add("Konto sperren", locations=[("a.py", 0)])
    found.add("Konto sperren?", locations=[("a.py", 0)])
    found.add(("%(n)s Konto", "%(n)s Konten"), locations=[("a.py", 0)])

    assert messages.incomplete(messages.merged(old, found)) == ["%(n)s Konto", "Konto sperren?"]


@pytest.mark.parametrize("part", PARTS)
def test_what_programs_read_stays_the_same(catalogue: Catalog, part: str) -> None:
    pattern = PARTS[part]
    different = [
        (german, english)
        for german, english in pairs(catalogue)
        if sorted(pattern.findall(german)) != sorted(pattern.findall(english))
    ]

    assert different == []


def test_sentences_end_alike(catalogue: Catalog) -> None:
    ends = [(german, english) for german, english in pairs(catalogue) if german[-1:] in ".:…?" or english[-1:] in ".:…"]

    assert [pair for pair in ends if pair[0][-1] != pair[1][-1]] == []


def test_no_english_text_is_german(catalogue: Catalog) -> None:
    assert [english for _german, english in pairs(catalogue) if GERMAN.search(english)] == []


def test_compiled_texts_are_shown(tmp_path: Path, messages: Any) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(messages.CATALOGUE, folder)
    compiler = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile", "-d", str(tmp_path)]
    subprocess.run([*compiler, "-D", "django"], check=True)
    with (folder / "django.mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)

    assert texts.gettext("Zum Inhalt springen") == "Skip to content"
    assert texts.ngettext("%(number)s Eintrag", "%(number)s Einträge", 1) == "%(number)s entry"
    assert texts.ngettext("%(number)s Eintrag", "%(number)s Einträge", 2) == "%(number)s entries"


def test_english_dates_are_british() -> None:
    with translation.override("en"):
        assert date_format(date(2026, 11, 3), "SHORT_DATE_FORMAT") == "03/11/2026"
        assert date_format(date(2026, 11, 3), "DATE_FORMAT") == "3 November 2026"
    with translation.override("de"):
        assert date_format(date(2026, 11, 3), "SHORT_DATE_FORMAT") == "03.11.2026"
