"""What each part of the tool finds: garbled passages with the network or one family of checks left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.checks.registry import CHECKS
from aligner.lab.bench.stories import SERIOUS, is_of_text, lint_passage
from aligner.lab.datasets.garbled import Passage, read_passages
from aligner.model import LANGUAGES, Finding, InputError, Language
from aligner.run.pipeline import find_in_pair
from aligner.run.two_files import align_many, read_texts
from aligner.settings import Settings

Rows = Sequence[Mapping[str, Any]]
Find = Callable[[str, Passage, Language, Settings], list[Finding]]
"""Returns what counts in one form of a passage: garbled or correct."""

ALONE = (*(check.code for check in CHECKS if check.code.startswith("FLU")), "EXT", "TYP")
TOGETHER = ("ACC", "FLU", "EXT")


def ablation_tables(folder: Path, settings: Settings) -> Iterator[tuple[str, Rows]]:
    """Yield the tables of the dev split: each passage alone, and beside its source where it has one.

    A passage is found by a finding that counts anywhere in it; a correct form is flagged by one. Raises
    InputError for a folder without passages.
    """
    passages = {
        language: [passage for passage in read_passages(folder, language) if passage.split == "dev"]
        for language in LANGUAGES
    }
    yield "alone", [*_rows(passages, _find_alone, settings, ALONE)]
    sourced = {language: [entry for entry in listed if entry.source] for language, listed in passages.items()}
    yield "beside the other side", [*_rows(sourced, _find_with_source, settings, TOGETHER)]


def _rows(
    passages: Mapping[Language, Sequence[Passage]], find: Find, settings: Settings, codes: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    variants = {"nothing": settings, "the network": replace(settings, detector=None)}
    variants |= {code: replace(settings, ignore=(*settings.ignore, code)) for code in codes}
    for left_out, chosen in variants.items():
        for language, listed in passages.items():
            yield {"left out": left_out, "language": language, **_shares(listed, find, language, chosen)}


def _shares(listed: Sequence[Passage], find: Find, language: Language, settings: Settings) -> dict[str, Any]:
    garbled = [find(passage.garbled, passage, language, settings) for passage in listed if passage.garbled]
    correct = [find(passage.correct, passage, language, settings) for passage in listed]
    return {
        "passages": len(garbled),
        "found": sum(map(bool, garbled)) / max(len(garbled), 1),
        "major": sum(any(f.severity in SERIOUS for f in findings) for findings in garbled)
        / max(len(garbled), 1),
        "correct": len(correct),
        "flagged": sum(map(bool, correct)) / max(len(correct), 1),
    }


def _find_alone(text: str, _: Passage, language: Language, settings: Settings) -> list[Finding]:
    return lint_passage(text, language, settings)


def _find_with_source(text: str, passage: Passage, language: Language, settings: Settings) -> list[Finding]:
    """Return the findings in one form of a passage and in its source that concern the passage's side."""
    fr, en = (text, passage.source or "") if language == "fr" else (passage.source or "", text)
    try:
        (alignment,) = align_many([read_texts(fr, en)], settings)
        findings = find_in_pair(alignment, settings)
    except InputError:
        return []  # both sides pass for one language, or one is too short to be read
    return [finding for finding in findings if finding.language == language and is_of_text(finding)]
