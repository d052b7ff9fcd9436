"""Posters: one page whatever is said, tagged, with a code that carries the address."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from pypdf import PdfReader

from leitplanke.base.documents.printing import Poster, poster_pdf, qr_svg
from leitplanke.core.drafting.brief import Absender


def poster(answer: str) -> bytes:
    return poster_pdf(
        Poster(
            "Hier arbeitet eine KI mit", "Stadtassistent", tuple((f"Frage {n}?", answer) for n in range(4)),
            "https://stadt.example/ki-register/stadtassistent/", "Mehr dazu", "QR-Code zur Seite",
            Absender("Musterstadt", "Bürgeramt", ()), date(2026, 11, 28),
        )
    )  # fmt: skip


@pytest.mark.parametrize("answer", ["Ja.", "Ein langer Satz, der nicht endet. " * 60, "#heading[x]"])
def test_poster_is_one_tagged_page(answer: str) -> None:
    made = poster(answer)
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert "Stadtassistent" in text
    assert "https://stadt.example/" in text.replace("\r\n", "")
    assert poster(answer) == made
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_code_has_a_quiet_zone_and_no_script() -> None:
    code = qr_svg("https://stadt.example/ki-register/x/?a=<b>&c")
    assert code.startswith("<svg ")
    assert "<b>" not in code
    assert "M4 4h7v1h-7z" in code
