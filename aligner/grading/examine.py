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
from aligner.grading.features import Features, hearing, meaning
from aligner.model import Bead, Context, Document, Finding, HeardWord, Language
from aligner.readers.bitext import make_bitext, make_side
from aligner.run.tasks import Hearing, chosen, ears
from aligner.run.two_files import pair_of

Heard = tuple[HeardWord, ...]
Sides = tuple[Heard, Heard]

NOTHING: Sides = ((), ())
REMEMBERED = 2048
"""Texts heard alone that are remembered: bitext, and rival translations, repeat a side."""


class Plan(NamedTuple):
    """How rows are looked at; it pickles, for the worker processes."""

    encoder: str | None
    codes: tuple[str, ...]
    context: Context
    min_confidence: float
    hearing: Hearing | None


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of a row; what was heard is empty without a detector."""

    figures: Features
    codes: tuple[str, ...]
    alone: Sides = NOTHING
    beside: Sides = NOTHING


def examine_text(text: str, language: Language, plan: Plan) -> tuple[Heard, tuple[str, ...]]:
    """Look at a text alone: what is heard of it, and the codes of the checks that fire."""
    heard = _heard_alone(plan.hearing, language, text)
    return heard, _codes(_check_text(make_side("row", language, [text])[0], heard, plan))


def examine_pair(fr: str, en: str, plan: Plan) -> Examined:
    """Look at a row with two sides."""
    bitext = make_bitext("row", [(fr, en)])
    alignment = align_bitext(pair_of(bitext.fr, bitext.en), bitext, _encoder(plan.encoder))
    alone = _heard_alone(plan.hearing, "fr", fr), _heard_alone(plan.hearing, "en", en)
    beside = ears(plan.hearing).hear_pairs([fr], [en])[0] if plan.hearing else NOTHING
    bead = _with_heard(alignment.beads[0], beside)
    found = check_alignment(
        replace(alignment, beads=(bead,)),
        chosen(plan.codes),
        plan.context,
        min_confidence=plan.min_confidence,
    )
    for side, heard in zip((bitext.fr, bitext.en), alone, strict=True):
        found += _check_text(side, heard, plan)
    found = demote(found)
    # What the detector found has figures of its own.
    by_ear = _hearing_codes(plan.codes)
    by_rule = [finding for finding in found if finding.counts and finding.code not in by_ear]
    figures = dict(meaning(bead, fr, en, by_rule))
    if plan.hearing:
        figures |= hearing(alone, beside)
    return Examined(figures, _codes(found), alone, beside)


def _check_text(document: Document, heard: Heard, plan: Plan) -> list[Finding]:
    document = replace(document, words=heard)
    return check_document(document, chosen(plan.codes), plan.context, min_confidence=plan.min_confidence)


def _with_heard(bead: Bead, beside: Sides) -> Bead:
    heard_fr, heard_en = beside
    return replace(bead, evidence=replace(bead.evidence, heard_fr=heard_fr, heard_en=heard_en))


def _codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in findings if finding.counts}))


@lru_cache(maxsize=1)
def _hearing_codes(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(check.code for check in chosen(codes) if check.hears)


@lru_cache(maxsize=REMEMBERED)
def _heard_alone(hearing: Hearing | None, language: Language, text: str) -> Heard:
    return ears(hearing).hear([text], [language])[0] if hearing else ()


@lru_cache(maxsize=1)
def _encoder(name: str | None) -> Encoder:
    return encoders.load(name)
