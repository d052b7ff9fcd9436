"""What a call of a language model costs in energy: always a range, with the method that gave it."""

from leitplanke.core.energy.estimating import (
    Energy,
    Estimate,
    Method,
    estimator,
    forecast,
    measurer,
    seconds_of,
)
from leitplanke.core.energy.grid import GridFactor, UnknownGridError, factors, grid, latest
from leitplanke.core.energy.parameters import Parameters
from leitplanke.core.energy.saying import (
    METHOD_WORDS,
    PART_WORDS,
    UNMETERED_WORDS,
    Part,
    in_words,
    including,
    not_including,
    rounded,
)
from leitplanke.core.energy.sharing import DAYS_A_MONTH, Sharing, sharing

__all__ = [
    "DAYS_A_MONTH",
    "METHOD_WORDS",
    "PART_WORDS",
    "UNMETERED_WORDS",
    "Energy",
    "Estimate",
    "GridFactor",
    "Method",
    "Parameters",
    "Part",
    "Sharing",
    "UnknownGridError",
    "estimator",
    "factors",
    "forecast",
    "grid",
    "in_words",
    "including",
    "latest",
    "measurer",
    "not_including",
    "rounded",
    "seconds_of",
    "sharing",
]
