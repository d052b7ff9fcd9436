"""Guideline clauses as controls: over typed facts of a model call or workflow step, with proof."""

from leitplanke.core.policy.cases import CaseResult, run_cases
from leitplanke.core.policy.deciding import Policy, compile_profile
from leitplanke.core.policy.explaining import Explanation, explain
from leitplanke.core.policy.facts import FACTS, Fact, worst
from leitplanke.core.policy.model import (
    Applied,
    Case,
    Cell,
    Clause,
    DataClass,
    DataTable,
    Decision,
    Effect,
    ModelClass,
    Profile,
    ProfileError,
    worse,
)
from leitplanke.core.policy.reading import load_profile, profile_from_text
from leitplanke.core.policy.simulating import Change, Ruling, Simulation, against, counted, simulate

__all__ = [
    "FACTS",
    "Applied",
    "Case",
    "CaseResult",
    "Cell",
    "Change",
    "Clause",
    "DataClass",
    "DataTable",
    "Decision",
    "Effect",
    "Explanation",
    "Fact",
    "ModelClass",
    "Policy",
    "Profile",
    "ProfileError",
    "Ruling",
    "Simulation",
    "against",
    "compile_profile",
    "counted",
    "explain",
    "load_profile",
    "profile_from_text",
    "run_cases",
    "simulate",
    "worse",
    "worst",
]
