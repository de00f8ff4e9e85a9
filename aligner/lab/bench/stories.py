"""Whole stories with garbled passages: how many are found, and how many correct sentences are flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.lab.datasets.garbled import Story, StoryPassage, read_passages, read_stories
from aligner.model import LANGUAGES, Finding, InputError, Language, Span
from aligner.run.pipeline import find_in_pair, lint_document
from aligner.run.two_files import align
from aligner.settings import Settings
from aligner.text.structure import make_document

Rows = Sequence[Mapping[str, Any]]
SERIOUS = ("major", "critical")


@dataclass(slots=True)
class Tally:
    """Passages and correct sentences of one language, and those with a finding."""

    passages: int = 0
    found: int = 0
    serious: int = 0
    sentences: int = 0
    flagged: int = 0
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)


def story_tables(folder: Path, settings: Settings) -> Iterator[tuple[str, Rows]]:
    """Yield the tables of the stories: by language, by kind, missed passages, flagged sentences.

    A passage is found by a finding that counts, of a check that looks for faults of a text, anywhere in
    its sentence on its own side; serious are major and critical ones.
    """
    tallies = {language: Tally() for language in LANGUAGES}
    for story in read_stories(folder):
        alignment = align(str(story.path("fr")), str(story.path("en")), settings)
        findings = [f for f in find_in_pair(alignment, settings) if is_of_text(f)]
        for language in LANGUAGES:
            of_language = [f for f in findings if f.language == language]
            if language == story.language:
                _add_garbled(tallies[language], story, of_language)
            else:
                document = alignment.pair.fr if language == "fr" else alignment.pair.en
                spans = [(s.start, s.end) for s in document.aligned_segments]
                _add_correct(tallies[language], spans, of_language, document.text)
    yield from _tables(tallies)


def passage_tables(folder: Path, settings: Settings) -> Iterator[tuple[str, Rows]]:
    """Yield the tables of the passages of the test split: each garbled and each correct text alone."""
    tallies = {language: Tally() for language in LANGUAGES}
    for language in LANGUAGES:
        tally = tallies[language]
        for passage in read_passages(folder, language):
            if passage.split != "test":
                continue
            correct = lint_passage(passage.correct, language, settings)
            _add_correct(tally, [(0, len(passage.correct))], correct, passage.correct)
            if passage.garbled:
                as_story = StoryPassage(
                    0, len(passage.garbled), passage.garbled, passage.correct, passage.spans, (passage.kind,)
                )
                _add_passage(tally, as_story, lint_passage(passage.garbled, language, settings))
    yield from _tables(tallies)


def lint_passage(text: str, language: Language, settings: Settings) -> list[Finding]:
    """Return the findings that count in a passage alone."""
    try:
        document = make_document("passage.txt", text, {"format": "txt"}, language)
    except InputError:
        return []  # too short to tell its language: the tool would not read it
    return [finding for finding in lint_document(document, settings) if is_of_text(finding)]


def is_of_text(finding: Finding) -> bool:
    """Return whether a finding counts and is about the text: a doubtful alignment is not."""
    return finding.counts and not finding.code.startswith("ALN")


def _touching(span: Span, findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.start < span[1] and span[0] < f.end]


def _add_garbled(tally: Tally, story: Story, findings: Sequence[Finding]) -> None:
    for passage in story.passages:
        _add_passage(tally, passage, findings)
    text = story.path(story.language or "fr").read_text(encoding="utf-8")
    _add_correct(tally, story.correct, findings, text)


def _add_passage(tally: Tally, passage: StoryPassage, findings: Sequence[Finding]) -> None:
    touching = _touching((passage.start, passage.end), findings)
    tally.passages += 1
    tally.found += bool(touching)
    tally.serious += any(f.severity in SERIOUS for f in touching)
    for kind in passage.kinds:
        tally.kinds[kind][0] += 1
        tally.kinds[kind][1] += bool(touching)
    if not touching:
        tally.missed.append((", ".join(passage.kinds), passage.garbled))


def _add_correct(tally: Tally, spans: Iterable[Span], findings: Sequence[Finding], text: str) -> None:
    for start, end in spans:
        touching = _touching((start, end), findings)
        tally.sentences += 1
        tally.flagged += bool(touching)
        tally.false += [(f"{f.code} {f.severity}: {f.excerpt}", text[start:end]) for f in touching[:1]]


def _tables(tallies: Mapping[Language, Tally]) -> Iterator[tuple[str, Rows]]:
    yield (
        "found",
        [
            {
                "language": language,
                "passages": tally.passages,
                "found": tally.found / max(tally.passages, 1),
                "major or critical": tally.serious / max(tally.passages, 1),
                "correct sentences": tally.sentences,
                "flagged": tally.flagged / max(tally.sentences, 1),
            }
            for language, tally in tallies.items()
        ],
    )
    yield (
        "by kind",
        [
            {"language": language, "kind": kind, "passages": total, "found": hits / total}
            for language, tally in tallies.items()
            for kind, (total, hits) in sorted(tally.kinds.items())
        ],
    )
    for language, tally in tallies.items():
        yield (
            f"missed, {language}: {len(tally.missed)}",
            [{"kind": kind, "sentence": text} for kind, text in tally.missed],
        )
        yield (
            f"flagged, {language}: {len(tally.false)}",
            [{"finding": code, "sentence": text} for code, text in tally.false],
        )
