"""Every code has its heading in the reference, with all its fields, and no heading is left over."""

from __future__ import annotations

import re
from pathlib import Path

from leitplanke.base.evidence.codes import REGISTRY

REFERENCE = Path(__file__).resolve().parents[3] / "docs/reference/nachweise.md"


def codes_part() -> str:
    return REFERENCE.read_text("utf-8").partition("\n## Codes\n")[2]


def sections() -> dict[str, str]:
    return dict(re.findall(r"^### `([^`]+)`\n+(.*?)(?=^### |\Z)", codes_part(), re.MULTILINE | re.DOTALL))


def shared_by(area: str) -> str:
    """Return the paragraph that names what all entries of an area carry; empty where there is none."""
    found = re.search(rf"^Alle Einträge mit `{area}\.` tragen .*?(?=\n\n|\Z)", codes_part(), re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def test_every_code_is_in_the_reference() -> None:
    declared = {code.code for code in REGISTRY.all() if not code.code.startswith("test.")}

    assert set(sections()) == declared, "docs/reference/nachweise.md: je Code eine Überschrift ### `code`"


def test_every_field_of_a_code_is_named() -> None:
    texts = sections()
    for code in REGISTRY.all():
        if not code.code.startswith("test."):
            text = texts[code.code] + shared_by(code.code.partition(".")[0])
            missing = [name for name in (*code.fields, *code.personal) if f"`{name}`" not in text]
            assert missing == [], f"docs/reference/nachweise.md, {code.code}: Angaben {missing} fehlen"


def test_codes_are_ascii_and_named_by_their_area() -> None:
    for code in REGISTRY.all():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", code.code)
        assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in (*code.fields, *code.personal))
