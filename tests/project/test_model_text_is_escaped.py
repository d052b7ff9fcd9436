"""What a model writes is text on our pages, never HTML: nothing switches escaping off outside of a short list."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
import yaml
from django.template import Context, Template

from leitplanke.apps.wissen import rewording, views_umformulieren
from leitplanke.apps.wissen.rewording import Sentence

pytestmark = pytest.mark.security
ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "leitplanke"
INJECTIONS = ROOT / "tests" / "apps" / "gateway" / "injektionen" / "injektionen.yaml"
# Where escaping is off, with the reason. Nobody gets in here with words of a model.
ALLOWED = {
    "base/ui/templates/django/forms/field.html": "help texts of Django and of our forms",
    "base/notify/templates/notify/nachricht.html": "urlize escapes; addresses become links in one's own mail",
    "base/accounts/templates/account/email/base_message.txt": "a mail is plain text",
    "base/accounts/templates/accounts/mail/vertretung.txt": "a mail is plain text",
    "base/accounts/templates/accounts/mail/einladung.txt": "a mail is plain text",
}
IN_TEMPLATES = re.compile(r"\|\s*(?:safe|safeseq|urlize|urlizetrunc|escapejs)\b|\{%\s*autoescape\s+off|\bsrcdoc\b")
IN_SCRIPTS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc)\b"
    r"|document\.write|\beval\(|new Function"
)
MARKING = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe"}
FORMATTING = {"format_html", "format_html_join"}


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def marks(tree: ast.AST) -> list[int]:
    """Return the lines that declare text to be safe HTML, or format HTML that is not written down right there."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, fixed = called(node), all(isinstance(one, ast.Constant) for one in node.args[:1])
            if name in MARKING or (name in FORMATTING and not (node.args and fixed)):
                lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module in {"django.utils.safestring", "django.utils.html"}:
            lines += [node.lineno for one in node.names if one.name in MARKING - {"SafeString"} or one.asname]
        elif isinstance(node, ast.FunctionDef) and node.name == "__html__":
            lines.append(node.lineno)
    return lines


def test_no_code_declares_text_to_be_safe_html() -> None:
    found = [
        f"{name}:{line}"
        for file in sorted(SOURCE.rglob("*.py"))
        if (name := str(file.relative_to(SOURCE))) not in ALLOWED
        for line in marks(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_only_listed_templates_switch_escaping_off() -> None:
    files = [file for file in SOURCE.rglob("*") if file.suffix in {".html", ".txt"} and "templates" in file.parts]
    found = {str(file.relative_to(SOURCE)) for file in files if IN_TEMPLATES.search(file.read_text(encoding="utf-8"))}
    assert found == set(ALLOWED)


def test_no_script_of_ours_makes_html_of_text() -> None:
    ours = [file for file in SOURCE.rglob("*.js") if "vendor" not in file.parts]
    assert ours
    assert [file.name for file in ours if IN_SCRIPTS.search(file.read_text(encoding="utf-8"))] == []


def test_the_search_finds_what_it_looks_for() -> None:
    bad = (
        "mark_safe(x)", "SafeString(x)", "format_html(x)", "format_html(f'<b>{x}')", "format_html('<b>' + x)",
        "from django.utils.safestring import mark_safe as m", "class A:\n  def __html__(self): ...",
        "utils.safestring.mark_safe(x)", "format_html(format_string=x)",
    )  # fmt: skip
    assert [code for code in bad if not marks(ast.parse(code))] == []
    assert marks(ast.parse("format_html('<b>{}</b>', x)")) == []
    assert IN_TEMPLATES.search("{{ x| safe }}")


def test_injections_become_text_where_answers_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [one["text"] for one in yaml.safe_load(INJECTIONS.read_text(encoding="utf-8"))["injektionen"]]
    monkeypatch.setattr(rewording, "told", lambda _answer: "")
    page = f"<main>{views_umformulieren.SENTENCES}{views_umformulieren.NOTE}</main>"
    writing = SimpleNamespace(antwort=None, sentences=lambda: iter([Sentence(text, 1) for text in texts]))
    streamed = "".join(views_umformulieren._parts(writing, page))  # type: ignore[arg-type]
    shown = Template("<main>{% for one in texts %}<pre>{{ one }}</pre>{% endfor %}</main>").render(
        Context({"texts": texts})
    )
    for html, allowed in ((streamed, {"main", "p", "a"}), (shown, {"main", "pre"})):
        tree = lxml.html.fromstring(html)
        assert {node.tag for node in tree.iter()} == allowed
        assert {value for _node, _name, value, _at in tree.iterlinks()} <= {"#aussage-1"}
        assert not [node for node in tree.iter() if set(node.attrib) - {"class", "href"}]
    assert lxml.html.fromstring(shown).xpath("count(//pre)") == len(texts)
