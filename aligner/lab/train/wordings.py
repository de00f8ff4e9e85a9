"""Counts wordings in good texts: those that these have as well, and those that they never have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from aligner.checks.fluency._copied import EXACT, copies
from aligner.checks.fluency._wordings import Wording, find_wordings, wordings
from aligner.lab.datasets import corpora
from aligner.lab.datasets.garbled import read_passages
from aligner.model import LANGUAGES, OTHER, InputError, Language

SEEN = 2
"""Places in good translations from which a row is left to its pattern."""


def train(data: Path, out: Path, *, garbled: Path) -> dict[str, float]:
    """Write what was counted into the folder of the tables, ``out``; return figures of it.

    In pairs of parliament, everyday sentences and news, and the correct forms of passages in ``garbled`` that
    have a source: ``exact_wordings.tsv``, rows whose words good translations have near each other beside the
    original. In news, speeches and books of one language: rows of ``wordings.LANGUAGE.tsv`` that needed their
    source and are never met there need it no more. The same texts give identical bytes. Raises InputError
    where texts are missing.
    """
    rows = sorted(row for row, times in count_copies(_pairs(data, garbled)).items() if times >= SEEN)
    lines = ["language\tpattern", *("\t".join(row) for row in rows)]
    (out / EXACT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = {"rows left to their pattern": float(len(rows))}
    for language in LANGUAGES:
        files = sorted((data / "more").glob(f"*.{language}.*.txt.xz"))
        if not files:
            raise InputError(f"{data / 'more'}: no texts found; name the folder of training data with --data")
        met = met_wordings(chain.from_iterable(map(corpora.read_lines, files)), language)
        alone = [row for row in wordings(language) if _may_stand_alone(row) and row.pattern not in met]
        write_needs(out / f"wordings.{language}.tsv", {row.pattern for row in alone})
        figures[f"{language}: rows that need no source any more"] = float(len(alone))
    return figures


def count_copies(pairs: Iterable[corpora.Pair]) -> Counter[tuple[Language, str]]:
    """Return how often the words of each row are in one side of a pair, its original in the other."""
    seen = Counter[tuple[Language, str]]()
    for pair in pairs:
        text = dict(zip(LANGUAGES, pair, strict=True))
        for language in LANGUAGES:
            for _, row in copies(text[language], language, text[OTHER[language]], counting=True):
                seen[language, row.pattern] += 1
    return seen


def met_wordings(texts: Iterable[str], language: Language) -> frozenset[str]:
    """Return the patterns of the rows that match in some texts."""
    return frozenset(row.pattern for text in texts for _, row in find_wordings(text, language))


def _pairs(data: Path, garbled: Path) -> Iterator[corpora.Pair]:
    yield from corpora.europarl(data)
    yield from corpora.tatoeba(data)
    yield from chain.from_iterable(corpora.news(data))
    for language in LANGUAGES:
        for passage in read_passages(garbled, language):
            if passage.source and passage.split != "test":
                pair = passage.correct, passage.source
                yield pair if language == LANGUAGES[0] else pair[::-1]


def _may_stand_alone(row: Wording) -> bool:
    return row.needs == "source" and not row.may_be_literal


def write_needs(table: Path, patterns: Collection[str]) -> None:
    """Take "source" from the rows of a table that have some patterns, in place."""
    cells = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    for row in cells[1:]:
        if row[0] in patterns and row[4:5] == ["source"]:
            row[4] = ""
    table.write_text("".join("\t".join(row).rstrip("\t") + "\n" for row in cells), encoding="utf-8")
