"""Check what no linter knows: content, names, templates, documents, packages, shape. Called by `make check`."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def set_up() -> None:
    """Start Django in test mode with a folder of its own."""
    os.environ["LEITPLANKE_MODE"] = "test"
    os.environ.pop("LEITPLANKE_DATABASE_URL", None)
    folder = tempfile.mkdtemp(prefix="leitplanke-check-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["LEITPLANKE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()


def all_checks() -> dict[str, Callable[[], list[str]]]:
    """Return every check by its German name."""
    from checks import content, database, docs, hygiene, names, packages, shape, templates  # noqa: PLC0415

    return {
        "Inhalte nach Schema": content.check_content,
        "Bezüge der Inhalte": content.check_references,
        "Namen von Dateien": names.check_file_names,
        "Schlüssel in YAML": names.check_yaml_keys,
        "Namen im Code": names.check_identifiers,
        "Adressen und Kennungen": names.check_addresses_and_codes,
        "Vorlagen": templates.check_templates,
        "Sicheres HTML": templates.check_mark_safe,
        "Größe von Dateien und Funktionen": shape.check_sizes,
        "README in jedem Raum": shape.check_readmes,
        "Migrationen": database.check_migrations,
        "Prüfungen von Django": database.check_system,
        "Befehle beschrieben": docs.check_commands,
        "Einstellungen beschrieben": docs.check_variables,
        "Formate beschrieben": docs.check_formats,
        "Format der Regelwerke beschrieben": docs.check_rules_format,
        "Format der Fachverfahren beschrieben": docs.check_procedure_format,
        "Format des Verfahrensrechts beschrieben": docs.check_law_format,
        "Nachweise beschrieben": docs.check_evidence_codes,
        "Glossar": docs.check_glossary,
        "Verweise in Dokumenten": docs.check_links,
        "Lizenzen": packages.check_licences,
        "Lizenzen im Browser": packages.check_front_end_licences,
        "Sperrdateien": packages.check_locks,
        "Nichts Fremdes im Bestand": hygiene.check_hygiene,
    }


def main() -> int:
    set_up()
    checks = all_checks()
    failed = 0
    for name, check in checks.items():
        try:
            problems = check()
        except Exception as error:  # noqa: BLE001 - one broken check must not hide the findings of the others
            problems = [f"Die Prüfung selbst ist gescheitert: {type(error).__name__}: {error}"]
        failed += bool(problems)
        for problem in problems:
            print(f"✗ {name}: {problem}")
    print(f"Projektprüfung: {len(checks)} Prüfungen, {failed} beanstandet")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
