"""What the checks find of faults put into sound news pairs, and how often they fire on the sound ones."""

from __future__ import annotations

import logging
import lzma
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.model import Alignment, Context, Finding
from aligner.text.words import count_words
from tests.checks import build
from tests.checks.inject import KINDS, Row, faults
from tests.shared_data import data

LOGGER = logging.getLogger(__name__)

EACH = 37  # 11 kinds: a little over 400 faults
AROUND = 3
ARTICLE = 50

# Measured with seed 7 on newstest 2008-2012; a little room is left below each figure.
LEAST_RECALL = {
    "percent": 0.95,
    "magnitude": 0.85,
    "currency": 0.88,
    "number": 0.92,
    "date": 0.90,
    "negation": 0.68,
    "name misspelt": 0.85,
    "name exchanged": 0.75,
    "omission": 1.00,
    "duplication": 0.75,
    "glued words": 0.60,
}
MOST_FALSE_ALARMS = 1.0
"""Findings of severity major or critical per 1,000 words of human translation, bilingual checks."""


def news() -> list[Row]:
    path = data("train", "newstest2008-2012.fr-en.tsv.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(row[0], row[1]) for row in rows]


def aligned(rows: Sequence[Row]) -> Alignment:
    return build.alignment({"fr": [fr for fr, _ in rows], "en": [en for _, en in rows]})


def standing(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.counts]


def found_in(alignment: Alignment, bead: int) -> set[str]:
    """Codes of what all default checks find in one bead."""
    checks, context = select(), Context()
    codes = {f.code for f in standing(check_alignment(alignment, checks, context)) if f.bead == bead}
    for document in (alignment.pair.fr, alignment.pair.en):
        side = alignment.beads[bead].side(document.language)
        for finding in standing(check_document(document, checks, context)):
            if side and side[0].start <= finding.start < side[-1].end:
                codes.add(finding.code)
    return codes


@pytest.mark.benchmark
def test_seeded_faults_are_found() -> None:
    rows = news()
    seeded, found = Counter[str](), Counter[str]()
    for index, fault in faults(rows, EACH, seed=7):
        first = max(0, index - AROUND)
        around = [*rows[first:index], fault.row, *rows[index + 1 : index + 1 + AROUND]]
        seeded[fault.kind] += 1
        found[fault.kind] += bool(found_in(aligned(around), index - first) & set(fault.codes))
    recall = {kind: round(found[kind] / seeded[kind], 2) for kind in KINDS}
    LOGGER.info("recall: %s", recall)
    assert {kind for kind in KINDS if recall[kind] < LEAST_RECALL[kind]} == set(), recall


@pytest.mark.benchmark
def test_human_translations_raise_few_alarms() -> None:
    rows = news()
    words, alarms = 0, Counter[str]()
    checks = [check for check in select() if check.scope in ("bead", "pair")]
    for first in range(0, len(rows), ARTICLE):
        alignment = aligned(rows[first : first + ARTICLE])
        words += count_words(alignment.pair.fr.text) + count_words(alignment.pair.en.text)
        for finding in standing(check_alignment(alignment, checks, Context())):
            alarms[finding.code] += finding.severity != "minor"
    rate = 1000 * alarms.total() / words
    LOGGER.info("%.3f alarms for 1,000 words: %s", rate, alarms.most_common())
    assert rate <= MOST_FALSE_ALARMS, alarms.most_common()
