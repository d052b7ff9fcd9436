"""Personal data in German texts: find it, replace it by placeholders, put it back."""

from leitplanke.core.privacy.declaring import (
    Caution,
    Objection,
    PublicKind,
    cautions_for,
    key_of,
    objection_to,
    plain_value,
)
from leitplanke.core.privacy.detecting import Detector, default_detector
from leitplanke.core.privacy.encoded import look_behind
from leitplanke.core.privacy.identifiers import find_in_identifier, find_with_cue
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
from leitplanke.core.privacy.placeholders import Edit, Restored, apply_edits
from leitplanke.core.privacy.pseudonyms import Pseudonyms, pseudonymise_slots
from leitplanke.core.privacy.restoring import StreamRestorer, restore_text
from leitplanke.core.privacy.slots import Slot, find_in_slots, known_name

__all__ = [
    "CHECK_DIGIT_LABELS",
    "AllowList",
    "Category",
    "Caution",
    "Detector",
    "Edit",
    "Findings",
    "Label",
    "Objection",
    "Pseudonyms",
    "PublicKind",
    "Recogniser",
    "Restored",
    "Signal",
    "Slot",
    "Span",
    "StreamRestorer",
    "apply_edits",
    "cautions_for",
    "default_detector",
    "find_in_identifier",
    "find_in_slots",
    "find_with_cue",
    "key_of",
    "known_name",
    "look_behind",
    "objection_to",
    "plain_value",
    "pseudonymise_slots",
    "restore_text",
]
