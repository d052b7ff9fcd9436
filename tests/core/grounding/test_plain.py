from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.grounding import plain_text, render_plain

pytestmark = pytest.mark.security


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![Bild](https://boese.example/x.png) Text", "Bild Text"),
        ("[Hier](https://boese.example) klicken", "Hier klicken"),
        ("<img src=x onerror=alert(1)>Hallo", "Hallo"),
        ("Hallo\u202eWelt\u200b", "HalloWelt"),
        ("Text\n[1]: https://boese.example", "Text"),
    ],
)
def test_nothing_that_loads_or_links_remains(text: str, expected: str) -> None:
    assert plain_text(text) == expected


def test_lists_and_paragraphs_stay() -> None:
    assert render_plain("Es gelten:\n- eins\n- zwei\n\nEnde & Schluss") == (
        "<p>Es gelten:</p><ul><li>eins</li><li>zwei</li></ul>\n<p>Ende &amp; Schluss</p>"
    )


@given(st.text(max_size=200))
def test_rendered_text_holds_only_the_allowed_elements(text: str) -> None:
    assert set(re.findall(r"<[^>]*>", render_plain(text))) <= {"<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"}
