"""What a call of a language model costs in energy: always a range, with the method that gave it."""

from leitplanke.core.energy.estimating import Energy, Method, Parameters, estimator
from leitplanke.core.energy.grid import GridFactor, factors, latest
from leitplanke.core.energy.sharing import Sharing, sharing

__all__ = ["Energy", "GridFactor", "Method", "Parameters", "Sharing", "estimator", "factors", "latest", "sharing"]
