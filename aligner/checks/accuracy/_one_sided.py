"""Shared by omission and addition: runs of beads with one empty side, each run one hit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aligner.checks.base import Traits
from aligner.model import OTHER, Alignment, Bead, BeadView, Hit, Language, Segment, Span
from aligner.text.words import count_words

MIN_WORDS = 3
"""Words below which a passage is a crumb (a lone heading, a figure) rather than part of the story."""
LONG = 8
"""Words from which what one side lacks is major, on either side: shorter ones often are turns of phrase that
the neighbouring sentence has (read in 270,000 words of published translations)."""
CONFIDENCE = 0.8
GLOSSED = 2
"""Beads between an example that is left in its language on both sides and its translation on one."""
ANSWERED_CONFIDENCE = 0.5
"""Confidence where a neighbouring passage has a clause too many on the other side, which may match."""

UNLIKE = 0.5
"""Similarity of a bead below which its two sides hardly say the same."""
REACH = 4
"""Beads from a passage within which the other side has one of its own, where both were written anew."""
_NOTE = re.compile(
    r"[\W_]*(?:editor['’]?s['’]? )?(?:note|corrections?|clarification|erratum|errata|ndlr|n\.d\.l\.r\.?|"
    r"updated?|mise à jour|rectificatif|précision)\b[^\w:]{0,3}:",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\)[.!?]?[\W_]*\Z")


NAMES: Mapping[Language, tuple[str, str]] = {"fr": ("French", "français"), "en": ("English", "anglais")}
"""The languages in English and French."""


def one_sided_traits(language: Language, category: str) -> Traits:
    """Return what the two checks say of a passage in ``language`` only."""
    (en, fr), (_, other) = NAMES[language], NAMES[OTHER[language]]
    return {
        "title": {"en": f"Passage in {en} only", "fr": f"Passage en {fr} seulement"},
        "category": category,
        "cause": "translation",
        "severity": "major",
        "explained_in_bead_by": ("ALN204",),
        "explained_in_pair_by": ("ALN203",),
        "messages": {
            "passage": {
                "fr": f"Ce passage de {{words}} mots n'a pas d'équivalent en {other}.",
                "en": f"This passage of {{words}} words appears only in the {en}.",
            },
            "shortened": {
                "fr": f"Ce passage de {{words}} mots n'est qu'en {fr} : une version est abrégée ou adaptée.",
                "en": f"These {{words}} words appear only in the {en}: one version is abridged or adapted.",
            },
        },
    }


def one_sided_hits(view: BeadView, language: Language) -> Iterator[Hit]:
    """Yield the hit of the run that begins at this bead and is in ``language`` only, if any."""
    alignment, index = view.alignment, view.index
    if not _stands_alone(alignment, index, language) or (
        index > 0 and _stands_alone(alignment, index - 1, language)
    ):
        return
    last = index
    while last + 1 < len(alignment.beads) and _stands_alone(alignment, last + 1, language):
        last += 1
    segments = [s for bead in alignment.beads[index : last + 1] for s in bead.side(language)]
    words = sum(count_words(s.text) for s in segments)
    if words < MIN_WORDS:
        return
    is_translation = alignment.pair.kind == "translation"
    # A title that only one side has was mostly lost, or written, by the site and not by the translator.
    is_major = is_translation and words >= LONG and any(s.role == "body" for s in segments)
    is_major = is_major and not (
        _is_gloss(alignment, index, last, language)
        or _is_aside(segments)
        or _is_written_anew(alignment, index, last, language)
    )
    yield Hit(
        "passage" if is_translation else "shortened",
        segments[0].start,
        segments[-1].end,
        values={"words": words},
        language=language,
        severity=None if is_major else "minor",
        confidence=ANSWERED_CONFIDENCE if _may_be_answered(alignment, index, last, language) else CONFIDENCE,
        # What an editor left out is no fault of a translator: ALN203 says so once, and it costs nothing.
        cause=None if is_translation else "editorial",
    )


def uncovered(bead: Bead, language: Language) -> tuple[Span, ...]:
    """Return the spans of the clauses of one side that nothing on the other answers."""
    return bead.evidence.uncovered_fr if language == "fr" else bead.evidence.uncovered_en


def _may_be_answered(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Return whether a bead next to a run has a clause on the other side that nothing there answers."""
    beads = alignment.beads
    neighbours = (*beads[max(0, first - 1) : first], *beads[last + 1 : last + 2])
    return any(uncovered(bead, OTHER[language]) for bead in neighbours)


def _is_gloss(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Return whether a run follows, or comes before, what is cited on both sides in the other language."""
    beads = alignment.beads
    neighbours = (*beads[max(0, first - GLOSSED) : first], *beads[last + 1 : last + 1 + GLOSSED])
    return any(
        bead.side(language)
        and " ".join(s.text for s in bead.fr).split() == " ".join(s.text for s in bead.en).split()
        and all(s.language == OTHER[language] for s in bead.side(language))
        for bead in neighbours
    )


def _is_aside(segments: Sequence[Segment]) -> bool:
    """Return whether a passage is in brackets, wholly or to their end, or a note on its own version."""
    text = " ".join(segment.text for segment in segments)
    closed = bool(_CLOSED.search(text)) and text.count(")") >= text.count("(")
    is_open = text.lstrip().startswith("(") or text.count(")") > text.count("(")
    return (closed and is_open) or bool(_NOTE.match(text))


def _is_written_anew(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Return whether a run is where each side says something of its own, by sentences that hardly match."""
    beads = alignment.beads
    adjacent = (*beads[max(0, first - 1) : first], *beads[last + 1 : last + 2])
    neighbours = (*beads[max(0, first - REACH) : first], *beads[last + 1 : last + 1 + REACH])
    unlike = any(bead.fr and bead.en and bead.similarity < UNLIKE for bead in adjacent)
    return unlike and any(not bead.side(language) for bead in neighbours)


def _stands_alone(alignment: Alignment, index: int, language: Language) -> bool:
    bead = alignment.beads[index]
    opposite = bead.en if language == "fr" else bead.fr
    return (
        bool(bead.side(language))
        and not opposite
        and index not in _moved_beads(alignment.moved, language)
        and not _is_doubled_title(alignment, bead.side(language), language)
    )


def _is_doubled_title(alignment: Alignment, side: Sequence[Segment], language: Language) -> bool:
    """Return whether the run is only a title that the page shows twice and the other side once."""
    if any(segment.role != "title" for segment in side):
        return False
    document = alignment.pair.fr if language == "fr" else alignment.pair.en
    titles = [segment.text.casefold() for segment in document.segments if segment.role == "title"]
    return all(titles.count(segment.text.casefold()) > 1 for segment in side)


def _moved_beads(moved: tuple[tuple[int, int], ...], language: Language) -> frozenset[int]:
    return frozenset(pair[0 if language == "fr" else 1] for pair in moved)
