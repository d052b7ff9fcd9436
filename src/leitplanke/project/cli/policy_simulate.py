"""The command policy simulate: many calls and steps at once, also two profiles against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.policy import PROFILE, parsed, read_profile, read_text

if TYPE_CHECKING:
    from leitplanke.core.policy import Change, Decision, Policy, Simulation

SOURCE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
SHOWN = 20
EXAMPLE = '{"schritt": "modellaufruf", "datenklasse": "intern"}'


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "path", default=None, type=PROFILE, help="Datei oder Ordner; sonst das mitgelieferte Profil."
)
@click.option(
    "--facts",
    required=True,
    type=SOURCE,
    help="Angaben je Fall: JSON-Liste oder ein Objekt je Zeile; - für die Eingabe.",
)
@click.option("--against", "other", default=None, type=PROFILE, help="Zweites Profil: Was würde sich damit ändern?")
@click.option("--json", "as_json", is_flag=True, help="Ergebnis als JSON statt zum Lesen.")
def simulate(*, path: Path | None, facts: Path, other: Path | None, as_json: bool) -> None:
    """Durchspielen, was eine Leitlinie zu vielen Fällen sagt, und was eine andere daran ändern würde.

    \b
    Beispiel:
      leitplanke policy simulate --profile profil.yaml --facts faelle.jsonl
      leitplanke policy simulate --facts - --against entwurf.yaml --json < faelle.json
    """
    from leitplanke.core.policy import Policy, against, counted
    from leitplanke.core.policy import simulate as simulated
    from leitplanke.core.rules import FactError

    policy = Policy(read_profile(path))
    cases = list(_cases(facts, read_text(facts)))
    if not cases:
        raise click.ClickException(f"{facts}: kein Fall darin. Erwartet ist je Zeile ein Objekt wie {EXAMPLE}.")
    sets = counted(one for _line, one in cases)
    try:
        found = simulated(policy, sets)
        changes = None if other is None else against(policy, Policy(read_profile(other)), sets)
    except FactError as error:
        raise click.ClickException(f"{facts}{_where(cases, policy)}{error}") from None
    if as_json:
        click.echo(json.dumps(_tree(found, changes), ensure_ascii=False, indent=2))
        return
    _say(found)
    if changes is not None:
        _say_changes(changes)


def _cases(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a JSON list or object, or one object a line; with the line in which each stands, 1 for all of a list."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        listed = text.lstrip().startswith("[")
        parts = [(1, text)] if listed else [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        found = ((number, parsed(part, path, number)) for number, part in parts)
    else:
        found = ((1, one) for one in (whole if isinstance(whole, list) else [whole]))
    for number, one in found:
        if not isinstance(one, dict) or not all(_plain(value) for value in one.values()):
            raise click.ClickException(f"{path}:{number}: erwartet ein Objekt mit einfachen Werten wie {EXAMPLE}.")
        yield number, one


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | bool)


def _where(cases: list[tuple[int, dict[str, Any]]], policy: Policy) -> str:
    """Return the line and number of the first case that cannot be decided."""
    from leitplanke.core.rules import FactError

    for place, (line, facts) in enumerate(cases, 1):
        try:
            policy.decide(facts)
        except FactError:
            return f":{line}: Fall {place}: "
    return ": "


def _tree(found: Simulation, changes: tuple[Change, ...] | None) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "total": found.total,
        "stopped": found.stopped,
        "effects": {effect.value: count for effect, count in found.effects.items()},
        "clauses": [
            {"number": found.numbers[name], "name": name, "title": found.titles[name], "count": count}
            for name, count in found.clauses.items()
        ],
        "cases": [{"facts": dict(one.facts), "count": one.count, **_decision(one.decision)} for one in found.rulings],
    }
    if changes is not None:
        tree["changes"] = [
            {
                "facts": dict(one.facts), "count": one.count, "before": _decision(one.before),
                "after": _decision(one.after), "newly_stopped": one.newly_stopped, "newly_free": one.newly_free,
            }
            for one in changes
        ]  # fmt: skip
    return tree


def _decision(decision: Decision) -> dict[str, Any]:
    return {"effect": decision.effect.value, "clauses": list(decision.numbers), "missing": list(decision.missing)}


def _say(found: Simulation) -> None:
    click.echo(f"{found.total} Fälle, {found.stopped} davon gingen nicht weiter.")
    for effect, count in sorted(found.effects.items(), key=lambda pair: pair[0].strictness):
        click.echo(f"  {count:>6}  {effect.value}")
    if found.clauses:
        click.echo("Entschieden hat:")
    for name, count in sorted(found.clauses.items(), key=lambda pair: -pair[1]):
        click.echo(f"  {count:>6}  {found.numbers[name]} {found.titles[name]}")


def _say_changes(changes: tuple[Change, ...]) -> None:
    stopped = sum(one.count for one in changes if one.newly_stopped)
    free = sum(one.count for one in changes if one.newly_free)
    click.echo(f"Mit dem zweiten Profil: {stopped} Fälle neu aufgehalten, {free} neu erlaubt.")
    for one in changes[:SHOWN]:
        facts = ", ".join(f"{name}={value}" for name, value in one.facts.items())
        now = one.after.stops or next(iter(one.after.applied), None)
        reason = f" ({now.number} {now.title})" if now else ""
        click.echo(f"  {one.count:>6}  {one.before.effect.value} → {one.after.effect.value}{reason}: {facts}")
    if len(changes) > SHOWN:
        click.echo(f"  … und {len(changes) - SHOWN} weitere; alle mit --json.")
