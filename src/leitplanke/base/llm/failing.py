"""What people are told where a model gave no answer, and whether asking again may help."""

from __future__ import annotations

from leitplanke.base.llm.calls import Refusal
from leitplanke.base.llm.local import SENTENCES as LOCAL

RETRY_SECONDS = 30
UNREACHABLE = "Das Modell antwortet gerade nicht. Bitte versuchen Sie es in einer Minute erneut."
_SLOW = "Das Modell hat zu lange gebraucht. Bitte versuchen Sie es in einer Minute erneut, oder kürzen Sie die Anfrage."
_BUSY = "Das Modell hat gerade zu viel zu tun. Bitte versuchen Sie es in einer Minute erneut."
_UNREADABLE = "Das Modell hat nichts Lesbares geantwortet. Bitte versuchen Sie es erneut."
_WRONG = "Das Modell nimmt diese Anfrage nicht an. Bitte ändern Sie sie, oder wählen Sie ein anderes Modell."
_LONG = "Die Anfrage ist länger, als das Modell lesen kann. Bitte kürzen Sie sie, oder wählen Sie ein größeres Modell."
_CLOSED = "Zu diesem Modell ist keine Verbindung erlaubt. Bitte fragen Sie die IT."
_SET_UP = "Der Zugang zu diesem Modell ist nicht richtig eingerichtet. Bitte fragen Sie die IT."
_SPENT = "Das Kontingent beim Anbieter dieses Modells ist verbraucht. Bitte fragen Sie die IT."
# Code of a transport or service: sentence, HTTP status, seconds after which asking again may help (0: it does not).
_FAILURES = {
    "unerreichbar": (UNREACHABLE, 502, RETRY_SECONDS),
    "abgebrochen": (UNREACHABLE, 502, RETRY_SECONDS),
    "modell_gestoert": (UNREACHABLE, 502, RETRY_SECONDS),
    "modell_ausgelastet": (_BUSY, 503, RETRY_SECONDS),
    "zeit_anfang": (_SLOW, 504, RETRY_SECONDS),
    "zeit_gesamt": (_SLOW, 504, RETRY_SECONDS),
    "antwort_unlesbar": (_UNREADABLE, 502, RETRY_SECONDS),
    "antwort_zu_gross": (_UNREADABLE, 502, RETRY_SECONDS),
    "modell_versteht_nicht": (_WRONG, 422, 0),
    "kontext_zu_klein": (_LONG, 413, 0),
    "modell_zugang_falsch": (_SET_UP, 502, 0),
    "modell_unbekannt": (_SET_UP, 502, 0),
    "umleitung": (_SET_UP, 502, 0),
    "tls": (_SET_UP, 502, 0),
    "modell_kontingent_leer": (_SPENT, 502, 0),
    **dict.fromkeys(("adresse_gesperrt", "adresse_ungueltig", "nicht_freigegeben", "offline"), (_CLOSED, 502, 0)),
    **{code: (sentence, 502, 0) for code, sentence in LOCAL.items()},
}


def failure(code: str, call_id: str, otherwise: str = UNREACHABLE) -> Refusal:
    """Return what is said of a failure; `otherwise` for a code that says nothing more."""
    sentence, status, wait = _FAILURES.get(code, (otherwise, 502, RETRY_SECONDS))
    return Refusal(code, sentence, status, retry_after=wait, call_id=call_id)
