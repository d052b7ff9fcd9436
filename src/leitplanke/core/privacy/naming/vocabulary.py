"""Words and bounds by which names are read."""

from __future__ import annotations

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    COMMON,
    COMPANY,
    FIELD,
    GREETING,
    LEGAL_FORM,
    PLACE,
    ROLE,
    SALUTE,
    TITLE,
)
from leitplanke.core.privacy.tokens import PARTICLES

TITLES_FIRST = frozenset(word_lists("regeln")["titles_first"])
WITH_COLON = frozenset(word_lists("regeln")["with_colon"])
ARTICLES = frozenset(word_lists("regeln")["articles"])
VIETNAMESE = frozenset(word_lists("regeln")["vietnamese"])
# Endings that make a noun of a word even beside a first name.
HARD_NOUNS = word_lists("regeln")["hard_nouns"]
SHORT_GREETINGS = frozenset({"vg", "lg", "bg"})
INTRODUCING = frozenset({"heisse", "heisst", "heissen", "namens", "hiess", "geheissen"})
WORDS = COMMON | ROLE | PLACE | COMPANY | FIELD | SALUTE | TITLE | GREETING | LEGAL_FORM | BEFORE_PLACE
# Before a name that stands alone there is a word like these, or the sentence begins and a verb follows.
INTO_NAME = frozenset(word_lists("regeln")["into_name"])
LEFT_PARTICLES = frozenset(word_lists("regeln")["left_particles"])
BEFORE_SMALL = frozenset(word_lists("regeln")["before_small"])
CAPITAL_PARTICLES = frozenset(word_lists("regeln")["capital_particles"])
ANIMALS = frozenset(word_lists("regeln")["animals"])
THINGS = word_lists("regeln")["things"]
LEADING = frozenset(word_lists("regeln")["leading"])
# Particles with which a name may begin: `El Amrani`, `Di Nardo`, not `Der Betreiber`.
CAPITAL_NAMES = PARTICLES - {"der", "des", "den", "das", "do", "e", "und", "zum", "zur", "vom", "y"}
NOBLE = frozenset(word_lists("regeln")["noble"])
NO_VERBS = frozenset(word_lists("regeln")["no_verbs"])
PERSON_VERBS = frozenset(word_lists("regeln")["person_verbs"])
CASES = frozenset(word_lists("regeln")["cases"])
QUOTES = frozenset("\"„“”‚‘'»«")
LIKE_A_PAIR = 0.2
LIKE_FIRST = 0.3
LIKE_A_PART = -0.6
LIKE_ONE = 0.75
LIKE_SECOND = 0.0
LIKE_BEHIND = -0.6
LIKE_AFTER_WORD = 0.5
LIKE_AFTER_COMMON = -1.0
LIKE_BESIDE_KNOWN = -1.1
# In small letters these are other words: Polish `pan`, `fr.` for Friday.
SALUTES_CAPITALISED = frozenset(
    {"dame", "herren", "geehrte", "geehrter", "pan", "pani", "miss", "ms", "mr", "fr", "hr", "fam"}
)
MOST_PARTS = 6
