"""From a description to proposed facts: the first rule that holds gives the value, later ones are alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitplanke.core.aiact.vorschlag.loading import shipped_lexicon, shipped_matcher
from leitplanke.core.aiact.vorschlag.matching import Finding, Matcher
from leitplanke.core.aiact.vorschlag.model import (
    UNKNOWN,
    Basis,
    Condition,
    Lexicon,
    Passage,
    Proposal,
    Rule,
    Suggestion,
    Value,
)
from leitplanke.core.aiact.vorschlag.reading import Word, read_words

_Span = tuple[int, int]


def propose(text: str, lexicon: Lexicon | None = None) -> Proposal:
    """Propose facts from the free description of a system, each with the words it stands on.

    Nothing is taken for granted: a person confirms each of them. What neither words nor a stated presumption speak
    for is missing, which means unknown.
    """
    matcher = shipped_matcher() if lexicon is None else Matcher(lexicon)
    words = read_words(text)
    view = _View(text, words, matcher.find(words))
    rules = (lexicon or shipped_lexicon()).rules
    known: dict[str, Value] = {}
    held: dict[str, list[Rule]] = {}
    for rule in rules:
        if view.holds(rule, known):
            held.setdefault(rule.fact, []).append(rule)
            known.setdefault(rule.fact, rule.value)
    spans: dict[str, frozenset[_Span]] = {}
    for fact, rules_of_fact in held.items():
        spans[fact] = view.spans(rules_of_fact[0], spans)
    found = [view.suggestion(rules_of_fact, spans[fact]) for fact, rules_of_fact in held.items()]
    return Proposal(
        suggestions=tuple(each for each in found if each.value != UNKNOWN),
        open_questions=tuple(each for each in found if each.value == UNKNOWN),
    )


@dataclass(frozen=True, slots=True)
class _View:
    text: str
    words: Sequence[Word]
    found: Mapping[str, tuple[Finding, ...]]

    def holds(self, rule: Rule, known: Mapping[str, Value]) -> bool:
        return (
            all(self._met(each, known) for each in rule.every)
            and (not rule.some or any(self._met(each, known) for each in rule.some))
            and not any(self._met(each, known) for each in rule.none)
        )

    def _met(self, condition: Condition, known: Mapping[str, Value]) -> bool:
        if condition.about_fact:
            return known.get(condition.name) in condition.values
        return any(found.denied is condition.denied for found in self.found.get(condition.name, ()))

    def spans(self, rule: Rule, of_facts: Mapping[str, frozenset[_Span]]) -> frozenset[_Span]:
        """Return the places a rule stands on; where it asks for a fact, those of that fact."""
        if rule.basis is Basis.PRESUMPTION:
            return frozenset()
        spans: set[_Span] = set()
        for condition in (*rule.every, *rule.some):
            if condition.about_fact:
                spans |= of_facts.get(condition.name, frozenset())
                continue
            for found in self.found.get(condition.name, ()):
                if found.denied is condition.denied:
                    spans.add((self.words[found.first].start, self.words[found.last].end))
                    break
        return frozenset(spans)

    def suggestion(self, rules: Sequence[Rule], spans: frozenset[_Span]) -> Suggestion:
        """Return the first of the rules as a proposal, the values of the others as alternatives."""
        first = rules[0]
        others = (
            rule.value for rule in rules[1:] if rule.basis is Basis.TEXT and rule.value not in {first.value, UNKNOWN}
        )
        return Suggestion(
            fact=first.fact,
            value=first.value,
            confidence=first.confidence,
            basis=first.basis,
            passages=tuple(Passage(start, end, self.text[start:end]) for start, end in sorted(spans)),
            reason=first.reason,
            alternatives=tuple(dict.fromkeys(others)),
        )
