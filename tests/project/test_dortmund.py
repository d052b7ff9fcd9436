"""Where a decision affects a citizen, a model must not trigger even a predefined action: proved from the code.

The graph (tools/callgraph.py) has too many edges rather than too few. That machines with stolen identities are refused
at run time is shown in tests/apps/antrag/test_angriff_maschinen.py.
"""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import leitplanke
from leitplanke.core.verfahren.acts import ACTS, Effect, Originator
from leitplanke.project.wirkungen import FOR_RULES, WIRKUNGEN, Wirkung
from tests.apps.antrag.test_angriff_maschinen import HARMLESS
from tests.apps.antrag.test_angriff_maschinen import VERBS as ATTACKED

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import callgraph

ASKING = ("leitplanke.base.llm.calling.ask", "leitplanke.base.llm.calling.stream")
THE_DOOR = "leitplanke.base.llm."
# A citizen or clerk hands documents in; a job then has a model read them, and proposals wait for a person. The model
# comes after the act, on the way of a person; the act itself is nowhere behind the model (first test below).
HANDED_IN = {
    "leitplanke.apps.antrag.views_akte_unterlagen.bearbeiten",
    "leitplanke.apps.antrag.views_akte_unterlagen.neu",
    "leitplanke.apps.antrag.views_buerger_beginn.formlos",
    "leitplanke.apps.antrag.views_buerger_schritte.person",
    "leitplanke.apps.antrag.views_buerger_schritte.pruefen",
    "leitplanke.apps.antrag.views_buerger_schritte.unterlagen",
    "leitplanke.apps.antrag.views_eingang.erfassen",
}
# Fit for law only with other proof than acts: the verb calls another one, or has an entry of its own in the log.
WITHOUT_ACT = {
    "correcting.accept", "correcting.refuse", "correcting.request", "delivered.fetch", "dispatch.fetched",
    "filling.apply_formless", "filling.submit", "filling.withdraw", "intake.record_paper", "personal_data.give_out",
    "settling.choose_side",
}  # fmt: skip


@lru_cache(maxsize=1)
def modules() -> dict[str, callgraph.Module]:
    return callgraph.read_modules(Path(leitplanke.__file__).parent)


@lru_cache(maxsize=1)
def graph() -> callgraph.Graph:
    return callgraph.graph_of(modules())


def is_task(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("task" in ast.unparse(decorator) for decorator in function.decorator_list)


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("requires(") for decorator in function.decorator_list)


def jobs(found: callgraph.Graph) -> list[str]:
    """Return what runs without a person: tasks of the worker, and regular work."""
    return [*(name for name, function in found.functions.items() if is_task(function)),
            "leitplanke.project.wiring._bind_ticks"]  # fmt: skip


def asking(found: callgraph.Graph) -> list[str]:
    """Return what asks a model and goes on with its answer, and the door itself, to which programs speak."""
    return [
        name
        for name in found.functions
        if name.startswith((THE_DOOR, "leitplanke.apps.gateway.door_app.")) or found.edges[name] & set(ASKING)
    ]


def behind(found: callgraph.Graph, start: Iterable[str], forbidden: Iterable[str]) -> list[str]:
    """Return the ways from `start` to what is forbidden, for people."""
    reached = found.reach(start)
    return [found.way(reached, verb) for verb in sorted(forbidden) if verb in reached]


def verbs(found: callgraph.Graph, known: dict[str, callgraph.Module]) -> set[str]:
    """Return the public functions of apps and base that change something in a transaction, themselves or by helpers."""
    writing = {name for name, function in found.functions.items() if _opens_transaction(function)}
    return {
        name
        for name, function in found.functions.items()
        if name.startswith(("leitplanke.apps.", "leitplanke.base.")) and name.rpartition(".")[0] in known
        if not function.name.startswith("_") and not is_task(function) and ".views" not in name
        if writing & own_helpers(found, name)
    }  # fmt: skip


def _opens_transaction(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "atomic" for node in ast.walk(function))


