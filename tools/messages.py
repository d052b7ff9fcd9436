"""Collect the German texts of the interface into the English catalogue: `make messages`.

New texts come in empty and are translated by hand; `tests/project/test_translations.py` tells which are missing.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "leitplanke"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = """# English texts of Leitplanke; the source language of the interface is German. See `make messages`.
msgid ""
msgstr ""
"Project-Id-Version: Leitplanke\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def collect() -> None:
    """Run Django's makemessages over the package; old texts that nobody uses go out."""
    os.environ |= {
        "LEITPLANKE_MODE": "test",
        "LEITPLANKE_DATA": tempfile.mkdtemp(prefix="leitplanke-messages-"),
        "DJANGO_SETTINGS_MODULE": "leitplanke.project.settings",
    }
    os.chdir(PACKAGE)
    import django  # noqa: PLC0415 - the environment comes first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command(
        "makemessages",
        locale=["en"],
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=["static/*", "anrede/*"],
        verbosity=0,
    )


def calm_header() -> None:
    """Replace the header, whose dates would change with every run."""
    _old, _blank, rest = CATALOGUE.read_text(encoding="utf-8").partition("\n\n")
    CATALOGUE.write_text(f"{HEADER}\n{rest}", encoding="utf-8")


def main() -> int:
    missing = [program for program in ("xgettext", "msguniq", "msgmerge", "msgattrib") if shutil.which(program) is None]
    if missing:
        print("gettext fehlt. Unter Debian: sudo apt-get install gettext")
        return 1
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    collect()
    calm_header()
    print(f"Gesammelt in {CATALOGUE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
