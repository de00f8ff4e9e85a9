"""ACC316: an acronym that is left in the other language's form, or is another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.base import bead_check
from aligner.lexicon.lists import french_acronyms
from aligner.lexicon.names import acronyms
from aligner.model import BeadView, Context, Hit, Language, Segment, Span

MIN_LETTERS = 3
"""Letters below which a capitalised word may be a plain word ("UN", "US") rather than an acronym."""
SURE, LIKELY, DOUBTFUL = 0.9, 0.7, 0.5
_SKIPPED_WORDS = "de|du|des|la|le|les|et|pour|à|en|aux|au|of|the|and|for|on|in"
"""Words that an acronym leaves out."""

_OF_TWO_THINGS = frozenset(
    ("AMA", "CPI", "IPC", "ASE", "BRI", "CEI", "ARN", "EAU", "IST", "STI", "OCI", "DTS", "ETP", "GPL", "CCG")
)
"""Letters that are short for something else in the other language too: a suspicion unless spelled out."""

_ACRONYM = re.compile(r"(?<![\w.@#/-])[A-Z]{2,6}(?![\w@/-])(?!\.\w)")
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,} [A-ZÀ-Þ]{2,} ?[A-ZÀ-Þ]*\b")

_SHORT = frozenset(("UE",))
"""Shorter ones that mean nothing in the other language."""

_Spans = dict[str, Span]


@bead_check(
    "ACC316",
    "acronym-mismatch",
    title={"en": "Acronym differs", "fr": "Sigle différent"},
    category="terminology",
    cause="translation",
    severity="minor",
    explained_by=("ACC315", "EXT101"),
    explained_in_bead_by=("ALN204",),
    messages={
        "foreign-fr": {
            "fr": "« {found} » est le sigle anglais ; en français on écrit « {expected} ».",
            "en": "“{found}” is the English acronym; French writes “{expected}”.",
        },
        "foreign-en": {
            "fr": "« {found} » est le sigle français ; en anglais on écrit « {expected} ».",
            "en": "“{found}” is the French acronym; English writes “{expected}”.",
        },
        "other": {
            "fr": "Le sigle n'est pas le même : « {fr} » en français, « {en} » en anglais.",
            "en": "The acronym is not the same: “{fr}” in French, “{en}” in English.",
        },
    },
)
def acronym_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """An acronym is in the form of the other language, or for something else.

    Finds: "OTAN" in an English text, "GDP" in a French one; an acronym of the table whose counterpart is
        missing while another known one is there; and two of French bodies ("SNCF", "RATP") for one another.
    Matters: readers of one language do not know the acronyms of the other.
    Bad: L'OTAN se réunit. / OTAN meets.
    Good: L'OTAN se réunit. / NATO meets.
    False positives: letters that abbreviate two things, as CPI does, are a suspicion; an acronym whose words
        the article spells out is left alone.
    Measured: 27 findings on 549,000 words of human news translations (newstest 2008-2012); 21 of 25 read
        were right.
    """
    fr, en = _acronyms(view.bead.fr), _acronyms(view.bead.en)
    if not fr or not en:
        return
    pair = view.alignment.pair
    foreign = [
        hit
        for hit in _foreign(fr, en)
        if not is_spelt_out(str(hit.values["found"]), (pair.fr if hit.language == "fr" else pair.en).text)
    ]
    yield from foreign
    if not foreign:
        yield from _conflicting_acronyms(fr, en)
        yield from _exchanged(view, fr, en)


def is_spelt_out(acronym: str, text: str) -> bool:
    """Return True if words of ``text`` begin with the letters of ``acronym``, in order, function words apart.

    An acronym whose words the article has is its own, whatever the table says ("American Medical
    Association (AMA)").
    """
    gap = rf"[\s-]+(?:(?:{_SKIPPED_WORDS})[\s-]+)*"
    elision = r"(?:[dl]['’])?"
    words = [rf"{elision}{re.escape(letter)}[^\W\d_]{{3,}}" for letter in acronym if letter.isupper()]
    return bool(re.search(r"(?<![^\W_])" + gap.join(words) + r"(?![^\W_])", text, re.IGNORECASE))


def _acronyms(segments: Sequence[Segment]) -> _Spans:
    """Return acronyms with their first places; a text in capitals has none."""
    places: _Spans = {}
    for segment in segments:
        if _SHOUTED.search(segment.text):
            continue
        for match in _ACRONYM.finditer(segment.text):
            places.setdefault(match.group(), (segment.start + match.start(), segment.start + match.end()))
    return places


def _french_of() -> dict[str, str]:
    return {english: french for french, forms in acronyms().items() for english in forms}


def _foreign(fr: _Spans, en: _Spans) -> Iterator[Hit]:
    """Yield forms of the table that both sides share although each language has its own."""
    for acronym in fr.keys() & en.keys():
        if len(acronym) < MIN_LETTERS and acronym not in _SHORT:
            continue
        if acronym in acronyms() and not set(acronyms()[acronym]) & en.keys() and acronym not in _french_of():
            yield _foreign_hit(acronym, acronyms()[acronym][0], "en", en[acronym], fr[acronym])
        elif acronym in _french_of() and _french_of()[acronym] not in fr and acronym not in acronyms():
            yield _foreign_hit(acronym, _french_of()[acronym], "fr", fr[acronym], en[acronym])


def _foreign_hit(acronym: str, expected: str, language: Language, span: Span, other_span: Span) -> Hit:
    return Hit(
        f"foreign-{language}",
        *span,
        values={"found": acronym, "expected": expected},
        language=language,
        confidence=DOUBTFUL if acronym in _OF_TWO_THINGS else SURE,
        suggestion=expected,
        other=other_span,
    )


def _conflicting_acronyms(fr: _Spans, en: _Spans) -> Iterator[Hit]:
    """Yield known acronyms without their counterpart, opposite a known one that does not match."""
    lost_fr = [a for a in fr if a in acronyms() and a not in en and not set(acronyms()[a]) & en.keys()]
    lost_en = [a for a in en if a in _french_of() and a not in fr and not _same_en(a) & fr.keys()]
    if len(lost_fr) == len(lost_en) == 1:
        yield Hit(
            "other",
            *en[lost_en[0]],
            values={"fr": lost_fr[0], "en": lost_en[0]},
            language="en",
            confidence=LIKELY,
            suggestion=acronyms()[lost_fr[0]][0],
            other=fr[lost_fr[0]],
        )


def _exchanged(view: BeadView, fr: _Spans, en: _Spans) -> Iterator[Hit]:
    """Yield an acronym of a French body in English, where only another one is in the French."""
    lost_fr, lost_en = fr.keys() & french_acronyms() - en.keys(), en.keys() & french_acronyms() - fr.keys()
    if len(lost_fr) != 1 or len(lost_en) != 1:
        return
    (french,), (english,) = lost_fr, lost_en
    if _may_be_said(french, view, "en") or _may_be_said(english, view, "fr") or _is_part(french, english):
        return
    yield Hit(
        "other",
        *en[english],
        values={"fr": french, "en": english},
        language="en",
        severity="major",
        confidence=SURE,
        suggestion=french,
        other=fr[french],
    )


def _may_be_said(acronym: str, view: BeadView, language: Language) -> bool:
    """Return whether one side has an acronym nearby, or its words here."""
    around = (*view.neighbours(language, 1), *view.bead.side(language))
    here = " ".join(segment.text for segment in view.bead.side(language))
    return any(acronym in segment.text for segment in around) or is_spelt_out(acronym, here)


def _is_part(one: str, other: str) -> bool:
    """Return whether the letters of one of two acronyms are all in the other, in order ("CHU", "CHRU")."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _same_en(english: str) -> set[str]:
    return {french for french, forms in acronyms().items() if english in forms}
