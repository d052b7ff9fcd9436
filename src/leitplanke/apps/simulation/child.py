"""The limited process that reckons one simulation: `python -m leitplanke.apps.simulation.child < order > answer`.

The order is a line of JSON followed by the pickled Regelwerk, both from our own worker; the answer is lines of JSON:
`done` and `total` while it works, at the end `finished` or an `error`. The process never imports Django and sees no
environment of ours; what it reads of the uploaded tables it cannot send anywhere.
"""

from __future__ import annotations

import json
import pickle
import sys
import traceback
from pathlib import Path
from typing import Any

from leitplanke.base.documents.limits import restrict_process

CPU_SECONDS = 900
MEMORY_BYTES = 6 * 1024**3
OUTPUT_BYTES = 1024**3


def tell(**values: Any) -> None:
    """Send one line."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def carry_out(order: dict[str, Any], regelwerk: bytes) -> None:
    """Reckon and say how it went."""
    # After the limits hold: numpy and polars start threads, and with threads a process cannot leave the network.
    from leitplanke.apps.simulation.computing import compute  # noqa: PLC0415
    from leitplanke.apps.simulation.plan import Plan  # noqa: PLC0415
    from leitplanke.core.rules import RulesError  # noqa: PLC0415

    rules = pickle.loads(regelwerk)  # noqa: S301 - our own worker wrote it
    try:
        compute(
            Plan.from_json(order["plan"]),
            rules,
            Path(order["source"]),
            Path(order["target"]),
            lambda done, total: tell(done=done, total=total),
        )
    except RulesError as error:
        tell(error=str(error))
    else:
        tell(finished=True)


def main() -> None:
    """Take the order, work within limits, answer."""
    order = json.loads(sys.stdin.buffer.readline())
    regelwerk = sys.stdin.buffer.read()
    restrict_process(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES, output_bytes=OUTPUT_BYTES)
    try:
        carry_out(order, regelwerk)
    except MemoryError:
        tell(error="Diese Simulation braucht zu viel Speicher. Bitte rechnen Sie mit weniger Fällen oder Werten.")
    except Exception as error:  # noqa: BLE001 - what went wrong is told without what stands in the table
        last = traceback.extract_tb(error.__traceback__)[-1]
        tell(crash=f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}")


if __name__ == "__main__":
    main()
