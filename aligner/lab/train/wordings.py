"""Counts the wordings whose words good translations have near each other as well, beside their original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from aligner.checks.fluency._copied import EXACT, copies
from aligner.lab.datasets import corpora
from aligner.lab.datasets.garbled import read_passages
from aligner.model import LANGUAGES, OTHER, Language

SEEN = 2
"""Places in good translations from which a row is left to its pattern."""


def train(data: Path, out: Path, *, garbled: Path) -> dict[str, float]:
    """Write the rows that are left to their pattern to ``out/exact_wordings.tsv``; return how many there are.

    ``data`` has pairs of parliament, everyday sentences and news, ``garbled`` passages, of which the correct
    forms are read that have a source. The same pairs give identical bytes.
    """
    news = chain.from_iterable(corpora.news(data))
    pairs = [*corpora.europarl(data), *corpora.tatoeba(data), *news, *_correct_passages(garbled)]
    seen = Counter[tuple[Language, str]]()
    for pair in pairs:
        text = dict(zip(LANGUAGES, pair, strict=True))
        for language in LANGUAGES:
            for _, row in copies(text[language], language, text[OTHER[language]], counting=True):
                seen[language, row.pattern] += 1
    rows = sorted(row for row, times in seen.items() if times >= SEEN)
    lines = ["language\tpattern", *("\t".join(row) for row in rows)]
    (out / EXACT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"rows left to their pattern": float(len(rows)), "pairs read": float(len(pairs))}


def _correct_passages(garbled: Path) -> Iterator[corpora.Pair]:
    for language in LANGUAGES:
        for passage in read_passages(garbled, language):
            if passage.source and passage.split != "test":
                pair = passage.correct, passage.source
                yield pair if language == LANGUAGES[0] else pair[::-1]
