"""Which function of ours may call which: read from the source, nothing is run.

A name is followed to what it was imported or defined as, also where it is only handed on (callbacks, tasks that are
enqueued, views in an address, functions in a table of a module or a class). A method called on something whose class
is not known counts as every method of that name that the calling module can know: its own and those of modules it
imports. What the composition root hands to a module (ports, regular work) may be called by every function of that
module. So the graph has too many edges rather than too few; what comes by strings or `getattr` is not seen.
"""

from __future__ import annotations

import ast
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "leitplanke"
ROOT = f"{PACKAGE}.project"


@dataclass(slots=True)
class Module:
    """A module: its tree, what its names stand for, and which modules of ours it imports."""

    name: str
    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Graph:
    """Functions by `module.function` or `module.Class.method`, and what each may call."""

    functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    """Names of modules, and classes, that hold functions: whoever mentions one may call what it holds."""
    edges: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def reach(self, start: Iterable[str]) -> dict[str, str]:
        """Return everything that may be called from `start`, each with the function that calls it ("" for a start)."""
        found = dict.fromkeys(start, "")
        waiting = list(found)
        while waiting:
            here = waiting.pop()
            for target in sorted(self.edges.get(here, ())):
                if target not in found:
                    found[target] = here
                    waiting.append(target)
        return found

    def way(self, found: Mapping[str, str], target: str) -> str:
        """Return the way by which `target` was found, for people."""
        steps = [target]
        while found[steps[-1]]:
            steps.append(found[steps[-1]])
        return " → ".join(reversed(steps))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking the trees again and again: half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read_modules(folder: Path, package: str = PACKAGE) -> dict[str, Module]:
    """Read every module below a folder that is the package."""
    modules = {}
    with _without_collecting():
        for file in sorted(folder.rglob("*.py")):
            if "migrations" in file.parts:
                continue
            parts = [package, *file.relative_to(folder).with_suffix("").parts]
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = Module(name, ast.parse(file.read_text(encoding="utf-8")))
        for module in modules.values():
            _name(module, modules)
    return modules


def graph_of(modules: Mapping[str, Module]) -> Graph:
    """Return which function may call which."""
    graph = Graph()
    methods: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for module in modules.values():
        graph.tables |= {name for name, _held in _tables(module)}
        for name, function in _functions(module):
            graph.functions[name] = function
            if name.count(".") > module.name.count(".") + 1:
                methods[module.name][function.name].append(name)
    for module in modules.values():
        near = [methods[name] for name in (module.name, *sorted(module.imports)) if name in methods]
        for name, node in (*_functions(module), *_tables(module)):
            graph.edges[name] |= set(_called(node, module, modules, graph, near)) - {name}
    _hand_on(modules, graph)
    return graph


def _hand_on(modules: Mapping[str, Module], graph: Graph) -> None:
    """Let every function of a module call what the composition root, or an area as it starts, hands to it."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name in graph.functions:
        homes[home_of(name, modules)].append(name)
    for module in modules.values():
        if not module.name.startswith(ROOT) and not module.name.endswith(".apps"):
            continue
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            for receiver in _called(call.func, module, modules, graph, []):
                home = home_of(receiver, modules)
                given = (*call.args, *(word.value for word in call.keywords))
                handed = {one for argument in given for one in named_in(argument, module, modules, graph)}
                if home != module.name and receiver.rpartition(".")[2].startswith(("bind", "add_")):
                    for name in homes[home]:
                        graph.edges[name] |= handed - {name}


def named_in(node: ast.AST, module: Module, modules: Mapping[str, Module], graph: Graph) -> set[str]:
    """Return the functions and tables that a piece of a module names."""
    return set(_called(node, module, modules, graph, []))


def home_of(name: str, modules: Mapping[str, Module]) -> str:
    """Return the module in which a function, method or table is."""
    while name not in modules:
        name = name.rpartition(".")[0]
    return name


def _name(module: Module, modules: Mapping[str, Module]) -> None:
    """Say what the names of a module stand for."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                module.names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                module.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in module.tree.body:
        own = (
            [node.name] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else _assigned(node)
        )
        module.names |= {name: f"{module.name}.{name}" for name in own}
    for target in module.names.values():
        module.imports |= {name for name in (target, target.rpartition(".")[0]) if name in modules}
    module.imports.discard(module.name)


def _functions(module: Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.name}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{module.name}.{node.name}.{inner.name}", inner


def _assigned(node: ast.stmt) -> list[str]:
    """Return the names that a statement gives a value."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _tables(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Return what stands in a module or class outside of its functions, by the name under which it is reached."""
    for node in module.tree.body:
        for name in _assigned(node):
            yield f"{module.name}.{name}", node
        if isinstance(node, ast.ClassDef):
            for inner in (*node.bases, *node.decorator_list, *node.body):
                if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{module.name}.{node.name}", inner


def _called(
    function: ast.AST, module: Module, modules: Mapping[str, Module], graph: Graph, near: list[dict[str, list[str]]]
) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield from _targets(module.names.get(node.id, ""), modules, graph)
        elif isinstance(node, ast.Attribute):
            owner = (path := _path(node, module)).rpartition(".")[0]
            if owner in modules:
                yield from _targets(path, modules, graph)
            else:  # of a class, an object, or something that is not ours
                for methods in near:
                    yield from methods.get(node.attr, ())
                yield from (
                    f"{one}.{node.attr}"
                    for one in _targets(owner, modules, graph)
                    if f"{one}.{node.attr}" in graph.functions
                )


def _path(node: ast.Attribute, module: Module) -> str:
    """Return what `a.b.c` stands for where `a` is a module of ours; "" where it is something else."""
    parts = [node.attr]
    value = node.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name) or not (base := module.names.get(value.id, "")).startswith(f"{PACKAGE}."):
        return ""
    return ".".join((base, *reversed(parts)))


def _targets(path: str, modules: Mapping[str, Module], graph: Graph) -> Iterator[str]:
    """Follow a name through what modules hand on; a class stands for all that its construction may call."""
    for _hop in range(5):
        if path in graph.functions:
            yield path
            return
        if path in graph.tables:
            yield path
        owner, _dot, name = path.rpartition(".")
        if owner not in modules or modules[owner].names.get(name, path) == path:
            break
        path = modules[owner].names[name]
    for method in ("__init__", "__post_init__", "__call__"):
        if f"{path}.{method}" in graph.functions:
            yield f"{path}.{method}"
