"""Guided documents: written, completed for good, taken along, and public where they are for everybody."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from leitplanke.apps.register import entries
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.models import Eintrag, Erklaerungsart, Registerdokument
from leitplanke.apps.register.papers import PaperError, complete_paper, kept_sections, write_paper
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.register.papers import vorlagen

pytestmark = pytest.mark.django_db


def _answers(art: str) -> dict[str, str]:
    return {frage.name: f"Zu {frage.name} ist alles gesagt." for frage in vorlagen()[art].fragen}


def test_a_document_with_open_questions_cannot_be_completed(team: Any) -> None:
    eintrag = team.entry()
    team.classify(eintrag)
    write_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa", answers={})
    with pytest.raises(PaperError, match="Noch offen"):
        complete_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa")


def test_a_completed_version_stays_as_it_is_and_stands_for_a_declaration(team: Any, today: Any) -> None:
    eintrag = team.entry()
    team.classify(eintrag)
    write_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa", answers=_answers("dsfa"))
    row = complete_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa", declare_too=True)
    before = kept_sections(row)
    assert Declared.of(eintrag, today).state(Erklaerungsart.DSFA) == "aktuell"
    assert Leaf.objects.for_mandant(team.mandant).get(code="register.unterlage").payload.count(row.sha256) == 1
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"modell": "anderes"})
    eintrag = Eintrag.objects.for_mandant(team.mandant).get(pk=eintrag.pk)
    assert Declared.of(eintrag, today).state(Erklaerungsart.DSFA) == "veraltet"
    write_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa", answers={})
    assert kept_sections(Registerdokument.objects.for_mandant(team.mandant).get(pk=row.pk)) == before
    assert eintrag.dokumente.count() == 2


def test_pages_keep_answers_and_give_files(team: Any, client: Any) -> None:
    eintrag = team.entry()
    client.force_login(team.clerk.person)
    base = f"/register/{eintrag.kuerzel}/unterlagen/"
    papers = client.get(base).content.decode()
    assert "Folgenabschätzung" in papers
    # Not classified yet: nobody knows whether the assessments are needed.
    assert "steht noch nicht fest" in papers
    page = client.post(f"{base}dsfa/", {"datenfluss": "Vom Schalter zum Server."}, follow=True)
    assert "Vom Schalter zum Server." in page.content.decode()
    assert client.post(f"{base}dsfa/", {"datenfluss": "x" * 7000}).status_code == 422
    pdf = PdfReader(io.BytesIO(client.get(f"{base}dsfa/1.pdf").content))
    assert "Vom Schalter zum Server." in "".join(page.extract_text() for page in pdf.pages)
    document = docx.Document(io.BytesIO(client.get(f"{base}dsfa/1.docx").content))
    assert any("Vom Schalter zum Server." in paragraph.text for paragraph in document.paragraphs)
    assert client.get(f"{base}gibtesnicht/").status_code == 404


def test_only_complete_public_documents_leave_and_without_internal_statements(team: Any, client: Any) -> None:
    eintrag = team.released(arbeit="GEHEIM-INTERN", vergabe="GEHEIM-VERTRAULICH")
    path = f"/ki-register/{eintrag.kuerzel}/unterlagen/steckbrief.pdf"
    assert client.get(path).status_code == 404
    complete_paper(actor=team.ki, eintrag_id=eintrag.pk, art="steckbrief")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(client.get(path).content)).pages)
    assert "Stadtassistent" in text
    assert "GEHEIM" not in text
    assert client.get(f"/ki-register/{eintrag.kuerzel}/unterlagen/dsfa.pdf").status_code == 404
