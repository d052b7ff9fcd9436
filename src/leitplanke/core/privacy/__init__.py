"""Personal data in German texts: find it, so that others can replace it."""

from leitplanke.core.privacy.detecting import Detector, default_detector
from leitplanke.core.privacy.model import (
    CHECK_DIGIT_LABELS,
    AllowList,
    Category,
    Findings,
    Label,
    Recogniser,
    Signal,
    Span,
)

__all__ = [
    "CHECK_DIGIT_LABELS",
    "AllowList",
    "Category",
    "Detector",
    "Findings",
    "Label",
    "Recogniser",
    "Signal",
    "Span",
    "default_detector",
]
