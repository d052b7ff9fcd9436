from __future__ import annotations

import pytest

from leitplanke.base.llm.transports import TransportError
from leitplanke.base.llm.transports.attempts import Breaker, Next, Step, after_failure


def fails(code: str, *, before: bool = True, retry_after: int = 0) -> TransportError:
    return TransportError(code, before_first_byte=before, retry_after=retry_after)


@pytest.mark.parametrize(
    ("error", "tries", "others", "step"),
    [
        (fails("modell_gestoert"), 1, True, Step(Next.OTHER)),
        (fails("modell_gestoert"), 1, False, Step(Next.GIVE_UP)),
        (fails("modell_gestoert", before=False), 1, True, Step(Next.GIVE_UP)),
        (fails("zeit_anfang"), 1, True, Step(Next.OTHER)),
        (fails("abgebrochen"), 1, False, Step(Next.AGAIN)),
        (fails("abgebrochen"), 2, True, Step(Next.OTHER)),
        (fails("abgebrochen", before=False), 1, True, Step(Next.GIVE_UP)),
        (fails("modell_ausgelastet", retry_after=2), 1, False, Step(Next.AGAIN, 2)),
        (fails("modell_ausgelastet", retry_after=2), 2, False, Step(Next.GIVE_UP)),
        (fails("modell_ausgelastet", retry_after=60), 1, False, Step(Next.GIVE_UP)),
        (fails("modell_ausgelastet", retry_after=2), 1, True, Step(Next.OTHER)),
        (fails("kontext_zu_klein"), 1, True, Step(Next.OTHER)),
        (fails("modell_versteht_nicht"), 1, True, Step(Next.GIVE_UP)),
        (fails("adresse_gesperrt"), 1, True, Step(Next.OTHER)),
    ],
)
def test_what_follows_a_failure(error: TransportError, tries: int, others: bool, step: Step) -> None:
    assert after_failure(error, tries=tries, others=others) == step


def test_an_ailing_model_is_left_alone_and_tried_once() -> None:
    breaker = Breaker(limit=2, pause=30)
    breaker = breaker.failed("modell_gestoert", now=0)
    assert breaker.permits(0)
    breaker = breaker.failed("zeit_anfang", now=1)
    assert not breaker.permits(30.9)
    assert breaker.permits(31)
    breaker = breaker.begun(31)
    assert not breaker.permits(32)
    assert not breaker.failed("modell_gestoert", now=33).permits(62.9)
    assert breaker.failed("modell_gestoert", now=33).permits(63)
    assert breaker.succeeded() == Breaker(limit=2, pause=30)


def test_a_trial_that_never_ends_does_not_lock_a_model_out_for_good() -> None:
    breaker = Breaker(limit=1, pause=30).failed("tls", now=0).begun(30)
    assert not breaker.permits(59.9)
    assert breaker.permits(60)


def test_what_is_wrong_with_a_call_says_nothing_about_the_model() -> None:
    breaker = Breaker(limit=1)
    assert breaker.failed("kontext_zu_klein", now=0) == breaker
    assert Breaker(limit=2).failed("tls", 0).succeeded().failed("tls", 1).permits(1)
