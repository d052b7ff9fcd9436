"""Where calls may go: scheme, host and port of what an admin registered."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from leitplanke.base.outbound.errors import OutboundError

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
# The last label begins with a letter: `0x7f.1` and `2130706433` are addresses in disguise.
_HOST = re.compile(rf"(?:{_LABEL}\.)*[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True, slots=True)
class Destination:
    """A place outside of this process.

    Attributes:
        path: in front of every path, without a slash at its end.
        local: an admin registered it as an inner one; only such may have an inner address, and only such may do
            without TLS.
    """

    scheme: str
    host: str
    port: int
    path: str
    local: bool

    @property
    def plain(self) -> bool:
        """Return whether there is no TLS."""
        return self.scheme == "http"

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}{path}"


def destination(address: str, *, local: bool) -> Destination:
    """Read an address.

    Raises:
        OutboundError: it is none that we would ever call.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise OutboundError("adresse_ungueltig") from None
    host = (parts.hostname or "").removesuffix(".")
    strange = parts.username is not None or parts.password is not None or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or strange or not _PATH.fullmatch(parts.path) or "\\" in address:
        raise OutboundError("adresse_ungueltig")
    if parts.scheme == "http" and not local:
        raise OutboundError("adresse_gesperrt")
    if not _is_address(host) and not _HOST.fullmatch(host):
        raise OutboundError("adresse_ungueltig")
    port = port or (443 if parts.scheme == "https" else 80)
    return Destination(parts.scheme, host, port, parts.path.rstrip("/"), local)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
