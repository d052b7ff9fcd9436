"""Checkpoints follow the open format, and only the right key's unchanged text is believed."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.merkle import Checkpoint, NoteError, Signer, VerifierKey, open_checkpoint, root_of

SIGNER = Signer("leitplanke/musterstadt", Ed25519PrivateKey.from_private_bytes(b"k" * 32))
OTHER = Signer("leitplanke/musterstadt", Ed25519PrivateKey.from_private_bytes(b"o" * 32))
CHECKPOINT = Checkpoint("leitplanke/musterstadt", 3, root_of([b"a" * 32] * 3))
NOTE = SIGNER.sign(CHECKPOINT)


def test_note_has_the_lines_of_the_open_format() -> None:
    origin, size, root, empty, signature, end = NOTE.split("\n")

    assert (origin, size, empty, end) == ("leitplanke/musterstadt", "3", "", "")
    assert base64.b64decode(root) == CHECKPOINT.root
    assert signature.startswith("— leitplanke/musterstadt ")
    assert base64.b64decode(signature.rsplit(" ", 1)[1])[:4] == SIGNER.verifier.key_id


def test_reads_the_published_example_key_of_the_open_format() -> None:
    published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    assert str(VerifierKey.parse(published)) == published


def test_own_note_opens() -> None:
    assert open_checkpoint(NOTE, [OTHER.verifier, SIGNER.verifier]) == CHECKPOINT


def test_signatures_of_others_are_passed_over() -> None:
    witness = "— zeuge.example/rechnungspruefung " + base64.b64encode(b"x" * 68).decode() + "\n"

    assert open_checkpoint(NOTE + witness, [SIGNER.verifier]) == CHECKPOINT


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (OTHER.sign(CHECKPOINT), "keinem der bekannten"),
        (NOTE.replace("\n3\n", "\n4\n"), "nach dem Unterschreiben verändert"),
        (CHECKPOINT.text(), "keine Unterschrift"),
        (NOTE.removesuffix("\n"), "keine Unterschrift"),
        (NOTE + "etwas\n", "ist keine Unterschrift"),
        (NOTE + "— x !!!\n", "Base64"),
        ("", "keine Unterschrift"),
    ],
)
def test_wrong_note_is_refused(note: str, message: str) -> None:
    with pytest.raises(NoteError, match=message):
        open_checkpoint(note, [SIGNER.verifier])


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(0, 7))
def test_any_flipped_bit_is_noticed(at: int, bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[at] ^= 1 << bit
    text = data.decode("utf-8", "replace")

    with pytest.raises(NoteError):
        open_checkpoint(text, [SIGNER.verifier])


@pytest.mark.parametrize(
    "text", ["a\n03\nAA==\n", "a\n3\nAA==\n", "a\n3\n!\n", "\n3\nAA==\n", "a\n3\n", "a\n-1\nAA==\n"]
)
def test_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


def test_extension_lines_are_allowed() -> None:
    assert Checkpoint.parse(CHECKPOINT.text() + "mehr\n") == CHECKPOINT


def test_key_survives_its_text_form() -> None:
    assert VerifierKey.parse(f"{SIGNER.verifier}\n") == SIGNER.verifier


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+AAAA", "na me+00000000+AAAA", str(SIGNER.verifier).replace("musterstadt", "nachbar")],
)
def test_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


@pytest.mark.parametrize("name", ["", "zwei worte", "a+b"])
def test_name_that_breaks_the_format_is_refused(name: str) -> None:
    with pytest.raises(NoteError):
        Signer(name, SIGNER.private)
