"""The offline check: right files pass, each kind of change is named, and Django is never loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.merkle import Checkpoint, Signer, TiledTree, canonical
from leitplanke.core.merkle.__main__ import main
from leitplanke.core.merkle.commitments import commitment
from leitplanke.core.merkle.documents import PlacedEntry, check_log, entry_proof, log_checkpoint, log_entry, log_header

ORIGIN = "leitplanke/musterstadt"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"k" * 32))
OTHER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"o" * 32))
SALT = b"s" * 32


def no_tile(_level: int, _index: int) -> bytes:
    return b""


def payload(number: int) -> str:
    personal = {"name": commitment("name", "Kim", SALT)}
    return canonical({"code": "test.made", "data": {"nr": str(number)}, "personal": personal}).decode()


def tree_of(count: int) -> TiledTree:
    tree = TiledTree(0, no_tile)
    for number in range(count):
        tree.append_data(payload(number).encode())
    return tree


def make_proof(position: int = 4, size: int = 7, signer: Signer = SIGNER) -> dict[str, Any]:
    tree = tree_of(size)
    entry = PlacedEntry(
        payload=payload(position),
        position=position,
        path=tree.inclusion_path(position),
        checkpoint=signer.sign(Checkpoint(ORIGIN, size, tree.root())),
        key=str(signer.verifier),
    )
    return entry_proof(entry, {"name": ("Kim", SALT)})


def make_log(count: int = 7, every: int = 3) -> list[str]:
    tree = TiledTree(0, no_tile)
    lines = [log_header(ORIGIN, [str(SIGNER.verifier)])]
    for number in range(count):
        tree.append_data(payload(number).encode())
        lines.append(log_entry(number, payload(number)))
        if tree.size % every == 0:
            lines.append(log_checkpoint(SIGNER.sign(Checkpoint(ORIGIN, tree.size, tree.root()))))
    return lines


def run(tmp_path: Path, content: object, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    file = tmp_path / ("protokoll.jsonl" if isinstance(content, list) else "nachweis.json")
    file.write_text("\n".join(content) if isinstance(content, list) else json.dumps(content), "utf-8")
    code = main(["verify", str(file), "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def test_valid_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(tmp_path, make_proof(), "--key", str(SIGNER.verifier), capsys=capsys)

    assert code == 0
    assert (report["position"], report["size"], report["opened"]) == (4, 7, ["name"])
    assert report["entry"]["data"] == {"nr": "4"}


@pytest.mark.parametrize(
    "change",
    [
        {"payload": payload(5)},
        {"payload": payload(4) + " "},
        {"position": "3"},
        {"position": "70"},
        {"path": make_proof()["path"][:-1]},
        {"checkpoint": make_proof(size=8)["checkpoint"]},
        {"checkpoint": OTHER.sign(Checkpoint(ORIGIN, 7, tree_of(7).root()))},
        {"checkpoint": SIGNER.sign(Checkpoint("anderes", 7, tree_of(7).root()))},
        {"opened": {"name": {"value": "Toni", "salt": make_proof()["opened"]["name"]["salt"]}}},
        {"opened": {"ort": {"value": "Kim", "salt": make_proof()["opened"]["name"]["salt"]}}},
    ],
)
def test_changed_proof_is_invalid(tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any]) -> None:
    code, report = run(tmp_path, make_proof() | change, capsys=capsys)

    assert (code, report["valid"]) == (1, False)
    assert report["problem"]


def test_proof_signed_by_somebody_else_fails_against_the_published_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "schluessel.txt"
    published.write_text(f"{SIGNER.verifier}\n", "utf-8")

    assert run(tmp_path, make_proof(signer=OTHER), capsys=capsys)[0] == 0
    assert run(tmp_path, make_proof(signer=OTHER), "--key", str(published), capsys=capsys)[0] == 1


def test_file_with_several_published_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published = tmp_path / "schluessel.txt"
    published.write_text(f"{OTHER.verifier}\n{SIGNER.verifier}\n\n", "utf-8")

    assert run(tmp_path, make_proof(), "--key", str(published), capsys=capsys)[0] == 0
    assert run(tmp_path, make_log(), "--key", str(published), capsys=capsys)[0] == 0
    published.write_text("", "utf-8")
    assert run(tmp_path, make_proof(), "--key", str(published), capsys=capsys)[0] == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "kein Nachweis"),
        ({"format": "leitplanke-nachweis/1"}, "'payload' fehlt"),
        (make_proof() | {"path": "x"}, "'path' fehlt"),
        (make_proof() | {"path": ["!"]}, "Base64"),
        (make_proof() | {"position": 4}, "'position' fehlt"),
        (make_proof() | {"key": "x"}, "Der Schlüssel"),
        ([], "Zeile 1"),
        (['{"format":"x"}'], "kein Protokoll"),
        ([*make_log(), "kaputt"], "Zeile 11"),
    ],
)
def test_unusable_file_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, message: str
) -> None:
    code, report = run(tmp_path, content, capsys=capsys)

    assert code == 2
    assert message in report["error"]


def test_valid_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(tmp_path, make_log(), "--key", str(SIGNER.verifier), capsys=capsys)

    assert code == 0
    assert (report["entries"], report["checkpoints"], report["size"]) == (7, 2, 6)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_changed_log_names_where(data: st.DataObject) -> None:
    lines = make_log(9)
    entries = [number for number, line in enumerate(lines) if "payload" in line]
    at = data.draw(st.sampled_from(entries))
    position = entries.index(at)
    block = range(position // 3 * 3, position // 3 * 3 + 3)
    match data.draw(st.sampled_from(["change", "remove", "repeat"])):
        case "change":
            lines[at] = log_entry(position, payload(99))
            expected = (block[0], block[-1])
        case "remove":
            del lines[at]
            # Without the next entry to show the gap, the checkpoint behind it does.
            expected = (position, position) if position != block[-1] else (None, None)  # type: ignore[assignment]
        case _:
            lines.insert(at, lines[at])
            expected = (position + 1, position + 1)
    finding = check_log(lines).finding

    assert finding is not None
    assert (finding.position, finding.last_position) == expected


def test_log_without_any_checkpoint_proves_nothing() -> None:
    finding = check_log([line for line in make_log() if "checkpoint" not in line]).finding

    assert finding is not None
    assert finding.problem == "unsigned"


def test_log_with_a_second_meaning_is_refused() -> None:
    lines = make_log(1, 1)
    lines[1] = log_entry(0, '{"code":"a","code":"b"}')
    finding = check_log(lines).finding

    assert finding is not None
    assert (finding.problem, finding.position) == ("unreadable", 0)


def test_speaks_german_and_warns_about_the_key_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "n.json"
    file.write_text(json.dumps(make_proof()), "utf-8")

    assert main(["verify", str(file)]) == 0
    text = capsys.readouterr().out
    assert "GÜLTIG. Der Eintrag steht unverändert an Position 4" in text
    assert "mit dem veröffentlichten vergleichen" in text


def test_runs_without_django_and_database(tmp_path: Path) -> None:
    file = tmp_path / "n.json"
    file.write_text(json.dumps(make_proof()), "utf-8")
    program = (
        "import sys; from leitplanke.core.merkle.__main__ import main; code = main(sys.argv[1:]);"
        "sys.exit(code or any(name.split('.')[0] in ('django', 'sqlite3', 'psycopg') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, "verify", str(file)], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
