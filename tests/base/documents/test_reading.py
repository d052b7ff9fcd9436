"""Files are read in a process that cannot harm us."""

from __future__ import annotations

import socket
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from leitplanke.base.documents import limits, reading
from leitplanke.base.documents.reading import draw_page, read_document
from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.extract import ExtractionError

SATZUNG = "# Satzung\n\nDie Gebühr beträgt 12 Euro.\n".encode()


def run_limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code under the limits of the reading process."""
    script = f"from leitplanke.base.documents.limits import restrict_process\nrestrict_process()\n{code}"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)


def test_document_comes_back_with_its_source_and_structure() -> None:
    source = Source("satzung.md", "Satzung", bereich=Geltungsbereich(Ebene.KOMMUNE, "alle", "Musterstadt"))

    document = read_document("satzung.md", SATZUNG, source)

    assert "Die Gebühr beträgt 12 Euro." in document.text
    assert document.source.bereich == source.bereich
    assert document.source.geltung == Geltung()
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Satzung",
        "Die Gebühr beträgt 12 Euro.",
    ]


@pytest.mark.security
def test_memory_is_limited() -> None:
    assert "MemoryError" in run_limited("x = bytearray(3 * 1024**3)").stderr


@pytest.mark.security
def test_files_written_are_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    code = f"f = open({str(tmp_path)!r} + '/x', 'wb')\nf.truncate({limits.OUTPUT_BYTES + 1})"
    assert run_limited(code).returncode != 0


@pytest.mark.security
def test_reading_process_reaches_no_listener() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        port = listener.getsockname()[1]
        run_limited(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), timeout=2)")
        try:
            listener.accept()
        except TimeoutError:
            return
    pytest.skip("Dieses System erlaubt keinen eigenen Netzraum; die übrigen Grenzen gelten.")


@pytest.mark.security
def test_secrets_of_the_server_do_not_reach_the_reading_process(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    real_run = subprocess.run

    def spy(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return real_run(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("LEITPLANKE_SECRET_KEY", "geheim")
    monkeypatch.setattr(reading.subprocess, "run", spy)
    read_document("satzung.md", SATZUNG)

    assert "LEITPLANKE_SECRET_KEY" not in seen["env"]  # type: ignore[operator]


@pytest.mark.security
def test_endless_reading_is_ended_with_a_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.001)
    with pytest.raises(ExtractionError, match="dauert zu lange"):
        read_document("satzung.md", SATZUNG)


@pytest.mark.security
def test_file_over_the_limit_is_refused_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(ExtractionError, match="größer als") as caught:
        read_document("satzung.md", SATZUNG)
    assert caught.value.code == "too_large"


@pytest.mark.security
def test_zip_bomb_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    with pytest.raises(ExtractionError):
        read_document("bombe.docx", buffer.getvalue())


def one_page_pdf() -> bytes:
    """Build a PDF with one empty page."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 300)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_page_of_a_pdf_is_drawn_as_png() -> None:
    picture = draw_page(one_page_pdf(), 1)

    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 1000
    assert int.from_bytes(picture[20:24]) == 1500


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_page_that_does_not_exist_is_an_error(number: int) -> None:
    with pytest.raises(ExtractionError):
        draw_page(one_page_pdf(), number)


def test_broken_pdf_is_not_drawn() -> None:
    with pytest.raises(ExtractionError):
        draw_page(b"%PDF-1.7 kaputt", 1)
