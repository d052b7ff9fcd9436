"""What the crash test starts and kills: `write`, `sequence` and `check`, each with the Mandant's short name."""

from __future__ import annotations

import json
import sys
from itertools import count

import django

django.setup()

from django.db import transaction  # noqa: E402 - needs Django

from leitplanke.base.accounts.models import Mandant, Organisationseinheit  # noqa: E402
from leitplanke.base.evidence.codes import REGISTRY, EvidenceCode  # noqa: E402
from leitplanke.base.evidence.models import Leaf, PendingLeaf  # noqa: E402
from leitplanke.base.evidence.sequencer import sequence_pending  # noqa: E402
from leitplanke.base.evidence.services import record  # noqa: E402
from leitplanke.base.evidence.verification import verify  # noqa: E402


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def write(mandant: Mandant) -> None:
    """Change something with its evidence, for ever; say so only after the commit."""
    for number in count(Organisationseinheit.objects.for_mandant(mandant).count()):
        with transaction.atomic():
            unit = Organisationseinheit.objects.create(mandant=mandant, kuerzel=f"amt-{number}", name="Amt")
            leaf = record("crash.made", mandant=mandant, subject=unit, personal={"name": str(number)})
        say(f"{unit.pk} {leaf.public_id}")


def sequence(mandant: Mandant) -> None:
    while True:
        say(str(sequence_pending(mandant, batch=7, checkpoint_seconds=0).size))


def check(mandant: Mandant) -> None:
    """Go on after the crash, then tell what is there."""
    sequence_pending(mandant, checkpoint_seconds=0)
    report = verify(mandant)
    leaves = Leaf.objects.for_mandant(mandant).filter(code="crash.made").values_list("subject_id", "public_id")
    say(
        json.dumps(
            {
                "finding": report.finding and report.finding.message,
                "entries": report.entries,
                "signed": report.signed,
                "leaves": sorted(f"{unit} {public_id}" for unit, public_id in leaves),
                "units": Organisationseinheit.objects.for_mandant(mandant).filter(name="Amt").count(),
                "all": Leaf.objects.for_mandant(mandant).count(),
                "pending": PendingLeaf.objects.for_mandant(mandant).count(),
            }
        )
    )


if __name__ == "__main__":
    with REGISTRY.extended([EvidenceCode("crash.made", "Absturzprobe", (), ("name",))]):
        {"write": write, "sequence": sequence, "check": check}[sys.argv[1]](Mandant.objects.get(kurz=sys.argv[2]))
