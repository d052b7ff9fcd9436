"""What holds today, for everybody who asks through `base.policy`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from leitplanke.apps.leitlinie.models import Leitlinienfassung
from leitplanke.apps.leitlinie.queries import in_force, profile_for
from leitplanke.base.policy import Adopted
from leitplanke.core.policy import Policy, compile_profile

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

MOST_TOWNS = 256


def adopted(mandant: Mandant) -> Adopted | None:
    """Return what a Mandant has adopted and what holds today; None where nothing is adopted."""
    version = in_force(mandant)
    if version is None or version.gilt_ab is None:
        return None
    # An adopted version is never changed: its hash names it.
    return Adopted(_compiled(version.pk, version.profil_sha256), str(version.nummer), version.gilt_ab)


@lru_cache(maxsize=MOST_TOWNS)
def _compiled(pk: int, _sha256: str) -> Policy:
    version = Leitlinienfassung.objects.unscoped("Die Fassung ist von ihrem Mandanten aus gefunden worden.").get(pk=pk)
    return compile_profile(profile_for(version))


def clause_address(number: str) -> str:
    """Return where a clause of the guideline that holds is read; "" for the guideline itself."""
    return reverse("leitlinie:regel", args=[number]) if number else reverse("leitlinie:oeffentlich")
