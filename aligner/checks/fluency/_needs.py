"""What a sentence must have for a rule of grammar to match, so that few rules are tried, and at few words.

Words, lemmas and tags are found by their keys ("w:ont", "l:avoir", "t:noun", see ``_terms.Element``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.checks.anchors import AnchorIndex
from aligner.checks.fluency._terms import Element

Keys = frozenset[str]

_FREQUENT = 1_000_000
"""Occurrences that a tag or a mark counts for: more than any word of the lexicon has."""


class Needs(NamedTuple):
    """Keys that a pattern needs: ``at`` places counted from its first word, and ``anywhere`` behind those.

    Each time one of several, the rarest first. ``lead`` elements before the first word may be met by the
    beginning of the sentence.
    """

    lead: int
    at: tuple[tuple[int, Keys], ...]
    anywhere: tuple[Keys, ...]

    def rarest(self) -> Keys:
        """Return the keys to find the rule by; none where it needs none."""
        return self.at[0][1] if self.at else self.anywhere[0] if self.anywhere else frozenset()

    def are_met(self, keys: Keys) -> bool:
        """Return whether a sentence with these keys may match."""
        return not any(keys.isdisjoint(wanted) for _, wanted in self.at) and not any(
            map(keys.isdisjoint, self.anywhere)
        )


def needs_of(pattern: Sequence[Element], counts: Mapping[str, int]) -> Needs:
    """Return what a pattern needs; ``counts`` say how frequent words are."""
    lead = next((i for i, each in enumerate(pattern) if not each.edge), len(pattern))
    rest = pattern[lead:]
    fixed = next((i for i, each in enumerate(rest) if not each.least), len(rest))
    at = [(offset, each.keys) for offset, each in enumerate(rest[:fixed]) if each.keys]
    anywhere = [each.keys for each in rest[fixed:] if each.least and each.keys]
    return Needs(
        lead,
        tuple(sorted(at, key=lambda place: _frequency(place[1], counts))),
        tuple(sorted(anywhere, key=lambda keys: _frequency(keys, counts))),
    )


def _frequency(keys: Keys, counts: Mapping[str, int]) -> int:
    words = (key[2:] if key[0] in "wl" else "" for key in keys)
    return sum(counts.get(word, 1) if word[:1].isalpha() else _FREQUENT for word in words)


class NeedsIndex:
    """Finds those of some rules whose needs a sentence meets."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._index = AnchorIndex([*enumerate(needs)], lambda row: row[1].rarest())
        self.keys: Keys = frozenset(
            key
            for each in needs
            for some in (*each.anywhere, *(wanted for _, wanted in each.at))
            for key in some
        )
        """All keys that any rule needs."""

    def candidates(self, keys: Keys) -> Iterator[int]:
        """Yield the numbers of the rules that may match a sentence with these keys, in their order."""
        return (number for number, needs in self._index.candidates(keys) if needs.are_met(keys))


@dataclass(frozen=True, slots=True)
class Places:
    """The keys of each word of a sentence, those of all its words, and at which words each occurs."""

    of_word: tuple[Keys, ...]
    keys: Keys
    _at: Mapping[str, Sequence[int]]

    def starts(self, needs: Needs) -> Sequence[int]:
        """Return the words, in order, from which a pattern with these needs may match."""
        found: Iterable[int] = range(len(self.of_word))
        if needs.at:
            (offset, wanted), *others = needs.at
            found = {i - offset for key in wanted & self.keys for i in self._at[key] if i >= offset}
            for offset, wanted in others:
                found = [start for start in found if self._has(start + offset, wanted)]
        for _ in range(needs.lead):
            found = {max(start - 1, 0) for start in found}
        return sorted(found)

    def _has(self, number: int, wanted: Keys) -> bool:
        return number < len(self.of_word) and not wanted.isdisjoint(self.of_word[number])


def places_of(of_word: Sequence[Keys]) -> Places:
    """Gather where in a sentence each key occurs."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(of_word):
        for key in keys:
            at[key].append(number)
    return Places(tuple(of_word), frozenset(at), at)
