"""Settings from the environment, failing loudly: every variable is declared here once.

The reference `docs/reference/einstellungen.md` lists them; a test compares both.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MODES = ("demo", "production", "test")
TRUE = {"1", "ja", "true", "yes", "on"}
FALSE = {"", "0", "nein", "false", "no", "off"}

VARIABLES = {
    "LEITPLANKE_MODE": "Betriebsart: demo, production oder test",
    "LEITPLANKE_DATA": "Ordner für Datenbank, Dateien, Index und Schlüssel",
    "LEITPLANKE_DATABASE_URL": "Adresse der Datenbank; ohne Angabe SQLite im Datenordner",
    "LEITPLANKE_SECRET_KEY": "Geheimer Schlüssel für Sitzungen und Formulare (mindestens 50 Zeichen)",
    "LEITPLANKE_HOSTS": "Erlaubte Rechnernamen, durch Komma getrennt",
    "LEITPLANKE_FRESH_MINUTES": "Wie lange nach Passwort oder Schlüssel jemand entscheiden darf (Standard: 10)",
    "LEITPLANKE_HTTPS": "Ob die Anwendung hinter HTTPS läuft (Standard: ja im Betrieb)",
    "LEITPLANKE_SMTP_HOST": "Rechner für den Versand von E-Mails",
    "LEITPLANKE_SMTP_PORT": "Port des Mailrechners (Standard 587)",
    "LEITPLANKE_SMTP_USER": "Benutzername am Mailrechner",
    "LEITPLANKE_SMTP_PASSWORD": "Kennwort am Mailrechner",
    "LEITPLANKE_SMTP_TLS": "STARTTLS verwenden (Standard: ja)",
    "LEITPLANKE_MAIL_FROM": "Absenderadresse der E-Mails",
    "LEITPLANKE_NAMEN_HANTA": "Namen zusätzlich mit HanTa suchen, Zusatz „namen“ (Standard: nein)",
    "LEITPLANKE_BEDEUTUNGSSUCHE": "Auch nach Bedeutung suchen, nicht nur nach Wörtern (Standard: ja)",
    "LEITPLANKE_OFFLINE": "Keine Verbindung nach außen aufbauen, auch nicht zu Sprachmodellen (Standard: nein)",
    "LEITPLANKE_MODELLE_PRUEFEN": "Alle wie viele Sekunden gefragt wird, ob Modelle da sind (Standard: 60; 0: nie)",
    "LEITPLANKE_LOKALES_MODELL": "GGUF-Datei eines Sprachmodells, das auf diesem Rechner läuft (Standard: keine)",
    "LEITPLANKE_REGELWERKE": "Ordner mit eigenen Regelwerken; gleiche Namen ersetzen die mitgelieferten",
    "LEITPLANKE_OIDC_ISSUER": "Adresse des Anmeldedienstes (OpenID Connect)",
    "LEITPLANKE_OIDC_CLIENT_ID": "Kennung beim Anmeldedienst",
    "LEITPLANKE_OIDC_CLIENT_SECRET": "Geheimnis beim Anmeldedienst",
    "LEITPLANKE_OIDC_NAME": "Name des Anmeldedienstes auf der Anmeldeseite",
}


def text(name: str, default: str = "") -> str:
    """Return the value of a declared variable."""
    if name not in VARIABLES:
        raise ImproperlyConfigured(f"Die Einstellung {name} ist nicht in environment.py angemeldet.")
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no setting; anything else than a clear yes or no is an error."""
    value = text(name, "ja" if default else "nein").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} ist weder ja noch nein.")


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} ist keine ganze Zahl.") from None


def between(name: str, default: int, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    value = number(name, default)
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name}={value}: möglich ist {least} bis {most}.")
    return value


def contradict(name: str, said: bool, *others: str) -> None:  # noqa: FBT001
    """Stop where a setting that was `said` leaves no room for others that are set, too."""
    for other in others:
        if said and text(other):
            raise ImproperlyConfigured(f"{name} und {other} widersprechen sich: Nehmen Sie eine der beiden heraus.")


@dataclass(frozen=True)
class Paths:
    """Where an installation keeps its files."""

    data: Path

    @property
    def database(self) -> Path:
        """The SQLite file of the default database."""
        return self.data / "leitplanke.sqlite3"

    @property
    def media(self) -> Path:
        """Uploaded originals."""
        return self.data / "dateien"

    @property
    def index(self) -> Path:
        """Search indexes; can be rebuilt from the database at any time."""
        return self.data / "index"

    @property
    def simulations(self) -> Path:
        """Inputs and results of simulations by Mandant; deleted after some weeks, so not in backups."""
        return self.data / "simulationen"

    @property
    def keys(self) -> Path:
        """Private keys, readable by the running user only."""
        return self.data / "schluessel"

    @property
    def static(self) -> Path:
        """Collected static files."""
        return self.data / "static"


def mode() -> str:
    """Return the mode of operation.

    Raises:
        ImproperlyConfigured: the mode is none of `MODES`.
    """
    value = text("LEITPLANKE_MODE", "demo")
    if value not in MODES:
        raise ImproperlyConfigured(f"LEITPLANKE_MODE={value!r}: erlaubt sind {', '.join(MODES)}.")
    return value


def paths() -> Paths:
    """Return the folders of this installation (default: `var` in the working directory)."""
    return Paths(Path(text("LEITPLANKE_DATA", "var")).resolve())


def secret_key(running_mode: str, places: Paths) -> str:
    """Return the secret key; outside production one is made once and kept in the key folder.

    Raises:
        ImproperlyConfigured: production without a key of at least 50 characters.
    """
    key = text("LEITPLANKE_SECRET_KEY")
    if running_mode == "production":
        if len(key) < 50 or len(set(key)) < 10:
            raise ImproperlyConfigured(
                "LEITPLANKE_SECRET_KEY fehlt oder ist zu schwach (mindestens 50 zufällige Zeichen). "
                "Einen Vorschlag macht: leitplanke doctor --vorschlag-schluessel"
            )
        return key
    return key or _kept_key(places.keys / "django.key")


def _kept_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
    return file.read_text()
