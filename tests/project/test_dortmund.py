"""Where a decision affects a citizen, a model must not trigger even a predefined action: proved from the code.

The graph (tools/callgraph.py) has too many edges rather than too few. That machines with stolen identities are refused
at run time is shown in tests/apps/antrag/test_angriff_maschinen.py.
"""

from __future__ import annotations

import ast
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import callgraph
import pytest

import leitplanke
from leitplanke.core.verfahren.acts import ACTS, Effect, Originator
from leitplanke.project.wirkungen import FOR_RULES, WIRKUNGEN, Wirkung
from tests.apps.antrag.test_angriff_maschinen import HARMLESS
from tests.apps.antrag.test_angriff_maschinen import VERBS as ATTACKED

ASKING = ("leitplanke.base.llm.calling.ask", "leitplanke.base.llm.calling.stream")
THE_DOOR = "leitplanke.base.llm."
WRITING = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
SENDING = {
    "leitplanke.base.notify.services.send_mail", "leitplanke.base.notify.services.notify",
    "leitplanke.base.accounts.ports.send_mail",
}  # fmt: skip
# Who sends mail from a job, all of it to people of the office.
MAIL_OF_JOBS = {
    "leitplanke.apps.leitlinie.telling._ask_to_read", "leitplanke.apps.leitlinie.telling._tell_offices",
    "leitplanke.apps.register.incident_mail._to_office", "leitplanke.apps.register.watching._tell",
}  # fmt: skip
# What an answer of a model may change by itself: proposals that wait for a person, keys of kept content, evidence.
KEPT_OF_ANSWERS = {
    "leitplanke.apps.antrag.proposing.add_pointed", "leitplanke.apps.antrag.reading_again.read_again",
}  # fmt: skip
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
# Parts of verbs, which are handed a locked case after the question was asked.
BRICKS_OF_LAW = {"clock.set_deadline", "clock.start_clock", "clock.stop_deadlines", "facts.confirm_rows",
                 "facts.replace_values"}  # fmt: skip
# Fit for law only with other proof than acts: the verb calls another one, or has an entry of its own in the log.
WITHOUT_ACT = {
    "correcting.accept", "correcting.refuse", "correcting.request", "delivered.fetch", "dispatch.fetched",
    "filling.apply_formless", "filling.submit", "filling.withdraw", "intake.record_paper", "personal_data.give_out",
    "settling.choose_side",
}  # fmt: skip


@lru_cache(maxsize=1)
def pages() -> frozenset[str]:
    return frozenset(name for name, function in graph().functions.items() if is_view(function))


@lru_cache(maxsize=1)
def modules() -> dict[str, callgraph.Module]:
    return callgraph.read_modules(Path(leitplanke.__file__).parent)


@lru_cache(maxsize=1)
def graph() -> callgraph.Graph:
    return callgraph.graph_of(modules())


@lru_cache(maxsize=1)
def every_verb() -> frozenset[str]:
    return frozenset(verbs(graph(), modules()))


def knowing(name: str) -> Iterator[tuple[str, ast.AST]]:
    """Return the functions of modules in which a name is known."""
    homes = {home for home, module in modules().items() if name in module.names}
    for function, node in graph().functions.items():
        if callgraph.home_of(function, modules()) in homes:
            yield function, node


def is_task(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("task" in ast.unparse(decorator) for decorator in function.decorator_list)


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("requires(") for decorator in function.decorator_list)


def jobs(found: callgraph.Graph, known: dict[str, callgraph.Module]) -> set[str]:
    """Return what runs without a person: tasks of the worker, and regular work wherever it is named."""
    return {name for name, function in found.functions.items() if is_task(function)} | {
        job
        for module in known.values()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("add_tick")
        for job in callgraph.named_in(call.args[2], module, known, found)
    }


def asking(found: callgraph.Graph) -> set[str]:
    """Return where answers of models are: the door, what asks it, and whoever gets that back, up to a page or a job.

    The page itself is among them; what its visitor sets going after having read is on other ways of the same page.
    """
    callers: dict[str, set[str]] = defaultdict(set)
    for name, targets in found.edges.items():
        for target in targets:
            callers[target].add(name)
    waiting = [name for name in found.functions if found.edges[name] & set(ASKING) and not name.startswith(THE_DOOR)]
    seen = {name for name in found.functions if name.startswith((THE_DOOR, "leitplanke.apps.gateway.door_app."))}
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            function = found.functions.get(here)
            ends = function is not None and (is_task(function) or is_view(function))
            waiting += () if ends else callers[here]
    return seen