def own_helpers(found: callgraph.Graph, name: str) -> set[str]:
    """Return a function and the private ones of its module that it may call."""
    home, seen, waiting = name.rpartition(".")[0], set(), [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [one for one in found.edges.get(here, ()) if one.startswith(f"{home}._")]
    return seen


def having(*kinds: Wirkung) -> set[str]:
    return {verb for verb, wirkung in WIRKUNGEN.items() if wirkung in kinds}


def test_every_verb_says_what_it_does_to_people() -> None:
    found = verbs(graph(), modules())
    assert len(found) > 150
    assert sorted(found - WIRKUNGEN.keys()) == [], (
        "Bitte in src/leitplanke/project/wirkungen.py sagen, was das Verb tut."
    )
    assert sorted(WIRKUNGEN.keys() - found) == [], "Das gibt es nicht mehr; bitte in wirkungen.py streichen."


def test_nothing_behind_a_model_reaches_a_citizen() -> None:
    assert len(asking(graph())) > 100
    outside = having(Wirkung.RECHT, Wirkung.MITTEILUNG)
    assert behind(graph(), asking(graph()), outside) == []


def test_no_job_does_what_has_effect_in_law_and_towards_people_only_what_is_on_the_closed_list() -> None:
    assert len(jobs(graph())) > 5
    assert behind(graph(), jobs(graph()), having(Wirkung.RECHT)) == []
    assert behind(graph(), jobs(graph()), having(Wirkung.MITTEILUNG) - FOR_RULES) == []


def test_no_job_that_asks_a_model_reaches_a_citizen() -> None:
    outside = having(Wirkung.RECHT, Wirkung.MITTEILUNG)
    for job in jobs(graph()):
        if job != "leitplanke.project.wiring._bind_ticks" and set(ASKING) & graph().reach([job]).keys():
            assert behind(graph(), [job], outside) == []


def test_pages_that_ask_a_model_and_do_something_for_people_are_those_where_documents_are_handed_in() -> None:
    outside = having(Wirkung.RECHT, Wirkung.MITTEILUNG)
    found = {
        name
        for name, function in graph().functions.items()
        if is_view(function)
        if (reached := graph().reach([name]).keys()) & set(ASKING) and reached & outside
    }
    assert found <= HANDED_IN


def test_the_table_of_acts_lets_only_people_do_what_has_effect_in_law() -> None:
    people = {Originator.PERSON, Originator.BUERGER}
    assert all(act.by <= people for act in ACTS.values() if act.effect is not Effect.NONE)
    closed = {act.name for act in ACTS.values() if Originator.REGEL in act.by}
    assert closed == {"eingang_bestaetigen", "erinnern", "berechnen", "vorlesen", "verteilen", "wiedervorlegen",
                      "felder_vorschlagen", "formulieren"}  # fmt: skip


def test_verbs_of_applications_have_the_effect_of_their_acts_and_were_attacked() -> None:
    for verb in verbs(graph(), modules()):
        if not verb.startswith("leitplanke.apps.antrag."):
            continue
        words = {
            node.value
            for helper in own_helpers(graph(), verb)
            for node in ast.walk(graph().functions[helper])
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        lawful = any(act.name in words for act in ACTS.values() if act.effect is not Effect.NONE)
        short = verb.removeprefix("leitplanke.apps.antrag.")
        assert (WIRKUNGEN[verb] is Wirkung.RECHT) == (lawful or short in WITHOUT_ACT), verb
        if lawful and short in ATTACKED:
            assert short not in HARMLESS, verb


def test_the_proof_finds_what_it_looks_for(tmp_path: Path) -> None:
    """A small house in which a model decides: directly, by a job, and by a callback in another module."""
    for name, text in {
        "base/llm/calling.py": "def ask(words):\n    return words\n",
        "apps/amt/verbs.py": """
            from django.db import transaction
            def decide(case):
                with transaction.atomic():
                    case.save()
            def hint(case):
                _write(case)
            def _write(case):
                with transaction.atomic():
                    case.save()
            """,
        "apps/amt/clever.py": """
            from functools import partial
            from leitplanke.base.llm.calling import ask
            from leitplanke.apps.amt import verbs
            def judge(case):
                return run(partial(verbs.decide, case)) if ask("?") else None
            def run(act):
                return act()
            """,
        "apps/amt/tasks.py": """
            from leitplanke.apps.amt.clever import judge
            @task()
            def work(case):
                judge(case)
            """,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    known = callgraph.read_modules(tmp_path)
    found = callgraph.graph_of(known)
    decide = "leitplanke.apps.amt.verbs.decide"
    assert verbs(found, known) == {decide, "leitplanke.apps.amt.verbs.hint"}
    assert behind(found, asking(found), [decide]) == [f"leitplanke.apps.amt.clever.judge → {decide}"]
    task = "leitplanke.apps.amt.tasks.work"
    assert behind(found, [task], [decide]) == [f"{task} → leitplanke.apps.amt.clever.judge → {decide}"]
