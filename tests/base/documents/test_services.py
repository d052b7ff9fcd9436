"""Originals are stored once, under their hash, whatever they are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.documents.models import StoredFile
from leitplanke.base.documents.services import path_of, read_file, safe_name, store_file


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.security
@given(st.text(max_size=400))
def test_safe_name_is_harmless(name: str) -> None:
    safe = safe_name(name)

    assert 0 < len(safe) <= 150
    assert "/" not in safe
    assert "\\" not in safe
    assert safe not in (".", "..")
    assert all(char.isprintable() for char in safe)


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Satzungen\\Hund.pdf", "Hund.pdf"),
        ("rechnung\u202egpj.exe", "rechnunggpj.exe"),
        ("", "datei"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_safe_name_examples(given_name: str, expected: str) -> None:
    assert safe_name(given_name) == expected


def test_same_content_is_stored_once(mandant: Mandant) -> None:
    first = store_file(mandant, "a.txt", b"Inhalt", None)
    second = store_file(mandant, "b.txt", b"Inhalt", None)

    assert first == second
    assert StoredFile.objects.for_mandant(mandant).count() == 1
    assert path_of(first).is_relative_to(Path(path_of(first).parents[2]))


def test_each_mandant_has_its_own_copy(mandant: Mandant, other_mandant: Mandant) -> None:
    assert path_of(store_file(mandant, "a.txt", b"x", None)) != path_of(store_file(other_mandant, "a.txt", b"x", None))


def test_changed_content_is_noticed(mandant: Mandant) -> None:
    file = store_file(mandant, "a.txt", b"Inhalt", None)
    path_of(file).write_bytes(b"untergeschoben")

    with pytest.raises(ValueError, match="verändert"):
        read_file(file)
