"""The profile as the file that machines keep; reading it again gives the same profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from leitplanke.core.policy import Case, Clause, Profile

_HEAD = (
    "# Aus der Leitlinie erzeugt. Bitte ändern Sie die Leitlinie, nicht diese Datei.\n"
    "# Aufbau: docs/reference/profil-format.md\n"
)


class _Dumper(yaml.SafeDumper):
    """Writes everything out: a profile has no references."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Readers fold line breaks, unless they are written as escapes.
    style = '"' if len(text.splitlines()) > 1 or text != text.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


# Texts that were read carry the line they stood on, so they are of a class of their own.
_Dumper.add_representer(str, _text)
_Dumper.add_multi_representer(str, _text)


def profile_text(profile: Profile) -> str:
    """Return a profile as YAML that `core.policy.profile_from_text` reads back."""
    table = profile.table
    tree = {
        "profil": _said({
            "id": profile.id, "titel": profile.title, "version": profile.version, "grundlage": profile.basis,
        }),
        "tabelle": {
            "nummer": table.number, "titel": table.title, "quelle": table.source, "gesperrt": table.closed,
            "nur_pseudonymisiert": table.masked,
            "zellen": {
                data.value: {model.value: cell.value for model, cell in row.items()}
                for data, row in table.cells.items()
            },
        },
        "klauseln": [_clause(clause) for clause in profile.clauses],
    }  # fmt: skip
    body = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return _HEAD + body


def _clause(clause: Clause) -> dict[str, Any]:
    return _said({
        "nummer": clause.number, "name": clause.name, "titel": clause.title, "satz": clause.sentence,
        "text": clause.text, "wirkung": clause.effect.value, "wenn": clause.condition, "quelle": clause.source,
        "parameter": dict(clause.parameters), "faelle": [_case(case) for case in clause.cases],
    })  # fmt: skip


def _case(case: Case) -> dict[str, Any]:
    return _said({"fakten": _facts(case.facts), "greift": _truth(case.applies), "text": case.text})


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _fact(value) for name, value in facts.items()}


def _fact(value: Any) -> Any:
    if value is None:
        return "unbekannt"
    if isinstance(value, bool):
        return _truth(value)
    return value if isinstance(value, int) else str(value)


def _truth(value: bool) -> str:  # noqa: FBT001 - a value of a case, no switch
    return "ja" if value else "nein"


def _said(tree: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in tree.items() if value not in ("", {}, [])}
