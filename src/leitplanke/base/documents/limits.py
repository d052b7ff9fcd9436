"""What a single file may cost us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

MAX_BYTES = 50 * 1024 * 1024
MAX_REQUEST_BYTES = 4 * MAX_BYTES  # several files at once
CPU_SECONDS = 60
WALL_SECONDS = 90
BELEG_WALL_SECONDS = 240  # text recognition takes seconds a page
MEMORY_BYTES = 2 * 1024**3
OUTPUT_BYTES = 256 * 1024 * 1024
OPEN_FILES = 64

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def restrict_process(
    *, cpu_seconds: int = CPU_SECONDS, memory_bytes: int = MEMORY_BYTES, output_bytes: int = OUTPUT_BYTES
) -> None:
    """Limit the calling process for good: processor time, memory, files, and no network where the system allows."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        _leave_network()
    with contextlib.suppress(OSError):
        os.nice(5)


def _leave_network() -> None:
    # An empty network namespace has no route anywhere. Systems without user namespaces refuse; the other limits hold.
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
