"""The needs of a rule of grammar in a sentence, so that few rules are tried, and at few words.

Words are found by their keys: as they are written ("w:ont"), their endings ("e:ont"), the kind of their first
sign ("c:cap"), their lemmas ("l:avoir"), the tags of one reading ("t:verb.plur") and what the detector takes
them for ("p:VERB").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from aligner.checks.fluency._terms import ENDING, SIGNS, Element
from aligner.lexicon.morphology import Reading

Keys = frozenset[str]

_RARE = "wlepct"
"""Kinds of keys, those first that the fewest words have."""


class Place(NamedTuple):
    """One word of a pattern: keys of which it has one, any word where there are none."""

    keys: Keys
    is_next: bool
    """Whether it is right behind the word of the place before: no element is left out between them."""


class Needs(NamedTuple):
    """The words that a pattern needs, in order; ``lead`` elements before them may be no word at all."""

    lead: int
    places: tuple[Place, ...]


def needs_of(pattern: Sequence[Element]) -> Needs:
    """Return what a pattern needs."""
    lead = next((i for i, element in enumerate(pattern) if not element.edge), len(pattern))
    places, is_next = [], True
    for element in pattern[lead:]:
        if element.least and not element.edge:
            places.append(Place(min(element.keys, key=_breadth, default=frozenset()), is_next))
        is_next = bool(element.least) and not element.edge
    return Needs(lead, tuple(places) or (Place(frozenset(), is_next=False),))


def _breadth(keys: Keys) -> tuple[int, int]:
    """Return how many words have one of some keys, roughly, to compare it."""
    return max(_RARE.index(key[0]) for key in keys), len(keys)


class NeedsIndex:
    """Finds those of some rules whose needs a sentence meets, and the words from which they may match.

    Each place of each pattern is a bit, so that all patterns are followed at once from word to word, the last
    word first: the algorithm Shift-And (Baeza-Yates and Gonnet, "A New Approach to Text Searching", 1992).
    """

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._needs = needs
        self._firsts: list[int] = []
        self._lasts = self._held = self._any = 0
        self._bits: defaultdict[str, int] = defaultdict(int)
        bit = 1
        for _, places in needs:
            self._lasts |= bit
            for keys, is_next in reversed(places):
                for key in keys:
                    self._bits[key] |= bit
                self._any |= 0 if keys else bit
                self._held |= 0 if is_next else bit
                bit <<= 1
            self._firsts.append(bit >> 1)
        self._rules = {bit.bit_length(): rule for rule, bit in enumerate(self._firsts)}
        self._tags = {key: frozenset(key[2:].split(".")) for key in self._bits if key[0] == "t"}
        self._bits_of_tags: dict[frozenset[str], int] = {}
        self._bits_of_signs: dict[str, int] = {}

    def met_by(self, word: str, readings: Sequence[Reading], pos: str) -> int:
        """Return what a word meets, in bits; ``pos`` is what the detector takes it for, if it does."""
        lower, bits = word.lower(), self._bits
        met = self._any | bits.get("w:" + lower, 0) | bits.get("e:" + lower[-ENDING:], 0)
        met |= bits.get("p:" + pos, 0) | self._met_by_sign(word[:1])
        for lemma in {reading.lemma for reading in readings}:
            met |= bits.get("l:" + lemma, 0)
        for tags in {reading.tags for reading in readings}:
            met |= self._met_by_tags(tags)
        return met

    def _met_by_sign(self, sign: str) -> int:
        if sign not in self._bits_of_signs:
            met = (self._bits.get(f"c:{name}", 0) for name, is_sign in SIGNS.items() if is_sign(sign))
            self._bits_of_signs[sign] = reduce(or_, met, 0)
        return self._bits_of_signs[sign]

    def _met_by_tags(self, tags: frozenset[str]) -> int:
        if tags not in self._bits_of_tags:
            met = (self._bits[key] for key, required in self._tags.items() if required <= tags)
            self._bits_of_tags[tags] = reduce(or_, met, 0)
        return self._bits_of_tags[tags]

    def starting(self, rules: Iterable[int]) -> int:
        """Return the bits of the first places of some rules."""
        return reduce(or_, (self._firsts[rule] for rule in rules), 0)

    def candidates(self, words: Sequence[int], starting: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the rules that may match a sentence, in order, each with the words from which it may.

        ``words`` are what each of its words meets, ``starting`` the bits of the rules that are looked for.
        """
        starts: defaultdict[int, list[int]] = defaultdict(list)
        followed = 0
        for place in range(len(words) - 1, -1, -1):
            followed = (followed << 1 | self._lasts) & words[place] | followed & self._held
            found = followed & starting
            while found:
                highest = found.bit_length()
                found ^= 1 << (highest - 1)
                starts[self._rules[highest]].append(place)
        for rule in sorted(starts):
            lead = self._needs[rule].lead
            yield rule, sorted({max(start - lead, 0) for start in starts[rule]})
