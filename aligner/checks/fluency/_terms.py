"""The terms of a rule of grammar: what may be asked of one word of a pattern.

An element of a pattern is a string of terms, all of which a word must meet. A term is ``name:value|value``,
or a name alone, or several of these with ``|`` between them, one of which must be met ("mark|word:and|or");
``!`` before a term asks for the contrary of all of it. A name alone comes before those with values, as it
could be one of them: "word:last|first" is refused, "first|word:last" and "word:last|word:first" are not.

| term | met by a word |
|---|---|
| ``word:a|b`` | that is one of these, in any case; ``$name`` is a list of the file's ``[words]`` |
| ``start:un|eu``, ``end:er|é`` | that begins, or ends, so |
| ``lemma:be`` | that may be a form of one of these |
| ``is:noun.plur|adj`` | one of whose readings in the lexicon has all the tags of one of these |
| ``all:verb.inf`` | that is in the lexicon, and all of whose readings do |
| ``lex:noun`` | one of whose readings has, whatever the detector takes the word for |
| ``pos:VERB|AUX`` | that the detector takes for one of these, with even odds; ``VERB@.9`` asks for more |
| ``feat:Plur`` | to which the detector gives one of these values of a feature |
| ``rel:nsubj`` | to which the detector gives one of these relations |
| ``bad:.3`` | whose probability of being garbled is this at least |
| ``cap``, ``digit`` | that begins with a capital, or a figure |
| ``known``, ``mark``, ``first`` | in the lexicon; no word but a mark; first of its sentence |
| ``vowel`` | before which function words are elided in French |
| ``regular`` | an English noun or verb inflected as if it were regular, or an adjective in the plural |
| ``pluralised`` | a French noun or adjective in the plural with the ending of others ("chevals") |

After the terms may come ``?`` (the word may be missing) or ``*`` with the most words there may be (``*4``).
An element in brackets must be there, and is not part of what is found. At the beginning of a pattern it is
met where a sentence begins, at the end where one ends, if it only says what must not be there ("(!is:prep)")
or has the name ``edge`` ("(edge|mark)").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.lexicon.morphology import Reading, pluralised, regularised
from aligner.model import WordTag

Test = Callable[["Word"], bool]
Lists = Mapping[str, frozenset[str]]
Alternatives = Sequence[tuple[str, frozenset[str]]]
"""The tests of a term, one of which must be met: their names and values."""

_LIKELY = 0.5
_QUANTITY = re.compile(r"\?|\*\d+")
FEATURES = {
    "number": frozenset(("sing", "plur")),
    "gender": frozenset(("masc", "fem")),
    "person": frozenset("123"),
}
_NOMINAL = frozenset(("noun", "adj", "det", "pron", "pastpart", "name", "num"))
_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüœæ")
_MIDDOTS = frozenset("·•⋅")
_EITHER = _MIDDOTS | {"/"}
_DAMAGED = frozenset((*map(chr, range(0x80, 0xA0)), "\ufffd"))
"""Signs in place of a letter that was read in the wrong encoding."""
_BESIDE_OPEN = re.compile(rf"[(*/.\-{''.join((*_MIDDOTS, *_DAMAGED))}]")
"""Signs of which an open-ended word has one beside it."""
_STOP_INSIDE = re.compile(r"\.[a-zà-ÿ]{1,5}(?!\w)")
"""An ending for both genders: "étudiant.e.s", "lecteur.rice"."""
_SECOND_ENDING = re.compile(rf"\([a-zà-ÿ]{{1,4}}\)|{_STOP_INSIDE.pattern}")
"""An ending that may be there or not."""
NO_TAG = WordTag(0, 0, "", "", "", 0, 0.0)


class Word(NamedTuple):
    """A word, or a mark, of a sentence: as written and in lower case, and all that is known of it.

    ``readings`` are those of the ``possible`` ones that go with what the detector takes it for.
    """

    text: str
    lower: str
    start: int
    end: int
    number: int
    readings: tuple[Reading, ...]
    possible: tuple[Reading, ...]
    tag: WordTag
    p_bad: float


Match = Sequence[Sequence[Word]]
"""The words at each place of a pattern."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: what is asked of its word, how many there may be, if it is shown."""

    tests: tuple[Test, ...]
    least: int
    most: int
    visible: bool
    edge: bool
    keys: tuple[frozenset[str], ...]
    """For each term of which it is known: keys of which its word has one (see ``_needs``)."""

    def fits(self, word: Word) -> bool:
        """Return whether a word passes all tests."""
        for test in self.tests:  # noqa: SIM110 (called more often than anything else, and twice as fast)
            if not test(word):
                return False
        return True


