"""Names in the same place of the two sides of a bead that are not the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from aligner.checks.next_to import beads_next_to
from aligner.lexicon.names import MIN_LETTERS, Name, has_own_form, of_one_place, read_names, read_words
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, BeadView, Language, Segment

# Tuned on newstest 2008-2012 (train), read one by one.
RARE = 5
"""Occurrences in one lexicon up to which the other may lack a name without having its own form of it."""
RARER = 8
"""How much rarer a name may be in one language, or as a common word, and still count as a name of both."""
SEEN, FOREIGN = 2, 50
"""Occurrences in both lexicons from which a name is one of both, and how much rarer it may be in one."""
PROSE = 0.5
"""Share of words without a capital from which a capital tells a name."""
STEM = 5
"""Letters that a name shares with what is derived from it."""
MAX_DISTANCE = 0.15
"""How far apart, as a share of the passage, a sure name and one that is only likely may be."""
INTRUDED = 0.25
"""Such a distance for a name of both languages and any capital that it may replace."""
MAX_RATIO = 8
"""How much rarer a name that both languages write alike may be in one of them."""
BEGINNING = 4
"""Letters that "Lyon" and "Lyonnais" share: two names that begin alike are not exchanged."""


# "Russian", "Chinese": a people or its adjective, which a translation drops or adds freely.
_PEOPLE: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(r"[a-zé]{3}(?:oise?|aise|éenn?e?|ienne)s?$"),
    "en": re.compile(r"(?:[^aeiou]ian|ean|[ni]can|rman|ish|ese|tch|nch|eek|wiss|eli|raqi|audi|zech)s?$|-"),
}


class Placed(NamedTuple):
    """A name and the segment that it is in."""

    name: Name
    segment: Segment

    @property
    def span(self) -> tuple[int, int]:
        """Its span in the document."""
        return self.segment.start + self.name.start, self.segment.start + self.name.end

    @property
    def place(self) -> float:
        """Its place in its segment, as a share of the length."""
        return self.name.start / len(self.segment.text)


Pair = tuple[Placed, Placed]


def without_equal(side: Sequence[Segment], other_side: Sequence[Segment]) -> list[Placed]:
    """Return capitalised words of one side not spelled so on the other ("Mc Carthy" is "McCarthy")."""
    spellings = frozenset[str]().union(*(read_words(s.text) for s in other_side))
    spellings |= {name.before + name.folded for s in other_side for name in read_names(s.text)}
    return [
        Placed(name, segment)
        for segment in side
        for name in read_names(segment.text)
        if len(name.folded) >= MIN_LETTERS and spellings.isdisjoint((name.folded, name.before + name.folded))
    ]


def anchored(f: Placed, e: Placed) -> bool:
    """Return whether the same name occurs right before, or right after, both."""
    before = f.name.before == e.name.before and all(
        len(p.name.before) > 2 and p.segment.text[p.name.start - 1 - len(p.name.before)].isupper()
        for p in (f, e)
    )
    return before or (
        f.name.after == e.name.after
        and all(len(p.name.after) > 2 and p.segment.text[p.name.end + 1].isupper() for p in (f, e))
    )


def exchanged(view: BeadView, fr: Sequence[Placed], en: Sequence[Placed]) -> list[Pair]:
    """Return different names in matching places: beside an equal name, or the only unmatched ones there."""
    open_fr = _distinct(f for f in fr if not f.name.at_start or _is_sure(f, "fr"))
    open_en = _distinct(e for e in en if not e.name.at_start or _is_sure(e, "en"))
    if not open_fr or not open_en:
        return []
    if not any(_is_sure(f, "fr") for f in open_fr) and not any(_is_sure(e, "en") for e in open_en):
        return []  # as below, before the names are looked for on the other side, which takes long
    open_fr = [f for f in open_fr if not _has_counterpart(view, f.name, "en")]
    open_en = [e for e in open_en if not _has_counterpart(view, e.name, "fr")]
    sure_fr = [f for f in open_fr if _is_sure(f, "fr")]
    sure_en = [e for e in open_en if _is_sure(e, "en")]
    if not sure_fr and not sure_en:
        return []
    sure_ids = {id(p) for p in (*sure_fr, *sure_en)}
    anchored_pairs = [
        (f, e)
        for f in open_fr
        for e in open_en
        if (sure_ids >= {id(f), id(e)} or (sure_ids & {id(f), id(e)} and in_prose(f, e))) and anchored(f, e)
    ]
    pairs = anchored_pairs[:1] or _opposite(
        _last_names(sure_fr) or _last_names([f for f in open_fr if _is_likely(f, "fr")]),
        _last_names(sure_en) or _last_names([e for e in open_en if _is_likely(e, "en")]),
    )
    return [
        (f, e) for f, e in pairs if f.name.folded not in e.name.folded and e.name.folded not in f.name.folded
    ]


def intruder(view: BeadView, fr: Sequence[Placed], en: Sequence[Placed]) -> Pair | None:
    """Return a name common to both languages that one article alone has, and the capital that it replaces.

    That capital may be any word ("National", "Irish"), and be in the passages around as well, where
    ``exchanged`` asks for a name that is nowhere else.
    """
    for side, opposite, other_language in ((fr, en, LANGUAGES[1]), (en, fr, LANGUAGES[0])):
        language = OTHER[other_language]
        article = view.alignment.pair.en if other_language == "en" else view.alignment.pair.fr
        for placed in side:
            if not _is_of_both(placed, language) or placed.name.folded in read_words(article.text):
                continue
            if _has_counterpart(view, placed.name, other_language):
                continue
            rivals = [rival for rival in opposite if _may_be_ousted(view, rival, other_language, placed)]
            if rivals:
                closest = min(rivals, key=lambda rival: abs(rival.place - placed.place))
                return (placed, closest) if language == "fr" else (closest, placed)
    return None


def _is_of_both(placed: Placed, language: Language) -> bool:
    """Return whether it is surely a name, inside a sentence, equally frequent in both languages."""
    counts = [lexicon(side).get(placed.name.text, 0) for side in LANGUAGES]
    alike = min(counts) >= SEEN and max(counts) <= MAX_RATIO * min(counts)
    return alike and not placed.name.at_start and in_prose(placed) and _is_sure(placed, language)


def _may_be_ousted(view: BeadView, rival: Placed, language: Language, ousting: Placed) -> bool:
    """Return whether a capital of ``language`` replaces the name ``ousting``, and the other side lacks it."""
    if rival.name.at_start and not _is_sure(rival, language):
        return False
    if abs(rival.place - ousting.place) > INTRUDED or not in_prose(rival):
        return False
    if rival.name.folded[:BEGINNING] == ousting.name.folded[:BEGINNING]:
        return False
    other_language = OTHER[language]
    return not _has_form(rival.name, other_language, view.bead.side(other_language))


def in_prose(*names: Placed) -> bool:
    """Return whether the names are in sentences, where a capital marks a name, not in titles or lists."""
    return all(_is_prose(p.segment.text) for p in names)


def _distinct(names: Iterable[Placed]) -> list[Placed]:
    first: dict[str, Placed] = {}
    for placed in names:
        first.setdefault(placed.name.folded, placed)
    return list(first.values())


def _opposite(fr: Sequence[Placed], en: Sequence[Placed]) -> list[Pair]:
    """Return the only unmatched name of each side, or the nearest two where one side has more."""
    if len(fr) == len(en) == 1 and not any(may_be_word(p) for p in (fr[0], en[0])):
        return [(fr[0], en[0])]
    if min(len(fr), len(en)) != 1:
        return []
    distance, i, j = min((abs(f.place - e.place), i, j) for i, f in enumerate(fr) for j, e in enumerate(en))
    return [(fr[i], en[j])] if distance <= MAX_DISTANCE else []


def may_be_word(placed: Placed) -> bool:
    """Return whether a lexicon has the word without a capital often enough."""
    as_name, as_word = (
        max(lexicon(language).get(word, 0) for language in LANGUAGES)
        for word in (placed.name.text, placed.name.text.lower())
    )
    return as_word * RARER > as_name


def _last_names(names: Sequence[Placed]) -> list[Placed]:
    """Return the last of each run of adjacent names."""
    touching = {
        id(a) for a, b in pairwise(names) if a.segment is b.segment and b.name.start - a.name.end == 1
    }
    return [p for p in names if id(p) not in touching]


def _is_likely(placed: Placed, language: Language) -> bool:
    """Return whether the capital is that of a name: in prose, inside a sentence, no common word."""
    name = placed.name
    of_people = any(_PEOPLE[code].search(name.text) for code in ("en", language))
    if name.at_start or of_people or not _is_prose(placed.segment.text):
        return False
    words = lexicon(language)
    as_name, as_word = words.get(name.text, 0), words.get(name.text.lower(), 0)
    return as_name * 2 >= as_word if language == "fr" else as_name >= as_word * 2


def _is_sure(placed: Placed, language: Language) -> bool:
    """Return whether it is a name that the other language spells alike, or has a known form for."""
    name = placed.name
    if _PEOPLE[language].search(name.text):
        return False
    counts = [lexicon(side).get(name.text, 0) for side in LANGUAGES]
    as_word = max(lexicon(side).get(name.text.lower(), 0) for side in LANGUAGES)
    if not any(counts) and not as_word:
        return not name.at_start and name.text[1:].islower() and _is_prose(placed.segment.text)
    if may_be_word(placed):
        return False
    if has_own_form(name.folded, language):
        return True
    if max(counts) <= RARE:
        return in_prose(placed)
    return min(counts) >= SEEN and max(counts) <= FOREIGN * min(counts)


def _is_prose(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()][1:]  # the first has a capital anyway
    return sum(word[0].islower() for word in words) >= PROSE * len(words)


def _has_counterpart(view: BeadView, name: Name, other_language: Language) -> bool:
    """Return whether a form of the name occurs on the other side, here or in the bead before or after."""
    own_language = OTHER[other_language]
    stem = name.folded[:STEM]
    moved = (
        b
        for b in beads_next_to(view)
        if not any(w.startswith(stem) for s in b.side(own_language) for w in read_words(s.text))
    )
    return _has_form(
        name, other_language, view.bead.side(other_language), *(b.side(other_language) for b in moved)
    )


def _has_form(name: Name, language: Language, *sides: Sequence[Segment]) -> bool:
    """Return whether some form of the name occurs in passages of the other language."""
    words = frozenset[str]().union(*(read_words(s.text) for side in sides for s in side))
    if name.folded in words:
        return True
    long = (w for w in words if len(w) >= MIN_LETTERS)
    if language == "en":
        return any(of_one_place(name.folded, w) for w in long)
    return any(of_one_place(w, name.folded) for w in long)
