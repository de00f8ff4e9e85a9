"""Looks at one row: what the encoder, the checks and the detector say of it, and the figures of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from aligner import encoders
from aligner.alignment import align_bitext
from aligner.checks.causes import demote
from aligner.checks.run import check_alignment, check_document
from aligner.encoders import Encoder
from aligner.grading.features import Features, meaning, score_features
from aligner.model import Bead, Context, Document, Finding, Language, WordScore
from aligner.readers.bitext import make_bitext, make_side
from aligner.run.tasks import DetectorSpec, chosen, loaded_detector
from aligner.run.two_files import pair_of

WordScores = tuple[WordScore, ...]
Sides = tuple[WordScores, WordScores]

NOTHING: Sides = ((), ())
REMEMBERED = 2048
"""Texts scored alone that are remembered: bitext, and rival translations, repeat a side."""


class Plan(NamedTuple):
    """How rows are looked at; it pickles, for the worker processes."""

    encoder: str | None
    codes: tuple[str, ...]
    context: Context
    min_confidence: float
    detector: DetectorSpec | None


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of a row; the scores are empty without a detector."""

    figures: Features
    codes: tuple[str, ...]
    alone: Sides = NOTHING
    beside: Sides = NOTHING


def examine_text(text: str, language: Language, plan: Plan) -> tuple[WordScores, tuple[str, ...]]:
    """Look at a text alone: its word scores, and the codes of the checks that fire."""
    scores = _scored_alone(plan.detector, language, text)
    return scores, _codes(_check_text(make_side("row", language, [text])[0], scores, plan))


def examine_pair(fr: str, en: str, plan: Plan) -> Examined:
    """Look at a row with two sides."""
    bitext = make_bitext("row", [(fr, en)])
    alignment = align_bitext(pair_of(bitext.fr, bitext.en), bitext, _encoder(plan.encoder))
    alone = _scored_alone(plan.detector, "fr", fr), _scored_alone(plan.detector, "en", en)
    beside = loaded_detector(plan.detector).score_pairs([fr], [en])[0] if plan.detector else NOTHING
    bead = _with_scores(alignment.beads[0], beside)
    found = check_alignment(
        replace(alignment, beads=(bead,)),
        chosen(plan.codes),
        plan.context,
        min_confidence=plan.min_confidence,
    )
    for side, scores in zip((bitext.fr, bitext.en), alone, strict=True):
        found += _check_text(side, scores, plan)
    found = demote(found)
    # What the detector found has figures of its own.
    by_ear = _detector_codes(plan.codes)
    by_rule = [finding for finding in found if finding.counts and finding.code not in by_ear]
    figures = dict(meaning(bead, fr, en, by_rule))
    if plan.detector:
        figures |= score_features(alone, beside)
    return Examined(figures, _codes(found), alone, beside)


def _check_text(document: Document, scores: WordScores, plan: Plan) -> list[Finding]:
    document = replace(document, words=scores)
    return check_document(document, chosen(plan.codes), plan.context, min_confidence=plan.min_confidence)


def _with_scores(bead: Bead, beside: Sides) -> Bead:
    scores_fr, scores_en = beside
    return replace(bead, evidence=replace(bead.evidence, scores_fr=scores_fr, scores_en=scores_en))


def _codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in findings if finding.counts}))


@lru_cache(maxsize=1)
def _detector_codes(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(check.code for check in chosen(codes) if check.needs_detector)


@lru_cache(maxsize=REMEMBERED)
def _scored_alone(spec: DetectorSpec | None, language: Language, text: str) -> WordScores:
    return loaded_detector(spec).score([text], [language])[0] if spec else ()


@lru_cache(maxsize=1)
def _encoder(name: str | None) -> Encoder:
    return encoders.load(name)
