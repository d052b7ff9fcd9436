"""What a page answers when a verb was tried: what went wrong in words, or the way to prove who one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.closing import ClosingError
from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.letters import LetterBlockedError
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.base.accounts.freshness import to_confirmation
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.policy import StepStoppedError, shown
from leitplanke.core.drafting.case import DraftError
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import ActError, NotFreshError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SAID = (OutdatedError, NotReadyError, ActError, DraftError, LetterBlockedError, ClosingError, RulesError)


class Tried:
    """How a try ended: `done`, or with a sentence for the person, or with a page to go to first."""

    def __init__(self, *, done: bool = False, first: HttpResponse | None = None) -> None:
        """Keep how it ended."""
        self.done = done
        self.first = first


def tried(request: HttpRequest, back: str, verb: Callable[[], object]) -> Tried:
    """Try a verb; whoever must prove who they are first comes `back` afterwards."""
    try:
        verb()
    except NotFreshError:
        return Tried(first=to_confirmation(request, back))
    except NotPermittedError as error:
        messages.error(request, error.reason or _("Dafür fehlt Ihnen die Berechtigung."))
    except StepStoppedError as error:
        messages.error(request, shown(error.stop))
    except SAID as error:
        messages.error(request, str(error))
    else:
        return Tried(done=True)
    return Tried()
