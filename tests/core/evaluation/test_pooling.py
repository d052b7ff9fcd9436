from __future__ import annotations

import base64
import json
from dataclasses import replace

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leitplanke.core.evaluation import (
    PoolingError,
    Pruefergebnis,
    TownResult,
    open_result,
    plan_hash,
    pool,
    sign_result,
    sources,
)
from leitplanke.core.merkle import Signer, canonical
from tests.core.evaluation.made_up import DAY, drawn, evaluated, plan


def signer(name: str, seed: int) -> Signer:
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


OURS, THEIRS = signer("musterstadt", 1), signer("nachbarstadt", 2)
KEYS = [OURS.verifier, THEIRS.verifier]


def test_towns_that_are_too_small_alone_pass_together() -> None:
    asked = plan()
    parts = [drawn(350, ai=0.04, people=0.12, seed=seed) for seed in (1, 2, 3)]
    assert {evaluated(part).verdict for part in parts} == {Pruefergebnis.UNZUREICHEND}
    signers = [OURS, THEIRS, signer("dritte", 3)]
    files = [sign_result(who.name, asked, part, who) for who, part in zip(signers, parts, strict=True)]
    results = [open_result(asked, file, [who.verifier for who in signers]) for file in files]
    together = pool(results)
    assert together.cases == 1050
    assert sources(results) == (("musterstadt", 350), ("nachbarstadt", 350), ("dritte", 350))
    assert evaluated(together).verdict == Pruefergebnis.BESTANDEN


def test_pooling_is_counting_all_cases_at_once_whatever_groups_a_town_has() -> None:
    one, two = drawn(200, seed=1), drawn(300, seed=2)
    renamed = replace(two, labels=(("g1", "h"),))
    together = pool([TownResult("a", "x", one), TownResult("b", "x", renamed)])
    assert together.labels == (("g0", "g1", "h"),)
    sizes = [int(together.counts[together.cells[:, 0] == number].sum()) for number in range(3)]
    first = [int(one.counts[one.cells[:, 0] == number].sum()) for number in range(2)]
    second = [int(two.counts[two.cells[:, 0] == number].sum()) for number in range(2)]
    assert sizes == [first[0], first[1] + second[0], second[1]]


def test_result_holds_counts_and_no_case() -> None:
    data = json.loads(sign_result("a", plan(), drawn(50), OURS))["ergebnis"]
    assert set(data) == {"art", "stelle", "plan", "merkmale", "zellen", "betraege", "gleiche_betraege", "befunde"}
    assert sum(int(row[-1]) for row in data["zellen"]) == 50


def test_changed_result_is_refused() -> None:
    outer = json.loads(sign_result("a", plan(), drawn(50), OURS))
    outer["ergebnis"]["zellen"][0][-1] = "9999"
    with pytest.raises(PoolingError, match="nach dem Unterschreiben verändert"):
        open_result(plan(), canonical(outer), KEYS)


def test_unknown_key_is_refused() -> None:
    file = sign_result("a", plan(), drawn(50), signer("fremd", 9))
    with pytest.raises(PoolingError, match="gehört zu keiner Stelle, der vertraut wird"):
        open_result(plan(), file, KEYS)


def test_signature_of_another_kind_does_not_pass_as_a_result() -> None:
    outer = json.loads(sign_result("a", plan(), drawn(50), OURS))
    plain = OURS.private.sign(canonical(outer["ergebnis"]))
    outer["unterschrift"] = base64.b64encode(plain).decode()
    with pytest.raises(PoolingError, match="falsch"):
        open_result(plan(), canonical(outer), KEYS)


def test_other_plan_is_refused() -> None:
    file = sign_result("a", plan(), drawn(50), OURS)
    with pytest.raises(PoolingError, match="anderen Prüfplan"):
        open_result(plan(mindestzahl=31), file, KEYS)
    with pytest.raises(PoolingError, match="verschiedenen Prüfplänen"):
        pool([TownResult("a", "x", drawn(50)), TownResult("b", "y", drawn(50))])


def test_same_town_or_key_twice_is_refused() -> None:
    for first, second in ((("a", "k"), ("a", "l")), (("a", "k"), ("b", "k"))):
        with pytest.raises(PoolingError, match="kommt zweimal vor"):
            pool([TownResult(town, "x", drawn(50), key) for town, key in (first, second)])


@pytest.mark.parametrize(
    "broken",
    [
        {"zellen": [["5", "1", "1", "1", "1", "1", "1", "1", "1", "3"]]},  # a group that is none
        {"zellen": [["0", "1", "1", "1", "1", "2", "1", "1", "1", "3"]]},  # a decision that is none
        {"zellen": [["0", "1", "1", "1", "1", "1", "1", "1", "1", "-3"]]},
        {"zellen": [["0", "1"]]},
        {"merkmale": []},
        {"betraege": [["1", "nan", "0", "0", "0"]]},
        {"befunde": [["x"]]},
    ],
)
def test_signed_nonsense_is_refused(broken: dict[str, object]) -> None:
    outer = json.loads(sign_result("a", plan(), drawn(50), OURS))
    data = {**outer["ergebnis"], **broken}
    message = f"leitplanke-pruefergebnis-1\n{canonical(data).decode()}".encode()
    outer |= {"ergebnis": data, "unterschrift": base64.b64encode(OURS.private.sign(message)).decode()}
    with pytest.raises(PoolingError, match="unvollständig oder passt nicht"):
        open_result(plan(), canonical(outer), KEYS)


@pytest.mark.parametrize(
    "file", [b"", b"[]", b"{}", b"\xff", b'{"ergebnis": 1, "schluessel": "x", "unterschrift": ""}']
)
def test_other_files_are_refused(file: bytes) -> None:
    with pytest.raises(PoolingError):
        open_result(plan(), file, KEYS)


def test_evaluation_from_a_signed_file_is_the_same() -> None:
    found = drawn(300, seed=4)
    opened = open_result(plan(), sign_result("a", plan(), found, OURS), KEYS)
    assert opened.plan == plan_hash(plan())
    assert np.array_equal(opened.found.cells, found.cells)
    assert evaluated(opened.found) == evaluated(found)
    assert evaluated(pool([opened])).day == DAY
