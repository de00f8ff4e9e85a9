"""Scores of a text against a reference in the same language: sacrebleu's chrF, BLEU and TER."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus score: its value 0..100 (TER: edits per 100 words, lower is better) and its signature."""

    name: str
    value: float
    signature: str


def score_texts(hypothesis: Sequence[str], reference: Sequence[str]) -> tuple[Score, ...]:
    """ChrF, BLEU and TER of a hypothesis against one reference, segment by segment.

    Both have n texts, the i-th answering the i-th; an empty text stands for a segment that has no
    answer and costs what its other side is long. Raises ValueError if the lengths differ or are 0.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER

    if len(hypothesis) != len(reference) or not hypothesis:
        raise ValueError(f"{len(hypothesis)} hypothesis and {len(reference)} reference segments")
    scores = []
    for metric in (CHRF(), BLEU(), TER()):
        score = metric.corpus_score(list(hypothesis), [list(reference)])
        scores.append(Score(str(score.name), float(score.score), str(metric.get_signature())))
    return tuple(scores)
