"""Towns of Germany, from the area codes of the package phonenumbers (Apache-2.0), and countries, from babel."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from babel import Locale

from leitplanke.core.privacy.folding import fold, word_lists

_GERMANY = "49"
_WORLD = word_lists("regeln")["world"]


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """Return single words, folded, that name a place."""
    found = {fold(word) for word in _WORLD}
    for name in _area_code_towns():
        found.add(fold(name.split(" ")[0]) if not name.startswith(("Bad ", "Sankt ")) else fold(name.split(" ")[1]))
        found.add(fold(name))
    german = Locale.parse("de")
    found.update(fold(name) for name in german.territories.values())
    return frozenset(found)


def _area_code_towns() -> set[str]:
    """Return the towns. The package spreads the world over files in order of prefix: only the German ones are read."""
    package = find_spec("phonenumbers")
    if package is None or not package.submodule_search_locations:
        return set()
    folder = Path(package.submodule_search_locations[0]) / "geodata"
    paths = sorted(folder.glob("data[0-9]*.py"), key=lambda path: int(path.stem.removeprefix("data")))
    place = max(bisect_left(paths, _GERMANY, key=lambda path: next(iter(_prefixes(path)), "")) - 1, 0)
    found: set[str] = set()
    for path in paths[place:]:
        prefixes = _prefixes(path)
        if next(iter(prefixes), "") > f"{_GERMANY}:":
            break
        german = (names for prefix, names in prefixes.items() if prefix.startswith(_GERMANY))
        found.update(names.get("de") or names.get("en", "") for names in german)
    return found - {""}


def _prefixes(path: Path) -> dict[str, dict[str, str]]:
    # Importing the package itself would load the places of the whole world, 100 MB.
    spec = spec_from_file_location(f"phonenumbers.geodata.{path.stem}", path)
    if spec is None or spec.loader is None:
        return {}
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    prefixes: dict[str, dict[str, str]] = module.data
    return prefixes