def element(text: str, lists: Lists) -> Element:
    """Read one element of a pattern. Raises ValueError for a term that there is not."""
    visible = not text.startswith("(")
    terms = (text if visible else text[1:-1]).split()
    least, most = 1, 1
    if terms and _QUANTITY.fullmatch(terms[-1]):
        quantity = terms.pop()
        least, most = 0, 1 if quantity == "?" else int(quantity[1:])
    parsed = [(term.startswith("!"), alternatives(term, lists)) for term in terms]
    keys = tuple(filter(None, (_keys(options) for negated, options in parsed if not negated)))
    edge = not visible and all(term.startswith("!") or "edge" in term.split("|") for term in terms)
    tests = tuple(_contrary(_test(options)) if negated else _test(options) for negated, options in parsed)
    return Element(tests, least, most, visible, edge, keys)


def _keys(options: Alternatives) -> frozenset[str]:
    """Return keys of which a word that meets a term has one; nothing where that cannot be said."""
    keys: set[str] = set()
    for name, values in options:
        if name not in _KEYS:
            return frozenset()
        kind, of_value = _KEYS[name]
        keys.update(f"{kind}:{of_value(value)}" for value in values or (name,))
        if name == "end" and min(map(len, values)) < ENDING:
            return frozenset()
    return frozenset(keys)


ENDING = 3
"""Letters of an ending that are a key."""
_KEYS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "word": ("w", str),
    "end": ("e", lambda value: value[-ENDING:]),
    "lemma": ("l", str),
    "is": ("t", str),
    "all": ("t", str),
    "pos": ("p", lambda value: value.partition("@")[0]),
    "cap": ("c", str),
    "digit": ("c", str),
    "mark": ("c", str),
}
SIGNS: Mapping[str, Callable[[str], bool]] = {
    "cap": str.isupper,
    "digit": str.isdigit,
    "mark": lambda sign: not sign.isalnum(),
}
"""Kinds of the first character of a word."""


def alternatives(term: str, lists: Lists) -> Alternatives:
    """Take a term apart: the names of its tests, each with its values.

    Raises ValueError for what is no term, or could be read in two ways.
    """
    options: list[tuple[str, set[str]]] = []
    last = ""
    for part in term.removeprefix("!").split("|"):
        if part.isalpha() and last in _VALUED and part not in _PLAIN:
            options[-1][1].add(part)  # nearly all of them
            continue
        name, colon, value = part.partition(":")
        if fault := _fault(part, last):
            raise ValueError(f"in {term!r}, {fault}")
        if part in _PLAIN:
            options.append((part, set()))
        elif colon and name in _VALUED:
            options.append((name, {*_values(value, lists)}))
        else:
            options[-1][1].update(_values(part, lists))
        last = options[-1][0]
    return [(name, frozenset(values)) for name, values in options]


def _fault(part: str, last: str) -> str | None:
    """Return why a part of a term behind the test ``last`` cannot be read, or could be in two ways."""
    name, colon, value = part.partition(":")
    if part in _PLAIN and last in _VALUED:
        return (
            f"{part!r} may be a value of {last!r} or a test: write {last + ':' + part!r} for the value, "
            f"{part + '|' + last + ':...'!r} for the test"
        )
    if part in _PLAIN or (colon and value and name in _VALUED):
        return None
    if part[:1] == "!" and part[1:].partition(":")[0] in {*_PLAIN, *_VALUED}:
        return "'!' is not at the beginning, and asks for the contrary of the whole"
    if name and value and last not in _WITH_COLON:
        return f"{name!r} takes no value" if name in _PLAIN else f"there is no test {name!r}"
    if not part or (colon and name and not value):
        return "a value is missing"
    if last in _VALUED:
        return None
    return f'{part!r} is no test, nor a value of one: a value has its test before it ("word:{part}")'


def _values(value: str, lists: Lists) -> frozenset[str]:
    """Return a value of a test, or those of the list that it names."""
    if value[0] != "$" or value == "$":
        return frozenset((value,))
    if value[1:] not in lists:
        raise ValueError(f"there is no list {value[1:]!r} in [words]")
    return lists[value[1:]]


def _test(options: Alternatives) -> Test:
    tests = [_PLAIN[name] if name in _PLAIN else _VALUED[name](values) for name, values in options]
    return tests[0] if len(tests) == 1 else lambda word: any(test(word) for test in tests)


def _contrary(test: Test) -> Test:
    return lambda word: not test(word)


def _of_word(values: frozenset[str]) -> Test:
    return lambda word: word.lower in values


def _of_end(values: frozenset[str]) -> Test:
    endings = tuple(values)
    return lambda word: word.lower.endswith(endings)


def _of_start(values: frozenset[str]) -> Test:
    starts = tuple(values)
    return lambda word: word.lower.startswith(starts)


