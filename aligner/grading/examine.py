"""Looks at one row: what the encoder, the checks and the detector say of it, and the figures of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from aligner.alignment import align_bitext, covered_shares, with_evidence
from aligner.alignment.links import linked_shares
from aligner.checks.causes import demote
from aligner.checks.run import check_alignment, check_document
from aligner.grading.features import Features, meaning, score_features
from aligner.model import Bead, Document, Finding, Language, WordScore, WordTag
from aligner.readers.bitext import make_bitext, make_side
from aligner.run.tasks import DetectorSpec, TaskConfig, chosen, load_encoder, loaded_detector
from aligner.run.two_files import pair_of

WordScores = tuple[WordScore, ...]
Sides = tuple[WordScores, WordScores]

NO_SCORES: Sides = ((), ())
OF_SCORES = frozenset(("FLU406", "ACC320"))
"""Checks whose findings are word scores again, which have figures of their own in a grade."""
REMEMBERED = 2048
"""Texts scored alone that are remembered: bitext, and rival translations, repeat a side."""


@dataclass(frozen=True, slots=True)
class Examined:
    """The features of a row and the findings of rules; the scores are empty without a detector."""

    figures: Features
    codes: tuple[str, ...]
    by_rule: tuple[Finding, ...] = ()
    alone_scores: Sides = NO_SCORES
    paired_scores: Sides = NO_SCORES


def examine_text(
    text: str, language: Language, config: TaskConfig
) -> tuple[WordScores, tuple[str, ...], tuple[Finding, ...]]:
    """Look at a text alone: its word scores, the codes of the checks that fire, and what rules found."""
    scores, tags = _analyse(config.detector, language, text)
    findings = _check_text(make_side("row", language, [text])[0], scores, tags, config)
    return scores, _codes(findings), _by_rule(findings)


def examine_pair(fr: str, en: str, config: TaskConfig) -> Examined:
    """Look at a row with two sides."""
    bitext = make_bitext("row", [(fr, en)])
    encoder = load_encoder(config.encoder, config.cache)
    alignment = with_evidence(align_bitext(pair_of(bitext.fr, bitext.en), bitext, encoder), encoder)
    of_fr, of_en = _analyse(config.detector, "fr", fr), _analyse(config.detector, "en", en)
    alone_scores = of_fr[0], of_en[0]
    paired_scores = (
        loaded_detector(config.detector).score_pairs([fr], [en])[0] if config.detector else NO_SCORES
    )
    bead = _with_scores(alignment.beads[0], paired_scores)
    findings = check_alignment(
        replace(alignment, beads=(bead,)),
        chosen(config.codes),
        config.context,
        min_confidence=config.min_confidence,
    )
    for side, (scores, tags) in zip((bitext.fr, bitext.en), (of_fr, of_en), strict=True):
        findings += _check_text(side, scores, tags, config)
    findings = demote(findings)
    by_rule = _by_rule(findings)
    covered, linked = covered_shares(fr, en, encoder), linked_shares(fr, en, encoder)
    figures = dict(meaning(bead, fr, en, by_rule, covered, linked))
    if config.detector:
        figures |= score_features(alone_scores, paired_scores)
    return Examined(figures, _codes(findings), by_rule, alone_scores, paired_scores)


def _by_rule(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.counts and finding.code not in OF_SCORES)


def _check_text(
    document: Document, scores: WordScores, tags: tuple[WordTag, ...] | None, config: TaskConfig
) -> list[Finding]:
    document = replace(document, words=scores, tags=tags)
    return check_document(
        document, chosen(config.codes), config.context, min_confidence=config.min_confidence
    )


def _with_scores(bead: Bead, paired_scores: Sides) -> Bead:
    scores_fr, scores_en = paired_scores
    return replace(bead, evidence=replace(bead.evidence, scores_fr=scores_fr, scores_en=scores_en))


def _codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in findings if finding.counts}))


# Saves 16 ms for each text that is seen again.
@lru_cache(maxsize=REMEMBERED)
def _analyse(
    spec: DetectorSpec | None, language: Language, text: str
) -> tuple[WordScores, tuple[WordTag, ...] | None]:
    return loaded_detector(spec).analyse([text], [language])[0] if spec else ((), None)
