"""Is an AI good enough compared with people? Plan, decisions, statistics, verdict, pooling, report.

    plan = read_plan(text)
    decisions = read_decisions(plan, data, salt)
    evaluation = evaluate(plan, tally(plan, decisions), day=day)

No clock, no randomness, no network: day, salt, seed and keys are passed in.
"""

from leitplanke.core.evaluation.chart import ChartPoint, ControlChart, Overrides, control_chart
from leitplanke.core.evaluation.decisions import Decisions
from leitplanke.core.evaluation.decisions_reading import decisions_from_rows, read_decisions
from leitplanke.core.evaluation.errors import DecisionsError, EvaluationError, PlanError, PoolingError
from leitplanke.core.evaluation.evaluating import evaluate, seed_of
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.intervals import Estimate
from leitplanke.core.evaluation.plan import Pruefplan, plan_data, plan_hash
from leitplanke.core.evaluation.plan_reading import read_plan
from leitplanke.core.evaluation.planning import needed_cases, plan_findings
from leitplanke.core.evaluation.pooling import TownResult, open_result, pool, sign_result, sources
from leitplanke.core.evaluation.power import Needed, cases_for_margin, cases_for_severe
from leitplanke.core.evaluation.results import Criterion, Evaluation, Pruefergebnis
from leitplanke.core.evaluation.tally import Tally, tally

__all__ = [
    "ChartPoint",
    "ControlChart",
    "Criterion",
    "Decisions",
    "DecisionsError",
    "Estimate",
    "Evaluation",
    "EvaluationError",
    "Finding",
    "Needed",
    "Overrides",
    "PlanError",
    "PoolingError",
    "Pruefergebnis",
    "Pruefplan",
    "Tally",
    "TownResult",
    "cases_for_margin",
    "cases_for_severe",
    "control_chart",
    "decisions_from_rows",
    "evaluate",
    "needed_cases",
    "open_result",
    "plan_data",
    "plan_findings",
    "plan_hash",
    "pool",
    "read_decisions",
    "read_plan",
    "seed_of",
    "sign_result",
    "sources",
    "tally",
]
