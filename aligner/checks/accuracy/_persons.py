"""Persons who are another one on the other side: a king of another number, a name that was translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from aligner.checks.accuracy._exchanged_names import Placed, in_prose, may_be_word
from aligner.lexicon.lists import given_names
from aligner.lexicon.names import can_be_same, exonyms, fold, read_words
from aligner.model import BeadView, Hit, Segment, Span

SURE = 0.9
ALIKE = 3
"""First letters that two spellings of one name share: those are compared by their letters ("Batlló")."""

_KING = re.compile(
    r"(?<![\w’'])(?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,})[ \u00a0]"
    r"(?P<number>I(?:er|re|ère|ᵉʳ)|[IVX]{1,5})(?![\w’'-]|\.\w)"
)
_FIRST = re.compile(r"I(?:er|re|ère|ᵉʳ)?")


class _King(NamedTuple):
    """A name with its Roman number, 1 for "Ier" and "I", and where both are."""

    name: str
    number: str
    text: str
    span: Span


def other_kings(view: BeadView) -> Iterator[Hit]:
    """Yield kings and popes that have another number on the other side, one of the two being the first.

    Of "Louis XIV" and "Louis XV", the numbers are compared as numbers; "I" and "Ier" are read as none.
    """
    fr, en = _kings(view.bead.fr), _kings(view.bead.en)
    for f in fr:
        namesakes = [e for e in en if can_be_same(f.name, e.name)]
        others = [e for e in namesakes if "I" in (f.number, e.number) and e.number != f.number]
        if len(others) == len(namesakes) == 1 and sum(can_be_same(k.name, others[0].name) for k in fr) == 1:
            yield _hit(f.text, f.span, others[0].text, others[0].span)


def _kings(side: Sequence[Segment]) -> list[_King]:
    return [
        _King(
            fold(match["name"]),
            "I" if _FIRST.fullmatch(match["number"]) else match["number"],
            match.group(),
            (segment.start + match.start(), segment.start + match.end()),
        )
        for segment in side
        for match in _KING.finditer(segment.text)
    ]


def translated_persons(view: BeadView, fr: Sequence[Placed], en: Sequence[Placed]) -> Iterator[Hit]:
    """Yield persons whose family name is another word, beside the same given name or its translation.

    "Pierre Boulanger" and "Peter Baker", "Paul Charpentier" and "Paul Carpenter": neither article has the
    family name of the other.
    """
    texts = (view.alignment.pair.fr.text, view.alignment.pair.en.text)
    for f in fr:
        for e in en:
            alike = f.name.folded[:ALIKE] == e.name.folded[:ALIKE] or can_be_same(
                f.name.folded, e.name.folded
            )
            if alike or not _are_given(f.name.before, e.name.before):
                continue
            if f.name.before == e.name.before and not (may_be_word(f) and may_be_word(e)):
                continue  # two names, which are compared with the others
            is_elsewhere = e.name.folded in read_words(texts[0]) or f.name.folded in read_words(texts[1])
            if in_prose(f, e) and not is_elsewhere:
                yield _hit(f.name.text, f.span, e.name.text, e.span)


def _are_given(french: str, english: str) -> bool:
    """Return whether two folded words are one given name, or its forms in the two languages."""
    alike = french == english or (french, english) in exonyms()
    return alike and not _given().isdisjoint((french, english))


# Saves folding 900 names a bead.
@cache
def _given() -> frozenset[str]:
    return frozenset(map(fold, given_names()))


def _hit(french: str, span_fr: Span, english: str, span_en: Span) -> Hit:
    return Hit(
        "other",
        *span_en,
        values={"fr": french, "en": english},
        language="en",
        severity="major",
        confidence=SURE,
        other=span_fr,
    )
