"""ACC314: a proper name that is spelt otherwise, or is another one, on the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.checks.base import check
from aligner.model import LANGUAGES, BeadView, Context, Hit, Language, Segment
from aligner.text.lexicon import lexicon
from aligner.text.names import (
    SHORTEST,
    Name,
    can_be_same,
    distance,
    known,
    looks_like_name,
    read_names,
    read_words,
)

# Tuned on newstest 2008-2012 (train), read firing by firing.
EDITS = ((5, 1), (9, 2), (99, 3))
"""Letters of the longer name, and the edits up to which two names are twins."""
GLUED = (5, 4)
"""Letters of the shorter name, and of what may hang on the longer one ("Brookspar")."""
RARE = 5
"""Occurrences in one lexicon up to which the other may lack a name without having its own form of it."""
RARER = 8
"""How much rarer a name may be in one language, or as a common word, and still count as a name of both."""
EVIDENCE_REACH = 15
"""Beads before and after in which the right spelling is looked for."""
SURE, LIKELY, UNSURE = 0.9, 0.75, 0.6


class _Placed(NamedTuple):
    """A name and the segment that it stands in."""

    name: Name
    segment: Segment

    @property
    def span(self) -> tuple[int, int]:
        return self.segment.start + self.name.start, self.segment.start + self.name.end


_Pair = tuple[_Placed, _Placed]


@check(
    "ACC314",
    "name-mismatch",
    scope="bead",
    category="named-entity",
    cause="translation",
    severity="major",
    messages={
        "spelling": {
            "fr": "Le nom n'a pas la même orthographe : « {fr} » en français, « {en} » en anglais.",
            "en": "The name is not spelt alike: “{fr}” in French, “{en}” in English.",
        },
        "misspelt": {
            "fr": "« {wrong} » semble mal orthographié : l'autre texte écrit « {right} ».",
            "en": "“{wrong}” looks misspelt: the other text has “{right}”.",
        },
        "other": {
            "fr": "Le nom n'est pas le même : « {fr} » en français, « {en} » en anglais.",
            "en": "The name is not the same: “{fr}” in French, “{en}” in English.",
        },
    },
)
def name_mismatch(view: BeadView, context: Context) -> Iterator[Hit]:
    """A proper name is spelt otherwise on the other side, or is another name there.

    Finds: names without an equal on the other side that have a near twin there; names next to an equal
        first or last name that differ; and a lone name exchanged for another that both languages spell alike.
    Matters: a wrong name is a wrong person, and the first thing a reader writes in about.
    Bad: Angela Merkel a signé. / Angela Markel signed.
    Good: Le maire de Londres a signé. / The mayor of London signed.
    False alarms: forms that each language has of its own and that the table of exonyms lacks, and other
        transcriptions from another alphabet.
    Measured: 261 firings on 549,000 words of human news translations (newstest 2008-2012), and 48 of 60
        read were right; newstest is among the texts of the lexicon. 5 of 6 were right on the 43,000 words
        of ntrex, which is not. Of 100 names misspelt 92 are found, of 100 exchanged for another 86.
    """
    bead = view.bead
    if not bead.fr or not bead.en:
        return
    fr, en = _without_equal(bead.fr, bead.en, "fr"), _without_equal(bead.en, bead.fr, "en")
    if not fr or not en:
        return
    twins = _twins(fr, en)
    yield from (_spelling_hit(view, *pair) for pair in twins)
    used = {id(placed) for pair in twins for placed in pair}
    rest_fr, rest_en = ([p for p in side if id(p) not in used] for side in (fr, en))
    yield from (_other_hit(view, *pair) for pair in _exchanged(view, rest_fr, rest_en))


def _without_equal(side: Sequence[Segment], other: Sequence[Segment], language: Language) -> list[_Placed]:
    """Names of one side whose spelling is nowhere on the other."""
    there = frozenset[str]().union(*(read_words(s.text) for s in other))
    return [
        _Placed(name, segment)
        for segment in side
        for name in read_names(segment.text)
        if len(name.folded) >= SHORTEST and name.folded not in there and looks_like_name(name, language)
    ]


def _twins(fr: Sequence[_Placed], en: Sequence[_Placed]) -> list[_Pair]:
    """Names that nearly agree and cannot be one name in two languages."""
    found: list[_Pair] = []
    for f in fr:
        for e in en:
            established = known(f.name, "fr") and known(e.name, "en")
            if not established and _near(f.name.folded, e.name.folded):
                settled = any(_listed_in_both(p.name) for p in (f, e))
                if can_be_same(f.name.folded, e.name.folded, settled=settled):
                    break
                found.append((f, e))
                break
    return found


def _listed_in_both(name: Name) -> bool:
    return all(name.text in lexicon(language) for language in LANGUAGES)


def _near(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    most = next(edits for letters, edits in EDITS if len(long) <= letters)
    if distance(a, b, most) <= most:
        return True
    return _hangs_on(short, long)


def _hangs_on(short: str, long: str) -> bool:
    """Whether ``long`` is ``short`` with a short word run on."""
    return len(short) >= GLUED[0] and long.startswith(short) and 2 <= len(long) - len(short) <= GLUED[1]


def _exchanged(view: BeadView, fr: Sequence[_Placed], en: Sequence[_Placed]) -> list[_Pair]:
    """Unlike names that answer each other: beside an equal name, or the only one open on each side."""
    fr = [f for f in fr if not _answered(view, f.name, "en")]
    en = [e for e in en if not _answered(view, e.name, "fr")]
    alike = {id(p) for p in (*fr, *en) if _alike_in_both(p.name)}
    anchored = [(f, e) for f in fr for e in en if alike & {id(f), id(e)} and _anchored(f.name, e.name)]
    fr, en = ([p for p in side if id(p) in alike] for side in (fr, en))
    pairs = anchored[:1] or ([(fr[0], en[0])] if len(fr) == len(en) == 1 else [])
    return [
        (f, e) for f, e in pairs if f.name.folded not in e.name.folded and e.name.folded not in f.name.folded
    ]


def _alike_in_both(name: Name) -> bool:
    """Whether both languages write the name alike, as far as the lexicons tell, and for little else."""
    in_fr, in_en = (lexicon(language).get(name.text, 0) for language in LANGUAGES)
    as_word = max(lexicon(language).get(name.text.lower(), 0) for language in LANGUAGES)
    if as_word * RARER > max(in_fr, in_en):
        return False
    return max(in_fr, in_en) <= max(RARE, RARER * min(in_fr, in_en))


def _answered(view: BeadView, name: Name, there: Language) -> bool:
    """Whether a form of the name stands on the other side, here or moved to the bead before or after."""
    here: Language = "en" if there == "fr" else "fr"
    beads = view.alignment.beads
    near = (*beads[max(0, view.index - 1) : view.index], *beads[view.index + 1 : view.index + 2])
    moved = (b for b in near if not any(name.folded in read_words(s.text) for s in b.side(here)))
    sides = (view.bead.side(there), *(b.side(there) for b in moved))
    words = frozenset[str]().union(*(read_words(s.text) for side in sides for s in side))
    if name.folded in words:
        return True
    long = (w for w in words if len(w) >= SHORTEST)
    pairs = ((name.folded, w) if there == "en" else (w, name.folded) for w in long)
    return any(can_be_same(*pair) for pair in pairs)


def _anchored(f: Name, e: Name) -> bool:
    """Whether the same name stands right before, or right after, both."""
    before = len(f.before) >= SHORTEST and f.before == e.before
    return before or (len(f.after) >= SHORTEST and f.after == e.after)


def _spelling_hit(view: BeadView, f: _Placed, e: _Placed) -> Hit:
    odd = _odd_side(view, f.name, e.name)
    certain = odd is not None or _anchored(f.name, e.name)
    side: Language = odd or "en"
    wrong, right = (f, e) if side == "fr" else (e, f)
    same_alphabet = wrong.name.text.isascii() == right.name.text.isascii()
    return Hit(
        "misspelt" if odd else "spelling", *wrong.span,
        values={"wrong": wrong.name.text, "right": right.name.text, "fr": f.name.text, "en": e.name.text},
        language=side, severity=None if certain else "minor", confidence=SURE if certain else LIKELY,
        suggestion=right.name.text if odd and same_alphabet else None, other=right.span,
    )  # fmt: skip


def _other_hit(view: BeadView, f: _Placed, e: _Placed) -> Hit:
    anchored = _anchored(f.name, e.name)
    odd = _odd_side(view, f.name, e.name)
    side: Language = odd or "en"
    wrong, right = (f, e) if side == "fr" else (e, f)
    return Hit(
        "other", *wrong.span, values={"fr": f.name.text, "en": e.name.text}, language=side,
        severity=None if anchored else "minor", confidence=LIKELY if anchored else UNSURE, other=right.span,
    )  # fmt: skip


def _odd_side(view: BeadView, f: Name, e: Name) -> Language | None:
    """The side whose spelling nothing supports while the articles, or a lexicon, know the other's."""
    around = [read_words(s.text) for language in LANGUAGES for s in view.neighbours(language, EVIDENCE_REACH)]
    seen_f, seen_e = (any(name.folded in words for words in around) for name in (f, e))
    if seen_f != seen_e:
        return "en" if seen_f else "fr"
    if _hangs_on(*sorted((f.folded, e.folded), key=len)):
        return "fr" if len(f.folded) > len(e.folded) else "en"
    listed_f, listed_e = (any(name.text in lexicon(k) for k in LANGUAGES) for name in (f, e))
    if listed_f != listed_e:
        return "en" if listed_f else "fr"
    return None
