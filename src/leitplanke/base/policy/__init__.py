"""Which guideline holds in a town, asked by everybody who takes a step that a clause may stop."""

from leitplanke.base.policy.active import Active, Stop, active, decide, policy_of, profile_of, stop_of
from leitplanke.base.policy.ports import Adopted, Readiness, UnboundPortError, bind, clause_address, readiness_of

__all__ = [
    "Active",
    "Adopted",
    "Readiness",
    "Stop",
    "UnboundPortError",
    "active",
    "bind",
    "clause_address",
    "decide",
    "policy_of",
    "profile_of",
    "readiness_of",
    "stop_of",
]
