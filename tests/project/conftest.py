"""Installations to copy: what takes seconds is done once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.project.running import guarded, leitplanke

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation without a town; to be copied, not to be used."""
    folder = tmp_path_factory.mktemp("migriert")
    done = leitplanke("migrate", data=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def musterstadt(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of Musterstadt, with what it tried to reach while it was founded; to be copied.

    It is founded in a folder without tables by the browser's house.
    """
    folder = tmp_path_factory.mktemp("musterstadt")
    shutil.copytree(migrated, folder, dirs_exist_ok=True)
    done = leitplanke("demo", data=folder, **guarded(folder))
    assert done.returncode == 0, done.stderr
    return folder