def behind(found: callgraph.Graph, start: Iterable[str], forbidden: Iterable[str]) -> list[str]:
    """Return the ways from `start` to what is forbidden, for people."""
    reached = found.reach(start)
    return [found.way(reached, verb) for verb in sorted(forbidden) if verb in reached]


def verbs(found: callgraph.Graph, known: dict[str, callgraph.Module]) -> set[str]:
    """Return the public functions of apps and base that change something, themselves or by helpers."""
    writing = {name for name, function in found.functions.items() if _opens_transaction(function) or _writes(function)}
    return {
        name
        for name, function in found.functions.items()
        if name.startswith(("leitplanke.apps.", "leitplanke.base.")) and name.rpartition(".")[0] in known
        if not function.name.startswith("_") and not is_task(function) and ".views" not in name
        if writing & own_helpers(found, name)
    }  # fmt: skip


def _opens_transaction(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "atomic" for node in ast.walk(function))


def _writes(function: ast.AST) -> bool:
    """Tell whether rows are written: `save`, and `update` of rows, take words only; files and dicts take the others."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return any(
        call.func.attr in WRITING or (call.func.attr == "save" and not call.args)
        or (call.func.attr == "update" and call.keywords and not call.args)
        for call in calls
        if isinstance(call.func, ast.Attribute)
    )  # fmt: skip


def own_helpers(found: callgraph.Graph, name: str) -> set[str]:
    """Return a function and the private ones of its module that it may call."""
    home, seen, waiting = name.rpartition(".")[0], set(), [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [
                one for one in found.edges.get(here, ()) if one.startswith(f"{home}._") and one in found.functions
            ]
    return seen


def having(*kinds: Wirkung) -> set[str]:
    return {verb for verb, wirkung in WIRKUNGEN.items() if wirkung in kinds}


def test_every_verb_says_what_it_does_to_people() -> None:
    found = every_verb()
    assert len(found) > 200
    assert sorted(found - WIRKUNGEN.keys()) == [], (
        "Diese Verben ändern etwas, und niemand hat gesagt, was sie für Menschen außerhalb des Hauses tun. Bitte in "
        "src/leitplanke/project/wirkungen.py in eine der Tabellen eintragen: _RECHT (wirkt rechtlich für jemanden: "
        "nur Menschen dürfen es), _MITTEILUNG (erreicht jemanden ohne Rechtswirkung) oder _INNEN (bleibt im Haus)."
    )
    assert sorted(WIRKUNGEN.keys() - found) == [], "Das gibt es nicht mehr; bitte in wirkungen.py streichen."


def test_nothing_behind_a_model_reaches_a_citizen() -> None:
    assert len(asking(graph())) > 100
    outside = having(Wirkung.RECHT, Wirkung.MITTEILUNG)
    assert behind(graph(), asking(graph()), outside) == []


def test_an_answer_changes_by_itself_only_what_waits_for_a_person() -> None:
    """So it cannot set a rule going through what it stores either."""
    answers = [name for name in asking(graph()) if not (name in pages() or name.startswith(THE_DOOR))]
    kept = every_verb() & graph().reach(answers).keys()
    assert {verb for verb in kept if not verb.startswith("leitplanke.base.")} == KEPT_OF_ANSWERS


def test_no_job_does_what_has_effect_in_law_and_towards_people_only_what_is_on_the_closed_list() -> None:
    running = jobs(graph(), modules())
    assert {"leitplanke.project.wiring._look_after_reports", "leitplanke.apps.antrag.tasks.recompute"} < running
    assert behind(graph(), running, having(Wirkung.RECHT)) == []
    assert behind(graph(), running, having(Wirkung.MITTEILUNG) - FOR_RULES - SENDING) == []
    reached = graph().reach(running).keys()
    assert {name for name in reached - SENDING if graph().edges[name] & SENDING} == MAIL_OF_JOBS


def test_neither_a_model_nor_a_job_can_act_as_a_person() -> None:
    """Who acts as a person or an applicant is said in few places; they are reached by pages alone."""
    makers = {
        name
        for name, function in knowing("Doer")
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Doer")
        if {"Originator.PERSON", "Originator.BUERGER"} & {ast.unparse(argument) for argument in call.args}
    }
    assert len(makers) >= 5
    machines = jobs(graph(), modules()) | {name for name in asking(graph()) if name not in pages()}
    assert behind(graph(), machines, makers) == []


def test_what_has_effect_in_law_in_an_application_asks_whether_it_is_a_person() -> None:
    """How the question is answered at run time, with stolen identities, the attack on every verb shows."""
    asks = {
        name
        for name, function in knowing("WrongOriginatorError")
        for node in ast.walk(function)
        if isinstance(node, ast.Raise) and "WrongOriginatorError" in ast.unparse(node)
    }
    law = {verb.removeprefix("leitplanke.apps.antrag."): verb for verb in having(Wirkung.RECHT)}
    assert law.keys() > BRICKS_OF_LAW
    assert law.keys() & HARMLESS == set()
    open_ = {short for short, verb in law.items() if not asks & graph().reach([verb]).keys()}
    assert open_ - BRICKS_OF_LAW == set()


def test_pages_write_nothing_themselves() -> None:
    """So what a page does, it does by a verb that is in the table."""
    found = [name for name, function in graph().functions.items() if ".views" in name and _writes(function)]
    assert found == []


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
    for verb in every_verb():
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
        assert (WIRKUNGEN[verb] is Wirkung.RECHT) == (lawful or short in WITHOUT_ACT | BRICKS_OF_LAW), verb
        if lawful and short in ATTACKED:
            assert short not in HARMLESS, verb


HOUSE = {
    "base/llm/calling.py": "def ask(words):\n    return words\n",
    "base/jobs/ticks.py": """
        RUN = []
        def add_tick(name, seconds, run):
            RUN.append(run)
        """,
    "base/ports.py": """
        def bind(*, act):
            _ports.act = act
        def use(case):
            _ports.act(case)
        """,
    "project/wiring.py": """
        from leitplanke.base import ports
        from leitplanke.base.jobs.ticks import add_tick
        from leitplanke.apps.amt import verbs
        def wire():
            ports.bind(act=verbs.decide)
            add_tick("amt", 60, _every_hour)
        def _every_hour():
            verbs.hint(None)
        """,
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
        def note(case):
            case.rows.update(done=True)
        def print_it(picture, file):
            picture.save(file)
        """,
    "apps/amt/clever.py": """
        from functools import partial
        from leitplanke.base.llm.calling import ask
        from leitplanke.base import ports
        from leitplanke.apps.amt import verbs
        STEPS = {"yes": verbs.decide}
        class Plan:
            step = verbs.decide
            @classmethod
            def of(cls, case):
                cls.step(case)
        def judge(case):
            return run(partial(verbs.decide, case)) if ask("?") else None
        def run(act):
            return act()
        def by_table(case):
            STEPS[ask("?")](case)
        def by_class(case):
            return Plan.of(case) if ask("?") else None
        def by_port(case):
            return ports.use(case) if ask("?") else None
        def by_caller(case):
            if _answer(case) == "yes":
                verbs.decide(case)
        def _answer(case):
            return ask(case)
        """,
    "apps/amt/tasks.py": """
        from leitplanke.apps.amt.clever import judge
        @task()
        def work(case):
            judge(case)
        """,
}
DECIDE = "leitplanke.apps.amt.verbs.decide"


