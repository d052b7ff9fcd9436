"""The private key is made once, readable by its owner only, and never needed to show or check anything."""

from __future__ import annotations

import ast
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from leitplanke.base.evidence import keys
from leitplanke.base.evidence.anchor import anchor_file
from leitplanke.base.evidence.models import Leaf, LogKey
from leitplanke.base.evidence.proofs import leaf_proof
from leitplanke.base.evidence.sequencer import open_log, sequence_pending
from leitplanke.base.evidence.tree import verifier_keys
from leitplanke.base.evidence.verification import verify

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.security
Happen = Callable[..., list[Leaf]]
SOURCES = Path(keys.__file__).resolve().parents[2]
SIGNING = "leitplanke.base.evidence.keys"
# The sequencer itself, its commands, and what only starts them: the worker's tick and `doctor`.
MAY_NAME_KEYS = {"base/evidence/sequencer.py", "base/evidence/cli.py", "project/cli/doctor.py"}


@pytest.fixture(autouse=True)
def _no_keys_of_other_tests() -> Iterator[None]:
    shutil.rmtree(keys.key_folder(), ignore_errors=True)
    yield
    shutil.rmtree(keys.key_folder(), ignore_errors=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_key_is_made_once_and_closed_to_others(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant)
    content = keys.key_file(mandant).read_bytes()
    happen(mandant)
    sequence_pending(mandant)

    assert keys.key_file(mandant).read_bytes() == content
    assert (mode(keys.key_file(mandant)), mode(keys.key_folder())) == (0o600, 0o700)
    assert keys.key_problems() == []
    assert LogKey.objects.for_mandant(mandant).count() == 1
    assert [file.name for file in keys.key_folder().iterdir()] == ["musterstadt.pem"]


def test_key_open_to_others_is_refused_with_the_remedy(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant)
    keys.key_file(mandant).chmod(0o640)

    with pytest.raises(keys.KeyFileError, match="chmod 600"):
        sequence_pending(mandant)
    keys.key_folder().chmod(0o750)
    assert len(keys.key_problems()) == 2


def test_lost_key_is_not_silently_replaced(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant)
    keys.key_file(mandant).unlink()

    with pytest.raises(keys.KeyFileError, match="fehlt"):
        sequence_pending(mandant)


def test_strange_key_is_refused(mandant: Mandant, other_mandant: Mandant, happen: Happen) -> None:
    for town in (mandant, other_mandant):
        happen(town)
        sequence_pending(town)
    keys.key_file(mandant).write_bytes(keys.key_file(other_mandant).read_bytes())

    with pytest.raises(keys.KeyFileError, match="gehört nicht zum Protokoll"):
        sequence_pending(mandant)
    keys.key_file(mandant).write_bytes(b"kaputt")
    with pytest.raises(keys.KeyFileError, match="nicht lesbar"):
        sequence_pending(mandant)


def test_replaced_key_signs_on_and_the_old_checkpoints_stay_valid(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant, checkpoint_seconds=0)
    keys.replace_key(open_log(mandant), "Wechsel des Rechners")
    happen(mandant)
    sequence_pending(mandant, checkpoint_seconds=0)

    report = verify(mandant)
    assert (report.ok, report.checkpoints) == (True, 2)
    assert len(verifier_keys(mandant)) == 2
    assert leaf_proof(Leaf.objects.for_mandant(mandant)[0])["key"] == str(verifier_keys(mandant)[-1])
    assert mode(next(keys.key_folder().glob("musterstadt-bis-*.pem"))) == 0o600


def test_pages_and_checks_never_touch_a_private_key(
    mandant: Mandant, happen: Happen, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf = happen(mandant)[0]
    sequence_pending(mandant)
    shutil.rmtree(keys.key_folder())

    assert client.get(f"/nachweis/{leaf.public_id}/").status_code == 200
    assert client.get(f"/nachweis/{leaf.public_id}/nachweis.json").status_code == 200
    assert client.get("/nachweis/pruefpunkte/").status_code == 200
    assert verify(mandant).ok
    assert anchor_file(mandant).exists()


def test_only_the_sequencer_and_its_commands_import_the_keys() -> None:
    users = set()
    for source in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            else:
                continue
            if SIGNING in names:
                users.add(source.relative_to(SOURCES).as_posix())

    assert users <= MAY_NAME_KEYS
    assert "base/evidence/sequencer.py" in users


def test_no_problem_where_there_is_no_key_yet() -> None:
    assert keys.key_problems() == []
    assert Path(settings.PATHS.keys) in keys.key_folder().parents
