"""Proper names of a bead that one side gives word for word: "Stockage Carrick" for Carrick Storage."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from aligner.lexicon.names import fold
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, BeadView, Hit, Language, Segment, Span

# Set on corpora/demo and on newstest 2008-2012 (train), read one by one.
COMMON = 10
"""Occurrences in the lexicon from which a word is a common word of its language."""
STEM = 4
"""Letters that show two words to be one in two languages."""
SURE, LIKELY = 0.9, 0.6

_BEFORE_NAMES = frozenset({"the", "les", "chez", "pour", "selon", "for"})
_RUN = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][^\W\d_]{2,}(?: [A-ZÀ-Þ][^\W\d_]{2,})+(?![\w-])")
_KEEPS_ITS_NAME: Mapping[Language, str] = {
    "fr": "association|société|entreprise|start-up|collectif|fondation|marque|restaurant|hôtel",
    "en": "association|company|firm|start-up|startup|collective|foundation|brand|restaurant|hotel",
}
_SAID_TO_BE = {
    language: re.compile(rf"\b(?:{words}) ?$|^ (?:{words})\b") for language, words in _KEEPS_ITS_NAME.items()
}
_REACH = 15
"""Characters beside a name in which such a word is looked for."""


class Named(Protocol):
    """A name as it stands in a document, and where it is."""

    @property
    def text(self) -> str: ...
    @property
    def span(self) -> Span: ...


class Run(NamedTuple):
    """Capitalised words in a row, folded, and where they are in the document."""

    words: tuple[str, ...]
    text: str
    span: Span
    named: bool  # beside a word for a body that keeps its name in every language


def word_for_word_hits(view: BeadView) -> Iterator[Hit]:
    """Yield names that one side renders word for word, judging by the rest of the two articles."""
    runs = {language: _runs(view.bead.side(language), language) for language in LANGUAGES}
    if not runs["fr"] or not runs["en"]:
        return
    for language in LANGUAGES:
        other_language = OTHER[language]
        article = view.alignment.pair.fr if language == "fr" else view.alignment.pair.en
        for name in _absent(runs[other_language], runs[language]):
            # The article has the name as it is elsewhere, so its makers know it.
            if re.search(rf"\b{re.escape(name.text)}\b", article.text):
                for run in _absent(runs[language], runs[other_language]):
                    if _half_translated(run, language, name, other_language):
                        yield name_hit(language, run, name)
    named_fr, named_en = ([run for run in runs[language] if run.named] for language in LANGUAGES)
    if len(named_fr) == len(named_en) == 1 and _both_common(named_fr[0], named_en[0]):
        yield replace(name_hit("en", named_en[0], named_fr[0]), severity="minor", confidence=LIKELY)


def _absent(runs: Sequence[Run], other_runs: Sequence[Run]) -> list[Run]:
    """Return the runs of one side that the other lacks."""
    names = {run.words for run in other_runs}
    return [run for run in runs if run.words not in names]


def _half_translated(run: Run, language: Language, name: Run, other_language: Language) -> bool:
    """Return whether two names share a word, and consist otherwise of common words of their languages."""
    shared = set(run.words) & set(name.words)
    same_length = len(run.words) == len(name.words) > len(shared) > 0
    begun = _BEFORE_NAMES.isdisjoint({*run.words, *name.words})
    return (
        same_length
        and begun
        and _are_common(run, language, shared)
        and _are_common(name, other_language, shared)
    )


def _both_common(f: Run, e: Run) -> bool:
    """Return whether both names of bodies are made of common words, and of different ones."""
    alike = any(a[:STEM] == b[:STEM] for a in f.words for b in e.words)  # "Liberté", "Liberty"
    return not alike and _are_common(f, "fr") and _are_common(e, "en")


def _are_common(run: Run, language: Language, excluded: Collection[str] = ()) -> bool:
    words = lexicon(language)
    return all(
        words.get(word.lower(), 0) >= COMMON for word in run.text.split() if fold(word) not in excluded
    )


def name_hit(language: Language, copy: Named, name: Named, confidence: float = SURE) -> Hit:
    """Return the finding of a name that one side has word for word, beside the name itself on the other."""
    return Hit(
        "name",
        *copy.span,
        values={"text": copy.text, "name": name.text},
        language=language,
        confidence=confidence,
        suggestion=name.text,
        other=name.span,
    )


def _runs(segments: Sequence[Segment], language: Language) -> list[Run]:
    runs = []
    for segment in segments:
        for match in _RUN.finditer(segment.text):
            start, end = match.span()
            contexts = (segment.text[max(0, start - _REACH) : start], segment.text[end : end + _REACH])
            runs.append(
                Run(
                    tuple(map(fold, match.group().split())),
                    match.group(),
                    (segment.start + start, segment.start + end),
                    any(_SAID_TO_BE[language].search(text) for text in contexts),
                )
            )
    return runs
