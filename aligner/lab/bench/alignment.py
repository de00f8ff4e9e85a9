"""Sentence alignment against gold beads: strict, lax and one-sided F1, speed and memory.

Strict and lax are those of vecalign's scorer (after Sennrich & Volk 2011): a bead is a strict hit
when the gold holds the same bead, a lax hit when it shares a segment of each side with one; beads
with an empty side count for precision and not for recall. One-sided F1 looks only at segments
without counterpart, each counted by itself.
"""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle, islice
from pathlib import Path
from typing import Any

from aligner.alignment.align import align_documents
from aligner.encoders.protocol import Encoder
from aligner.model import Document, DocumentPair, InputError, Language, Segment
from aligner.readers.articles import read_presegmented

Bead = tuple[tuple[int, ...], tuple[int, ...]]

SIZES = (1_250, 5_000, 20_000)
"""Sentence pairs in one text, for measuring how time grows."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of presegmented texts and its gold beads (0-based line numbers)."""

    fr: Document
    en: Document
    gold: tuple[Bead, ...]


def load_cases(folder: Path) -> list[Case]:
    """Load every folder under ``folder`` with fr.txt, en.txt and gold.tsv.

    Raises InputError if there is none.
    """
    cases = [
        Case(
            read_presegmented(str(gold.with_name("fr.txt")), "fr"),
            read_presegmented(str(gold.with_name("en.txt")), "en"),
            tuple(read_beads(gold)),
        )
        for gold in sorted(folder.rglob("gold.tsv"))
        if gold.with_name("fr.txt").is_file() and gold.with_name("en.txt").is_file()
    ]
    if not cases:
        raise InputError(f"{folder}: no folder with fr.txt, en.txt and gold.tsv; name one with --data")
    return cases


def read_beads(path: Path) -> list[Bead]:
    """Read beads from a TSV file: French line numbers, TAB, English ones.

    Raises InputError for a bad line.
    """
    beads: list[Bead] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        try:
            left, right = (tuple(map(int, field.split())) for field in fields[:2])
        except ValueError:
            raise InputError(f"{path}:{number}: expected line numbers, TAB, line numbers") from None
        beads.append((left, right))
    return beads


def rates(gold: Sequence[Sequence[Bead]], proposed: Sequence[Sequence[Bead]]) -> dict[str, float]:
    """Return strict, lax and one-sided F1 over several texts, micro-averaged."""
    strict, lax, one_sided = _Counts(), _Counts(), _Counts()
    for truth, answer in zip(gold, proposed, strict=True):
        gold_beads, predicted = set(truth), set(answer)
        linked, predicted_linked = _linked_segments(gold_beads), _linked_segments(predicted)
        two_sided = [bead for bead in gold_beads if bead[0] and bead[1]]
        strict.add(
            len(gold_beads & predicted),
            len(predicted),
            sum(bead in predicted for bead in two_sided),
            len(two_sided),
        )
        lax.add(
            sum(bead in gold_beads or _touches(bead, linked) for bead in predicted),
            len(predicted),
            sum(bead in predicted or _touches(bead, predicted_linked) for bead in two_sided),
            len(two_sided),
        )
        lone, lone_predicted = _lone(gold_beads), _lone(predicted)
        hits = len(lone & lone_predicted)
        one_sided.add(hits, len(lone_predicted), hits, len(lone))
    return {"strict_f1": strict.f1, "lax_f1": lax.f1, "one_sided_f1": one_sided.f1}


@dataclass(slots=True)
class _Counts:
    hits: int = 0
    predicted: int = 0
    recalled: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, recalled: int, gold: int) -> None:
        self.hits, self.predicted = self.hits + hits, self.predicted + predicted
        self.recalled, self.gold = self.recalled + recalled, self.gold + gold

    @property
    def f1(self) -> float:
        precision = self.hits / self.predicted if self.predicted else 0.0
        recall = self.recalled / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _linked_segments(beads: set[Bead]) -> set[tuple[int, int]]:
    return {(i, j) for left, right in beads for i in left for j in right}


def _touches(bead: Bead, linked: set[tuple[int, int]]) -> bool:
    return any((i, j) in linked for i in bead[0] for j in bead[1])


def _lone(beads: set[Bead]) -> set[tuple[str, int]]:
    lone = {("fr", i) for left, right in beads if not right for i in left}
    return lone | {("en", j) for left, right in beads if not left for j in right}


