"""Loaded by every Python process of a guarded run: writes down each attempt to reach something beyond this machine."""

import os
import sys

LOG = os.environ.get("EGRESS_LOG", "")
LOCAL = {"127.0.0.1", "::1", "localhost", "", None}
NAME_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def target_of(event: str, arguments: tuple[object, ...]) -> object:
    """Return whom an event of the interpreter wants to reach; None where it is nobody."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        return address[0] if isinstance(address, tuple) else None  # local sockets are addressed by a path
    return arguments[0] if event in NAME_LOOKUPS else None


def watch(event: str, arguments: tuple[object, ...]) -> None:
    target = target_of(event, arguments)
    if target not in LOCAL:
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - nothing is imported before the hook
            log.write(f"{event} {target!r} in {sys.argv}\n")


if LOG:
    sys.addaudithook(watch)
