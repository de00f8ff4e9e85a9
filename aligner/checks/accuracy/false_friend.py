"""ACC321: a word rendered by its false friend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.checks.base import bead_check
from aligner.lexicon.names import fold, read_words
from aligner.model import BeadView, Context, Hit, Span

CONFIDENCE = 0.8


class _Row(NamedTuple):
    """Folded forms of a French word, of its false friend, and of what each should be on the other side."""

    french: frozenset[str]
    english: frozenset[str]
    right_english: frozenset[str]
    right_french: frozenset[str]
    suggestion: str


@bead_check(
    "ACC321",
    "false-friend",
    title={"en": "False friend", "fr": "Faux ami"},
    category="mistranslation",
    cause="translation",
    severity="minor",
    explained_in_bead_by=("ALN204",),
    messages={
        "friend": {
            "fr": "« {fr} » ne se dit pas « {en} » en anglais, mais par exemple « {right} ».",
            "en": "“{en}” is a false friend of “{fr}”, which means, among other things, “{right}”.",
        }
    },
)
def false_friend(view: BeadView, context: Context) -> Iterator[Hit]:
    """A word is rendered by the word that only looks like it.

    Finds: a French word and its English false friend in one bead, where neither side has a word that would
        explain the other one ("librairie", "library" without "bibliothèque" or "bookshop").
    Matters: the sentence is fluent and says something else.
    Bad: La librairie ferme à 19 heures. / The library closes at 7 p.m.
    Good: La librairie ferme à 19 heures. / The bookshop closes at 7 p.m.
    False positives: both words by chance in one long bead.
    Measured: 34 findings on 549,000 words of human news translations (newstest 2008-2012); 22 of 26 read
        were right.
    """
    bead = view.bead
    if not bead.fr or not bead.en:
        return
    fr = frozenset[str]().union(*(read_words(s.text) for s in bead.fr))
    en = frozenset[str]().union(*(read_words(s.text) for s in bead.en))
    for word in fr & _by_french().keys():
        row = _by_french()[word]
        if not row.english & en or row.right_english & en or row.right_french & fr:
            continue
        found_en, span_en = _place(view, "en", row.english)
        found_fr, span_fr = _place(view, "fr", frozenset({word}))
        yield Hit(
            "friend",
            *span_en,
            language="en",
            values={"fr": found_fr, "en": found_en, "right": row.suggestion},
            confidence=CONFIDENCE,
            suggestion=row.suggestion,
            other=span_fr,
        )


@cache
def _by_french() -> Mapping[str, _Row]:
    table = files("aligner.checks.accuracy").joinpath("data/false_friends.tsv").read_text(encoding="utf-8")
    rows: dict[str, _Row] = {}
    for line in table.splitlines():
        cells = line.split("\t")
        french, english, right_english, right_french = (
            frozenset(fold(w) for w in c.split("|")) for c in cells
        )
        row = _Row(french, english, right_english, right_french, cells[2].partition("|")[0])
        rows.update((word, row) for word in french)
    return rows


_WORD = re.compile(r"[^\W\d_]+")


def _place(view: BeadView, language: str, forms: frozenset[str]) -> tuple[str, Span]:
    """Return the first of ``forms`` on one side as it is spelled, and its span in the document."""
    segments = view.bead.fr if language == "fr" else view.bead.en
    for segment in segments:
        for match in _WORD.finditer(segment.text):
            if fold(match.group()) in forms:
                return match.group(), (segment.start + match.start(), segment.start + match.end())
    raise ValueError("the word was in the bead a moment ago")
