"""The needs of a rule of grammar in a sentence, so that few rules are tried, and at few words.

Words are found by their keys: as they are written ("w:ont"), their endings ("e:ont"), the kind of their first
sign ("c:cap"), their lemmas ("l:avoir"), the tags of one reading ("t:verb.plur") and what the detector takes
them for ("p:VERB").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.checks.anchors import AnchorIndex
from aligner.checks.fluency._terms import ENDING, SIGNS, Element
from aligner.lexicon.morphology import Reading

Keys = frozenset[str]

_FREQUENT = 1_000_000
"""Occurrences that a tag or a mark counts for: more than any word of the lexicon has."""
_ENDING_FREQUENCY = 10_000


class Needs(NamedTuple):
    """Keys that a pattern needs, one of each set.

    Those ``placed`` have an offset from its first word, those ``required`` may be anywhere; the rarest come
    first. ``lead`` elements before the first word may be met by the beginning of the sentence.
    """

    lead: int
    placed: tuple[tuple[int, Keys], ...]
    required: tuple[Keys, ...]

    def rarest(self) -> Keys:
        """Return the keys to find the rule by; none where it needs none."""
        return self.required[0] if self.required else frozenset()

    def are_met(self, keys: Keys) -> bool:
        """Return whether a sentence with these keys may match."""
        return not any(map(keys.isdisjoint, self.required))


def needs_of(pattern: Sequence[Element], counts: Mapping[str, int]) -> Needs:
    """Return what a pattern needs; ``counts`` say how frequent words are."""
    lead = next((i for i, element in enumerate(pattern) if not element.edge), len(pattern))
    body = pattern[lead:]
    fixed = next((i for i, element in enumerate(body) if not element.least), len(body))
    needed = [(offset, keys) for offset, element in enumerate(body) if element.least for keys in element.keys]
    needed.sort(key=lambda place: _frequency(place[1], counts))
    placed = tuple(place for place in needed if place[0] < fixed)
    return Needs(lead, placed, tuple(keys for _, keys in needed))


def _frequency(keys: Keys, counts: Mapping[str, int]) -> int:
    return sum(_frequency_of(key[0], key[2:], counts) for key in keys)


def _frequency_of(kind: str, value: str, counts: Mapping[str, int]) -> int:
    if kind in "wl" and value[:1].isalpha():
        return counts.get(value, 1)
    return _ENDING_FREQUENCY if kind == "e" else _FREQUENT // len(value.split("."))


class NeedsIndex:
    """Finds those of some rules whose needs a sentence meets."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._index = AnchorIndex([*enumerate(needs)], lambda row: row[1].rarest())
        self.keys: Keys = frozenset(key for need in needs for group in need.required for key in group)
        """All keys that any rule needs."""
        self._tags = {key: frozenset(key[2:].split(".")) for key in self.keys if key[0] == "t"}
        self._of_tags: dict[frozenset[str], Keys] = {}

    def keys_of(self, word: str, readings: Sequence[Reading], pos: str) -> Keys:
        """Return those keys that a word has; ``pos`` is what the detector takes it for, if it does."""
        lower = word.lower()
        keys = {
            f"w:{lower}",
            f"e:{lower[-ENDING:]}",
            f"p:{pos}",
            *(f"l:{reading.lemma}" for reading in readings),
        }
        keys.update(f"c:{name}" for name, is_sign in SIGNS.items() if is_sign(word[:1]))
        return self.keys.intersection(keys).union(*(self._keys_of_tags(reading.tags) for reading in readings))

    def _keys_of_tags(self, tags: frozenset[str]) -> Keys:
        if tags not in self._of_tags:
            self._of_tags[tags] = frozenset(key for key, required in self._tags.items() if required <= tags)
        return self._of_tags[tags]

    def candidates(self, keys: Keys) -> Iterator[int]:
        """Yield the numbers of the rules that may match a sentence with these keys, in their order."""
        return (number for number, needs in self._index.candidates(keys) if needs.are_met(keys))


@dataclass(frozen=True, slots=True)
class Places:
    """The keys of each word of a sentence, those of all its words, and at which words each occurs."""

    of_word: tuple[Keys, ...]
    keys: Keys
    _by_key: Mapping[str, Sequence[int]]

    def starts(self, needs: Needs) -> Sequence[int]:
        """Return the words, in order, from which a pattern with these needs may match."""
        candidates: Iterable[int] = range(len(self.of_word))
        if needs.placed:
            (offset, required), *later = needs.placed
            candidates = {
                i - offset for key in required & self.keys for i in self._by_key[key] if i >= offset
            }
            for offset, required in later:
                candidates = [start for start in candidates if self._has(start + offset, required)]
        for _ in range(needs.lead):
            candidates = {max(start - 1, 0) for start in candidates}
        return sorted(candidates)

    def _has(self, number: int, required: Keys) -> bool:
        return number < len(self.of_word) and not required.isdisjoint(self.of_word[number])


def places_of(of_word: Sequence[Keys]) -> Places:
    """Gather where in a sentence each key occurs."""
    places_by_key: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(of_word):
        for key in keys:
            places_by_key[key].append(number)
    return Places(tuple(of_word), frozenset(places_by_key), places_by_key)