def _of_lemma(values: frozenset[str]) -> Test:
    return lambda word: any(reading.lemma in values for reading in word.readings)


def _tag_sets(values: frozenset[str]) -> Sequence[frozenset[str]]:
    return [frozenset(value.split(".")) for value in values]


def _of_some_reading(values: frozenset[str]) -> Test:
    tag_sets = _tag_sets(values)
    return lambda word: any(tags <= reading.tags for reading in word.readings for tags in tag_sets)


def _of_some_possible_reading(values: frozenset[str]) -> Test:
    tag_sets = _tag_sets(values)
    return lambda word: any(tags <= reading.tags for reading in word.possible for tags in tag_sets)


def _of_all_readings(values: frozenset[str]) -> Test:
    tag_sets = _tag_sets(values)
    return lambda word: (
        bool(word.readings)
        and all(any(tags <= reading.tags for tags in tag_sets) for reading in word.readings)
    )


def _of_pos(values: frozenset[str]) -> Test:
    least = {pos: float(p or _LIKELY) for pos, _, p in (value.partition("@") for value in values)}
    return lambda word: word.tag.confidence >= least.get(word.tag.pos, 2.0)


def _of_feature(values: frozenset[str]) -> Test:
    return lambda word: any(feature.partition("=")[2] in values for feature in word.tag.features.split("|"))


def _of_relation(values: frozenset[str]) -> Test:
    return lambda word: word.tag.relation in values


def _of_suspicion(values: frozenset[str]) -> Test:
    least = min(map(float, values))
    return lambda word: word.p_bad >= least


_VALUED: Mapping[str, Callable[[frozenset[str]], Test]] = {
    "word": _of_word,
    "start": _of_start,
    "end": _of_end,
    "lemma": _of_lemma,
    "is": _of_some_reading,
    "all": _of_all_readings,
    "lex": _of_some_possible_reading,
    "pos": _of_pos,
    "feat": _of_feature,
    "rel": _of_relation,
    "bad": _of_suspicion,
}
_WITH_COLON = frozenset(("rel",))
"""Tests whose values may have a colon in them ("nsubj:pass")."""


def elides(word: Word) -> bool:
    """Return whether function words are elided before a French word."""
    return word.lower[:1] in _VOWELS or any("mute" in reading.tags for reading in word.readings)


_PLAIN: Mapping[str, Test] = {
    "cap": lambda word: SIGNS["cap"](word.text[:1]),
    "digit": lambda word: SIGNS["digit"](word.text[:1]),
    "vowel": elides,
    "regular": lambda word: regularised(word.lower) is not None,
    "pluralised": lambda word: not word.readings and pluralised(word.lower) is not None,
    "mark": lambda word: SIGNS["mark"](word.text[:1]),
    "first": lambda word: word.number == 0,
    "known": lambda word: bool(word.readings),
    "edge": lambda _: False,
}


def values_of(word: Word, values: frozenset[str]) -> frozenset[str]:
    """Values of a feature that a word may have in one of its readings; nothing if one leaves it open."""
    possible: set[str] = set()
    for reading in word.readings:
        reading_values = reading.tags & values
        if not reading_values and values is not FEATURES["person"] and not reading.tags.isdisjoint(_NOMINAL):
            return frozenset()
        possible |= reading_values
    return frozenset(possible)


def signs_beside_open(text: str) -> frozenset[int]:
    """Return where a text has signs of which every open-ended word has one right before or behind it."""
    return frozenset(match.start() for match in _BESIDE_OPEN.finditer(text))


def is_open_ended(text: str, first: int, last: int) -> bool:
    """Return whether a word has two forms, is masked or is cut off ("venu·es", "p*tain", "pré- et")."""
    before, after = text[max(first - 1, 0) : first], text[last : last + 1]
    if not _DAMAGED.isdisjoint((before, after)):
        return True
    if after == "-" and text[last + 1 : last + 2].isspace():
        return True
    if not _EITHER.isdisjoint((before, after)) or _SECOND_ENDING.match(text, last):
        return True
    neighbour = text[last + 1 : last + 2] if after == "*" else text[max(first - 2, 0) : first - 1]
    return "*" in (before, after) and (neighbour == "*" or neighbour.isalnum())


def is_adverb(words: Sequence[Word], place: int) -> bool:
    """Return whether a verb is that of "on ne peut plus" before an adjective."""
    phrase = [word.lower for word in words[max(place - 2, 0) : place + 2]]
    following = words[place + 2 : place + 3]
    infinitive = any("VerbForm=Inf" in word.tag.features for word in following)
    return phrase == ["on", "ne", "peut", "plus"] and not infinitive
