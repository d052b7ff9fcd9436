"""Time limits of reports on a system, from `content/register/meldungen.yaml`: what we promise, what the law demands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

from leitplanke.core.rules.model import Words

# A class that is not known yet may still turn out to be high: until then the duty holds.
MAYBE_HIGH = frozenset({"", "high", "undetermined", "prohibited"})


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a serious incident led to, and within how many days the authority must know.

    Attributes:
        days: 0 where the law demands no report.
        checked: whether somebody compared it with the text of the law.
    """

    name: str
    days: int
    norm: str
    checked: bool
    titel: Words


@dataclass(frozen=True, slots=True)
class Limits:
    """All time limits.

    Attributes:
        answer_days: within which whoever reports gets an answer.
        remind_days: so long before its end people are reminded.
        count_days: so far back incidents count for the threshold.
        note: whom to tell first, and on what that stands.
    """

    answer_days: int
    remind_days: int
    count_days: int
    consequences: tuple[Consequence, ...]
    note: Words
    note_norm: str
    note_checked: bool

    def consequence(self, name: str) -> Consequence | None:
        """Return a consequence by name, None where there is none."""
        return next((one for one in self.consequences if one.name == name), None)

    def answer_until(self, reported: date) -> date:
        """Return the last day for an answer."""
        return reported + timedelta(days=self.answer_days)

    def authority_until(self, name: str, klasse: str, known: date) -> date | None:
        """Return the last day on which the authority must know, None where the law demands no report.

        Args:
            name: of the consequence.
            klasse: of the system in law; Art. 73 is on high-risk systems.
            known: the day on which the office learnt of it.
        """
        found = self.consequence(name)
        if found is None or not found.days or klasse not in MAYBE_HIGH:
            return None
        return known + timedelta(days=found.days)


@cache
def limits() -> Limits:
    """Return the shipped time limits."""
    path = resources.files("leitplanke.content") / "register" / "meldungen.yaml"
    return read_limits(path.read_text("utf-8"))


def read_limits(text: str) -> Limits:
    """Read time limits from YAML that fits its schema."""
    data: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - text only
    note = data["hinweis"]
    return Limits(
        answer_days=int(data["antwort_tage"]),
        remind_days=int(data["erinnern_tage"]),
        count_days=int(data["zaehlen_tage"]),
        consequences=tuple(_consequence(row) for row in data["folgen"]),
        note=Words(**note["satz"]),
        note_norm=note["norm"],
        note_checked=note["stand"] == "geprueft",
    )


def _consequence(row: dict[str, Any]) -> Consequence:
    return Consequence(row["name"], int(row["tage"]), row["norm"], row["stand"] == "geprueft", Words(**row["titel"]))


def months_later(day: date, months: int) -> date:
    """Return the day that many months later; the last of the month where that month is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))
