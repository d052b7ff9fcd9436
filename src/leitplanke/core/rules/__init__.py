"""Rule sets as data: load, check, evaluate with proof and unknowns, simulate, explain."""

from leitplanke.core.rules.errors import FactError, Finding, FormulaError, RegelwerkError, RulesError
from leitplanke.core.rules.evaluating import Engine, Period, Result
from leitplanke.core.rules.loading import layers_of, load, load_texts
from leitplanke.core.rules.model import Regelwerk
from leitplanke.core.rules.proof import Step

__all__ = [
    "Engine",
    "FactError",
    "Finding",
    "FormulaError",
    "Period",
    "Regelwerk",
    "RegelwerkError",
    "Result",
    "RulesError",
    "Step",
    "layers_of",
    "load",
    "load_texts",
]  # fmt: skip