@pytest.fixture
def house(tmp_path: Path) -> dict[str, callgraph.Module]:
    """A small house in which a model decides, in every way in which somebody may write it by mistake."""
    for name, text in HOUSE.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    return callgraph.read_modules(tmp_path)


@pytest.mark.parametrize("way", ["judge", "by_table", "by_class", "by_port", "by_caller"])
def test_the_proof_finds_a_decision_behind_a_model(house: dict[str, callgraph.Module], way: str) -> None:
    found = callgraph.graph_of(house)
    start = f"leitplanke.apps.amt.clever.{way}"
    assert start in asking(found)
    (shown,) = behind(found, [start], [DECIDE])
    assert shown.startswith(start)
    assert shown.endswith(DECIDE)


def test_the_proof_finds_verbs_and_jobs(house: dict[str, callgraph.Module]) -> None:
    found = callgraph.graph_of(house)
    assert verbs(found, house) == {DECIDE, "leitplanke.apps.amt.verbs.hint", "leitplanke.apps.amt.verbs.note"}
    task, tick = "leitplanke.apps.amt.tasks.work", "leitplanke.project.wiring._every_hour"
    assert jobs(found, house) == {task, tick}
    assert behind(found, [task], [DECIDE]) == [f"{task} → leitplanke.apps.amt.clever.judge → {DECIDE}"]
    assert behind(found, [tick], ["leitplanke.apps.amt.verbs.hint"]) == [f"{tick} → leitplanke.apps.amt.verbs.hint"]
