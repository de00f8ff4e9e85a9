"""How many faulty sentences are found where they are faulty, and how many correct ones are flagged.

A file of faulty sentences has one JSON object per line: ``language``, ``broken``, ``sound``, the ``kind`` of
fault, and ``span``, the characters of ``broken`` that are wrong. Each sentence is an article by itself: no
other language beside it and no article around it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.checks.registry import select
from aligner.checks.run import check_document
from aligner.lab.bench.checks import counting
from aligner.lab.datasets.corpora import read_lines
from aligner.model import LANGUAGES, Check, Document, Finding, InputError, Language, Segment, Span
from aligner.run.session import task_config
from aligner.run.tasks import scored_article
from aligner.settings import Settings

MAX_DISTANCE = 10
"""Characters beside the fault within which a finding still counts as on it."""
ALL = "(all)"

Table = list[dict[str, Any]]
Finder = Callable[[Document], dict[str, list[Finding]]]


@dataclass(frozen=True, slots=True)
class FaultySentence:
    """A sentence with a fault in one place, and its correct form."""

    language: Language
    faulty: str
    correct: str
    kind: str
    span: Span


def read_sentences(path: Path) -> list[FaultySentence]:
    """Read a file of faulty sentences. Raises InputError if it is missing or a line is invalid."""
    sentences = []
    for number, line in enumerate(read_lines(path), 1):
        try:
            row = json.loads(line)
            start, end = row["span"]
            entry = FaultySentence(row["language"], row["broken"], row["sound"], row["kind"], (start, end))
            fits = entry.language in LANGUAGES and 0 <= start < end <= len(entry.faulty)
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            raise InputError(
                f"{path}, line {number}: expected a JSON object with language (fr or en), broken, sound, "
                "kind, and span, the [start, end] of the fault in broken"
            )
        sentences.append(entry)
    return sentences


def sentence(text: str, language: Language) -> Document:
    """Make an article of one sentence."""
    return Document("sentence", language, text, (Segment(text, 0, len(text), 0, "body", language),))


def systems(settings: Settings) -> dict[str, tuple[Check, ...]]:
    """Return the checks of an article: rules only, detector checks only, and both together."""
    checks = tuple(check for check in select(settings.select, settings.ignore) if check.scope == "article")
    return {
        "rules": tuple(check for check in checks if not check.needs_detector),
        "detector": tuple(check for check in checks if check.needs_detector),
        "both": checks,
    }


def finder(settings: Settings) -> Finder:
    """Return a function that checks an article as ``aligner lint`` does, and returns each system's findings.

    An article that has been scored is not scored again.
    """
    checks = systems(settings)
    config = task_config(settings, checks["both"])

    def find(document: Document) -> dict[str, list[Finding]]:
        scores = scored_article(config, document) if document.words is None else document
        return {
            name: counting(
                check_document(scores, selected, config.context, min_confidence=config.min_confidence)
            )
            for name, selected in checks.items()
        }

    return find


def measure(sentences: Sequence[FaultySentence], settings: Settings) -> Table:
    """Return by language and kind the faulty sentences found and the correct ones flagged, per system."""
    find = finder(settings)
    answers = [(entry, _verdicts(entry, find)) for entry in sentences]
    rows = []
    for language in LANGUAGES:
        in_language = [(entry.kind, row) for entry, row in answers if entry.language == language]
        for kind in (*sorted({kind for kind, _ in in_language}), *([ALL] if in_language else [])):
            verdicts = [row for of_kind, row in in_language if kind in (of_kind, ALL)]
            counts = {name: sum(row[name] for row in verdicts) for name in verdicts[0]}
            rows.append({"language": language, "kind": kind, "sentences": len(verdicts), **counts})
    return rows


def _verdicts(entry: FaultySentence, find: Finder) -> dict[str, bool]:
    """Return for each system whether it finds the fault, and whether it flags the correct form."""
    faulty, correct = (find(sentence(text, entry.language)) for text in (entry.faulty, entry.correct))
    scores = {name: any(points_at(f, entry.span) for f in findings) for name, findings in faulty.items()}
    return scores | {f"{name}, correct": bool(findings) for name, findings in correct.items()}


def points_at(finding: Finding, span: Span) -> bool:
    """Return whether a finding overlaps a fault or is close to it."""
    return finding.start < span[1] + MAX_DISTANCE and finding.end > span[0] - MAX_DISTANCE
