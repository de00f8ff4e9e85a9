"""Grades rows, each by itself, so that a row has the same grade wherever it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from aligner.checks.registry import select
from aligner.engine import Work, open_engine
from aligner.grading.examine import examine_pair, examine_text
from aligner.grading.features import fluency, word_features
from aligner.grading.rows import Row
from aligner.grading.scale import shipped_scale
from aligner.model import LANGUAGES, Language, WordScore
from aligner.run.session import detector_spec, task_config
from aligner.run.tasks import TaskConfig
from aligner.settings import Settings

Token = tuple[int, int, float]

_SURROGATE = re.compile("[\ud800-\udfff]")

DIGITS = 4
"""Decimals of a grade."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One row graded; all figures 0..1, None where there is nothing to tell from.

    ``score`` is the higher the fitter the pair is to be kept (for one text alone, its fluency).
    Tokens are ``(start, end, p)``: offsets in that text and the probability that the word is wrong
    there, in a pair with the other side as evidence; there are none without a detector.
    """

    index: int
    fr: str | None
    en: str | None
    score: float | None = None
    adequacy: float | None = None
    fluency_fr: float | None = None
    fluency_en: float | None = None
    codes: tuple[str, ...] = ()
    tokens_fr: tuple[Token, ...] = ()
    tokens_en: tuple[Token, ...] = ()


def grade_rows(rows: Iterable[Row], settings: Settings) -> Iterator[Grade]:
    """Grade rows as they come, in their order, over ``settings.jobs`` processes.

    Raises InputError where the detector or a check asked for is missing.
    """
    return _grade_all(partial(_grade_batch, grading_config(settings)), enumerate(rows), settings)


def _grade_all(
    work: Work[tuple[int, Row], Grade], rows: Iterable[tuple[int, Row]], settings: Settings
) -> Iterator[Grade]:
    with open_engine(settings.jobs, settings.scheduler) as engine:
        yield from engine.map(work, rows)


def _grade_batch(config: TaskConfig, rows: Sequence[tuple[int, Row]]) -> list[Grade]:
    return [grade_row(config, row) for row in rows]


def grading_config(settings: Settings) -> TaskConfig:
    """Return how rows are graded under these settings. Raises InputError as ``grade_rows`` does."""
    checks = select(settings.select, settings.ignore)
    # Millions of rows are not to be kept: no cache.
    config = task_config(replace(settings, cache=None), checks)
    codes = tuple(check.code for check in checks if check.scope in ("article", "bead"))
    return replace(config, codes=codes, detector=detector_spec(replace(settings, cache=None)))


def grade_row(config: TaskConfig, numbered: tuple[int, Row]) -> Grade:
    """Grade one row: two sides, one of them empty, or one text alone."""
    index, row = numbered
    # A lone surrogate is no text; its replacement has the same length.
    fr, en = (_SURROGATE.sub("\ufffd", text or "") for text in row)
    if fr.strip() and en.strip():
        return _pair(Grade(index, *row), fr, en, config)
    graded = Grade(index, *row)
    for language, text in zip(LANGUAGES, (fr, en), strict=True):
        if text.strip():
            graded = _text(graded, language, text, config)
    # A text that nothing matches is no translation.
    return graded if None in row else replace(graded, score=0.0, adequacy=0.0)


def _text(graded: Grade, language: Language, text: str, config: TaskConfig) -> Grade:
    scores, codes, by_rule = examine_text(text, language, config)
    fluent = _rounded(fluency(text, language, scores, by_rule))
    tokens = tuple((w.start, w.end, w.p_bad) for w in scores)
    if language == "fr":
        return replace(graded, score=fluent, fluency_fr=fluent, codes=codes, tokens_fr=tokens)
    return replace(graded, score=fluent, fluency_en=fluent, codes=codes, tokens_en=tokens)


def _pair(graded: Grade, fr: str, en: str, config: TaskConfig) -> Grade:
    examined, scale = examine_pair(fr, en, config), shipped_scale()
    of_sides = (
        [f for f in examined.by_rule if f.language == language and not f.pair] for language in LANGUAGES
    )
    fluent_fr, fluent_en = map(fluency, (fr, en), LANGUAGES, examined.alone_scores, of_sides)
    tokens_fr, tokens_en = map(changed, examined.alone_scores, examined.paired_scores, LANGUAGES)
    return replace(
        graded,
        score=_rounded(scale.score(examined.figures, with_detector=config.detector is not None)),
        adequacy=_rounded(scale.adequacy(examined.figures)),
        fluency_fr=_rounded(fluent_fr),
        fluency_en=_rounded(fluent_en),
        codes=examined.codes,
        tokens_fr=tokens_fr,
        tokens_en=tokens_en,
    )


def changed(
    alone_scores: Sequence[WordScore], paired_scores: Sequence[WordScore], language: Language
) -> tuple[Token, ...]:
    """Return the words of a pair that a professional would change."""
    keep_probability = shipped_scale().stays
    return tuple(
        (
            paired_word.start,
            paired_word.end,
            round(1.0 - keep_probability(word_features(alone_word, paired_word), language), DIGITS),
        )
        for alone_word, paired_word in zip(alone_scores, paired_scores, strict=True)
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
