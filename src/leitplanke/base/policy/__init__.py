"""Which guideline holds in a town, asked by everybody who takes a step that a clause may stop."""

from leitplanke.base.policy.active import Active, Stop, active, as_stop, decide, policy_of, profile_of, stop_of
from leitplanke.base.policy.asking import (
    OF_THE_HOUSE,
    SPEAKS_TO_NOBODY,
    Guidance,
    StepStoppedError,
    guidance,
    require_all,
    require_step,
    shown,
)
from leitplanke.base.policy.ports import Adopted, Readiness, UnboundPortError, bind, clause_address, readiness_of

__all__ = [
    "OF_THE_HOUSE",
    "SPEAKS_TO_NOBODY",
    "Active",
    "Adopted",
    "Guidance",
    "Readiness",
    "StepStoppedError",
    "Stop",
    "UnboundPortError",
    "active",
    "as_stop",
    "bind",
    "clause_address",
    "decide",
    "guidance",
    "policy_of",
    "profile_of",
    "readiness_of",
    "require_all",
    "require_step",
    "shown",
    "stop_of",
]
