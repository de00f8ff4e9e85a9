"""Looks at one row: what the encoder, the checks and the detector say of it, and the figures of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from aligner.alignment import align_bitext
from aligner.checks.causes import demote
from aligner.checks.run import check_alignment, check_document
from aligner.grading.features import Features, meaning, score_features
from aligner.model import Bead, Document, Finding, Language, WordScore
from aligner.readers.bitext import make_bitext, make_side
from aligner.run.tasks import DetectorSpec, TaskConfig, chosen, load_encoder, loaded_detector
from aligner.run.two_files import pair_of

WordScores = tuple[WordScore, ...]
Sides = tuple[WordScores, WordScores]

NOTHING: Sides = ((), ())
REMEMBERED = 2048
"""Texts scored alone that are remembered: bitext, and rival translations, repeat a side."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of a row; the scores are empty without a detector."""

    figures: Features
    codes: tuple[str, ...]
    alone: Sides = NOTHING
    beside: Sides = NOTHING


def examine_text(text: str, language: Language, config: TaskConfig) -> tuple[WordScores, tuple[str, ...]]:
    """Look at a text alone: its word scores, and the codes of the checks that fire."""
    scores = _scored_alone(config.detector, language, text)
    return scores, _codes(_check_text(make_side("row", language, [text])[0], scores, config))


def examine_pair(fr: str, en: str, config: TaskConfig) -> Examined:
    """Look at a row with two sides."""
    bitext = make_bitext("row", [(fr, en)])
    alignment = align_bitext(
        pair_of(bitext.fr, bitext.en), bitext, load_encoder(config.encoder, config.cache)
    )
    alone = _scored_alone(config.detector, "fr", fr), _scored_alone(config.detector, "en", en)
    beside = loaded_detector(config.detector).score_pairs([fr], [en])[0] if config.detector else NOTHING
    bead = _with_scores(alignment.beads[0], beside)
    found = check_alignment(
        replace(alignment, beads=(bead,)),
        chosen(config.codes),
        config.context,
        min_confidence=config.min_confidence,
    )
    for side, scores in zip((bitext.fr, bitext.en), alone, strict=True):
        found += _check_text(side, scores, config)
    found = demote(found)
    # What the detector found has figures of its own.
    by_ear = _detector_codes(config.codes)
    by_rule = [finding for finding in found if finding.counts and finding.code not in by_ear]
    figures = dict(meaning(bead, fr, en, by_rule))
    if config.detector:
        figures |= score_features(alone, beside)
    return Examined(figures, _codes(found), alone, beside)


def _check_text(document: Document, scores: WordScores, config: TaskConfig) -> list[Finding]:
    document = replace(document, words=scores)
    return check_document(
        document, chosen(config.codes), config.context, min_confidence=config.min_confidence
    )


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