def with_encoder(encoder: Encoder) -> Callable[[Case], list[Bead]]:
    """Return our own aligner, from text to beads."""

    def align(case: Case) -> list[Bead]:
        pair = DocumentPair(case.fr, case.en, 1.0, 1.0, "translation", 1)
        beads: list[Bead] = []
        i = j = 0
        for bead in align_documents(pair, encoder).beads:
            beads.append((tuple(range(i, i + len(bead.fr))), tuple(range(j, j + len(bead.en)))))
            i, j = i + len(bead.fr), j + len(bead.en)
        return beads

    return align


def gale_church(case: Case) -> list[Bead]:
    """Align by sentence length alone (Gale & Church 1993), with nltk: the baseline."""
    from nltk.translate import gale_church as nltk_gale_church

    fr = [max(1, len(segment.text)) for segment in case.fr.segments]
    en = [max(1, len(segment.text)) for segment in case.en.segments]
    # nltk gives 1-1 links; links that share a segment are one bead, and what has no link is alone.
    links = nltk_gale_church.align_blocks(fr, en)
    return _beads_of_links(links, len(fr), len(en))


def _beads_of_links(links: Sequence[tuple[int, int]], n: int, m: int) -> list[Bead]:
    beads: list[Bead] = []
    for i, j in sorted(links):
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            left, right = beads[-1]
            beads[-1] = (tuple(sorted({*left, i})), tuple(sorted({*right, j})))
        else:
            beads.append(((i,), (j,)))
    seen_fr = {i for left, _ in beads for i in left}
    seen_en = {j for _, right in beads for j in right}
    beads.extend(((i,), ()) for i in range(n) if i not in seen_fr)
    beads.extend(((), (j,)) for j in range(m) if j not in seen_en)
    return beads


def joined(cases: Sequence[Case], pairs: int) -> Case:
    """Join texts to one with so many sentences on either side, from the first again after the last."""
    fr, en = _sides(cases)
    return Case(_text("fr", fr, pairs), _text("en", en, pairs), ())


def _sides(cases: Sequence[Case]) -> tuple[list[Document], list[Document]]:
    return [case.fr for case in cases], [case.en for case in cases]


def _text(language: Language, documents: Sequence[Document], count: int) -> Document:
    sentences = [segment.text for document in documents for segment in document.segments]
    lines = list(islice(cycle(sentences), count))
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    segments = tuple(
        Segment(line, start, start + len(line), number, "body", language)
        for number, (line, start) in enumerate(zip(lines, starts, strict=False))
    )
    return Document(language, language, "\n".join(lines), segments)


def growth(
    cases: Sequence[Case], align: Callable[[Case], list[Bead]], sizes: Sequence[int] = SIZES
) -> list[dict[str, Any]]:
    """Return seconds, pairs a second and the exponent since the first size, for each size of one text.

    Texts that have less than the first size are too few: nothing is measured.
    """
    if min(sum(len(side.segments) for side in sides) for sides in _sides(cases)) < sizes[0]:
        return []
    align(joined(cases, 1))  # what is loaded once is not counted
    rows: list[dict[str, Any]] = []
    for size in sizes:
        case = joined(cases, size)
        start = time.process_time()
        align(case)
        seconds = max(time.process_time() - start, 1e-9)
        exponent = math.log(seconds / rows[0]["cpu_seconds"]) / math.log(size / sizes[0]) if rows else None
        rows.append(
            {
                "pairs_in_one_text": size,
                "cpu_seconds": seconds,
                "pairs_per_cpu_second": round(size / seconds),
                "exponent": exponent,
            }
        )
    return rows


def measure(name: str, cases: Sequence[Case], align: Callable[[Case], list[Bead]]) -> dict[str, Any]:
    """Return one row: F1 of each kind, sentence pairs per CPU second, peak memory of the process in MB."""
    start = time.process_time()
    proposed = [align(case) for case in cases]
    seconds = time.process_time() - start
    sentences = sum(len(case.fr.segments) + len(case.en.segments) for case in cases)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "aligner": name,
        "texts": len(cases),
        **rates([case.gold for case in cases], proposed),
        "pairs_per_cpu_second": round(sentences / 2 / max(seconds, 1e-9)),
        "peak_mb": round(peak),
    }
