"""NVML: what graphics cards of NVIDIA draw, as their driver counts it (from the Volta generation on).

Needs `nvidia-ml-py` (extra `nvml`). All cards of the machine count.
"""

from __future__ import annotations

import importlib
from typing import Any

from leitplanke.base.llm.meters.base import CounterError

MILLI = 1000


class NvmlCounter:
    """All cards of this machine."""

    def __init__(self, library: Any = None) -> None:
        """Find the cards; `library` stands in for `pynvml` in tests.

        Raises:
            CounterError: library, driver, card or counter is missing.
        """
        self._nvml = library or _library()
        try:
            self._nvml.nvmlInit()
            count = self._nvml.nvmlDeviceGetCount()
            self._cards = [self._nvml.nvmlDeviceGetHandleByIndex(index) for index in range(count)]
        except self._nvml.NVMLError as error:
            raise CounterError(f"Der Treiber der Grafikkarte antwortet nicht: {error}.") from error
        if not self._cards:
            raise CounterError("In diesem Rechner ist keine Grafikkarte von NVIDIA.")
        self._last = 0.0
        self.joules()

    def joules(self) -> float:
        """Return what all cards together drew since their driver was loaded."""
        try:
            found: float = sum(self._nvml.nvmlDeviceGetTotalEnergyConsumption(card) for card in self._cards) / MILLI
        except self._nvml.NVMLError as error:
            raise CounterError(
                f"Eine Grafikkarte zählt ihre Energie nicht: {error}. "
                "Tragen Sie stattdessen die Leistung beim Modell ein."
            ) from error
        before, self._last = self._last, found
        if found < before:
            raise CounterError("Der Zähler der Grafikkarte hat neu begonnen, weil ihr Treiber neu geladen wurde.")
        return found


def _library() -> Any:
    try:
        return importlib.import_module("pynvml")
    except ImportError as error:
        raise CounterError(
            "Zum Messen der Grafikkarte fehlt das Paket nvidia-ml-py: pip install 'leitplanke[nvml]'."
        ) from error
