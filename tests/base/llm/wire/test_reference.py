"""What the reference says of the wire is what the wire does."""

import re
from pathlib import Path

import pytest

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.transports import attempts
from leitplanke.base.llm.wire.answers import STATUS_CODES
from leitplanke.base.llm.wire.fields import ACCEPTED, CHECKED_AND_DROPPED, DROPPED, REFUSED

ROOT = Path(__file__).resolve().parents[4]
REFERENCE = (ROOT / "docs/reference/gateway-schnittstelle.md").read_text(encoding="utf-8")
SOURCES = [file.read_text(encoding="utf-8") for file in (ROOT / "src/leitplanke/base").glob("[lo][lu]*/**/*.py")]


def told(heading: str) -> set[str]:
    section = re.search(rf"^## {re.escape(heading)}.*?$(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL)
    assert section is not None
    return set(re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Gespräch: POST /v1/chat/completions", {"model", *ACCEPTED[Kind.CHAT]}),
        ("Text fortsetzen: POST /v1/completions", {"model", *ACCEPTED[Kind.COMPLETION]}),
        ("Vektoren: POST /v1/embeddings", {"model", *ACCEPTED[Kind.EMBEDDING]}),
        ("Angenommen, aber nicht weitergegeben", {*DROPPED, *CHECKED_AND_DROPPED}),
        ("Abgelehnt", set(REFUSED)),
    ],
)
def test_every_field_is_told_and_no_other(heading: str, names: set[str]) -> None:
    assert told(heading) == names


def test_every_code_is_told_and_no_other() -> None:
    raised = {code for source in SOURCES for code in re.findall(r'\bWireError\(\s*"(\w+)"', source)}
    assert told("Fehler einer Anfrage") == raised
    broken = {code for source in SOURCES for code in re.findall(r'\b(?:Outbound|Sse|Answer)Error\(\s*"(\w+)"', source)}
    known = {*broken, *STATUS_CODES.values(), *attempts.AILING, *attempts.TOO_SMALL, *attempts.CLOSED}
    assert told("Fehler eines Modells") == known
