"""The evaluation as JSON, for machines and for comparing years."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from leitplanke.core.evaluation.plan import plan_data
from leitplanke.core.evaluation.results import Evaluation

FORMAT = "leitplanke-pruefbericht-1"


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """Return everything an evaluation says as plain data; what cannot be told is null."""
    data = {field.name: _plain(getattr(evaluation, field.name)) for field in fields(evaluation)}
    return {
        "format": FORMAT,
        **data,
        "plan": plan_data(evaluation.plan),
        "valid_until": evaluation.valid_until.isoformat(),
    }


def report_json(evaluation: Evaluation) -> str:
    """Return the same as text."""
    return json.dumps(evaluation_data(evaluation), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
