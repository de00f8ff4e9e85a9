"""What omission and addition share: runs of beads with one empty side, each run one hit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aligner.checks.base import Traits
from aligner.model import OTHER, Alignment, Bead, BeadView, Hit, Language, Segment, Span
from aligner.text.words import count_words

SHORTEST = 3
"""Words below which a passage is a crumb (a lone heading, a figure) rather than part of the story."""
LONG = 8
"""Words from which what one side lacks is major, on either side: shorter ones often are turns of phrase that
the neighbouring sentence has (read in 270,000 words of published translations)."""
CONFIDENCE = 0.8
GLOSSED = 2
"""Beads between an example that is left in its language on both sides and its translation on one."""
ANSWERED = 0.5
"""The same where the passage before or after has a clause too many on the other side: that may be it."""

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
    (here, ici), (_, autre) = NAMES[language], NAMES[OTHER[language]]
    return {
        "title": {"en": f"Passage in {here} only", "fr": f"Passage en {ici} seulement"},
        "category": category,
        "cause": "translation",
        "severity": "major",
        "explained_in_bead_by": ("ALN204",),
        "explained_in_pair_by": ("ALN203",),
        "messages": {
            "passage": {
                "fr": f"Ce passage de {{words}} mots n'a pas de pendant en {autre}.",
                "en": f"This passage of {{words}} words appears only in the {here}.",
            },
            "shortened": {
                "fr": f"Ce passage de {{words}} mots n'est qu'en {ici} : une version est abrégée ou adaptée.",
                "en": f"These {{words}} words appear only in the {here}: one version is abridged or adapted.",
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
    if words < SHORTEST:
        return
    whole = alignment.pair.kind == "translation"
    # A title that only one side has was mostly lost, or written, by the site and not by the translator.
    telling = whole and words >= LONG and any(s.role == "body" for s in segments)
    telling = telling and not (
        _is_gloss(alignment, index, last, language)
        or _is_aside(segments)
        or _is_written_anew(alignment, index, last, language)
    )
    yield Hit(
        "passage" if whole else "shortened",
        segments[0].start,
        segments[-1].end,
        values={"words": words},
        language=language,
        severity=None if telling else "minor",
        confidence=ANSWERED if _may_be_answered(alignment, index, last, language) else CONFIDENCE,
        # What an editor left out is no fault of a translator: ALN203 says so once, and it costs nothing.
        cause=None if whole else "editorial",
    )


def uncovered(bead: Bead, language: Language) -> tuple[Span, ...]:
    """Return the spans of the clauses of one side that nothing on the other answers."""
    return bead.evidence.uncovered_fr if language == "fr" else bead.evidence.uncovered_en


def _may_be_answered(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Tell whether a bead next to a run has a clause on the other side that nothing there answers."""
    beads = alignment.beads
    near = (*beads[max(0, first - 1) : first], *beads[last + 1 : last + 2])
    return any(uncovered(bead, OTHER[language]) for bead in near)


def _is_gloss(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Tell whether a run follows, or comes before, what is cited on both sides in the other language."""
    beads = alignment.beads
    near = (*beads[max(0, first - GLOSSED) : first], *beads[last + 1 : last + 1 + GLOSSED])
    return any(
        bead.side(language)
        and " ".join(s.text for s in bead.fr).split() == " ".join(s.text for s in bead.en).split()
        and all(s.language == OTHER[language] for s in bead.side(language))
        for bead in near
    )


def _is_aside(segments: Sequence[Segment]) -> bool:
    """Tell whether a passage is in brackets, wholly or to their end, or a note on its own version."""
    text = " ".join(segment.text for segment in segments)
    closed = bool(_CLOSED.search(text)) and text.count(")") >= text.count("(")
    within = text.lstrip().startswith("(") or text.count(")") > text.count("(")
    return (closed and within) or bool(_NOTE.match(text))


def _is_written_anew(alignment: Alignment, first: int, last: int, language: Language) -> bool:
    """Tell whether a run is where each side says something of its own, by sentences that hardly match."""
    beads = alignment.beads
    beside = (*beads[max(0, first - 1) : first], *beads[last + 1 : last + 2])
    near = (*beads[max(0, first - REACH) : first], *beads[last + 1 : last + 1 + REACH])
    unlike = any(bead.fr and bead.en and bead.similarity < UNLIKE for bead in beside)
    return unlike and any(not bead.side(language) for bead in near)


def _stands_alone(alignment: Alignment, index: int, language: Language) -> bool:
    bead = alignment.beads[index]
    other = bead.en if language == "fr" else bead.fr
    return (
        bool(bead.side(language))
        and not other
        and index not in _moved(alignment.moved, language)
        and not _is_doubled_title(alignment, bead.side(language), language)
    )


def _is_doubled_title(alignment: Alignment, side: Sequence[Segment], language: Language) -> bool:
    """Return whether the run is only a title that the page shows twice and the other side once."""
    if any(segment.role != "title" for segment in side):
        return False
    document = alignment.pair.fr if language == "fr" else alignment.pair.en
    titles = [segment.text.casefold() for segment in document.segments if segment.role == "title"]
    return all(titles.count(segment.text.casefold()) > 1 for segment in side)


def _moved(moved: tuple[tuple[int, int], ...], language: Language) -> frozenset[int]:
    return frozenset(pair[0 if language == "fr" else 1] for pair in moved)
